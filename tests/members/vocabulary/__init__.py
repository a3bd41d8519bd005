"""The vocabulary desk."""
