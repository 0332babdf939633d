"""Tests of the console as a server answers it."""
