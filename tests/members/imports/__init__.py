"""Tests of importing organisations; every row is invented."""
