"""What people type into pages of matchmaking."""
