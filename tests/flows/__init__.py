"""Tests of the outer floor."""
