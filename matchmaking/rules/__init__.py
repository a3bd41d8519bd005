"""What matching and the timetable of a brokerage day compute: plain Python, no database."""
