"""Arithmetic of matchmaking without a database: the night's places, the timetable; the score lives in the views."""
