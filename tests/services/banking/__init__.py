"""Tests of the banking module; the files mirror the module's own."""
