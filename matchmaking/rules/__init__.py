"""Matching as plain arithmetic, without a database."""
