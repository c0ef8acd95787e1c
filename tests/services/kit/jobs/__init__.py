"""Tests of `services.kit.jobs`."""
