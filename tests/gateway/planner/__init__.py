"""Tests of gateway/planner."""
