"""Tests of what stands around the program: seeds, set-up."""
