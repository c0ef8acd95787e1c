"""Tests of services/kit."""
