"""Tests of the pages as a server answers them."""
