"""Exports against the real engine."""
