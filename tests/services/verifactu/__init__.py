"""Tests of services/verifactu."""
