"""Tests of the tables and the queries on them."""
