"""Tests of services/uploads."""
