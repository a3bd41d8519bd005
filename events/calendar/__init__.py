"""Calendar formats, pure over frozen dataclasses: nothing here imports Django or reads a database."""

from events.calendar.entries import Entry
from events.calendar.feeds import feed
from events.calendar.invitations import invitation
from events.calendar.news import Item, atom
from events.calendar.problems import Problem
from events.calendar.reading import ReadEvent, Reading, read_calendar
from events.calendar.schedule_reading import ScheduleReading, read_schedule
from events.calendar.schedule_writing import schedule_json, schedule_xml
from events.calendar.schedules import Day, Link, Schedule, Slot, Speaker
from events.calendar.tables import COLUMNS, as_csv, as_json

__all__ = [
    "COLUMNS",
    "Day",
    "Entry",
    "Item",
    "Link",
    "Problem",
    "ReadEvent",
    "Reading",
    "Schedule",
    "ScheduleReading",
    "Slot",
    "Speaker",
    "as_csv",
    "as_json",
    "atom",
    "feed",
    "invitation",
    "read_calendar",
    "read_schedule",
    "schedule_json",
    "schedule_xml",
]
