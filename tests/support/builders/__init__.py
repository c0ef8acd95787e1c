"""Builders of rows and files for tests, one file per module or format."""
