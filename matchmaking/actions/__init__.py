"""Writes of matchmaking."""
