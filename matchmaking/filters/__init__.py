"""What addresses of matchmaking ask for."""
