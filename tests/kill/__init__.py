"""Processes ended at chosen and random points, and what must be true afterwards."""
