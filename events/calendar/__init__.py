"""Calendar formats, pure over frozen dataclasses: nothing here imports Django or reads a database."""

from events.calendar.entries import Entry
from events.calendar.invitations import invitation

__all__ = ["Entry", "invitation"]
