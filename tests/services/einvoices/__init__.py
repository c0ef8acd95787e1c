"""Tests of services/einvoices."""
