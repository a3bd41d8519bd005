"""What measures the portal needs many of."""
