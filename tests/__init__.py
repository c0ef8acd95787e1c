"""Tests: the tree of the product mirrored, journeys over HTTP, and the rules of the house."""
