"""Tests of the modules, in their folders."""
