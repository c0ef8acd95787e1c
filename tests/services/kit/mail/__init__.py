"""Tests of `services.kit.mail`."""
