"""Tests of services/access."""
