"""Filters of the lists of matchmaking; every choice is in the address of the page."""
