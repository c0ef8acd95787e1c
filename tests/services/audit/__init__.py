"""Tests of services/audit."""
