"""Tests of services/recurring."""
