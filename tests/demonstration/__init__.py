"""Tests of the demonstration's data."""
