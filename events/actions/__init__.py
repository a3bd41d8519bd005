"""Everything that changes events and registrations.

Each action is one transaction. It locks the event first and then registrations, always in this order, so that nobody
waits for each other in a circle; it is harmless when repeated, and writes one line to the trail for what it changed.
"""
