"""Tests of the statement readers."""
