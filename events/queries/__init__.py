"""Reads of events, for pages, letters, feeds and the timetable."""
