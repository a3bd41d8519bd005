"""The demonstration: invented organisations, people and requests, brought in by the portal's own actions."""
