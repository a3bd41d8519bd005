"""Tests of what changes events."""
