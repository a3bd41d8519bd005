"""The rules of events as plain Python: lawful steps, the fair waiting list, local time, reminders."""
