"""Tests of services/taxes."""
