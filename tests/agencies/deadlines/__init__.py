"""Tests of the pure reckoning of deadlines (domain 3)."""
