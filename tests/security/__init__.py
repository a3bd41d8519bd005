"""Attacks on the portal as a whole; what belongs to one page or form is tried beside that page."""
