"""The sentences of calendar and programme files: what is wrong with them and what to do; and the heads of tables."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

IMPORTS: "Mapping[str, StrPromise]" = {
    "calendar_address_left_out": _("The address is not one of a web page (https://…), so it was left out."),
    "calendar_cut_off": _("The file ends too early: it was cut off. What was whole has been read."),
    "calendar_duration_broken": _("“%(value)s” is no duration. Write one as PT1H30M, or an end (DTEND)."),
    "calendar_empty": _("The calendar holds no events."),
    "calendar_encoding": _("The file is not in UTF-8; its letters were read as windows-1250. Check the diacritics."),
    "calendar_end_alone": _("“END:%(name)s” ends nothing that was begun; the line was passed over."),
    "calendar_end_before_start": _("The entry ends before it starts. Correct its end."),
    "calendar_end_missing": _("The file does not say when the entry ends. Add its end before you publish the event."),
    "calendar_end_of_other_kind": _("The start is a day and the end a time, or the other way round. Write both alike."),
    "calendar_line_broken": _("“%(text)s” is no line of a calendar: it needs a name, a colon and a value."),
    "calendar_line_outside": _("“%(text)s” stands outside the calendar; the line was passed over."),
    "calendar_none": _(
        "This is no calendar file: it has no line BEGIN:VCALENDAR. Export the calendar again, as iCalendar (.ics)."
    ),
    "calendar_not_an_event": _("%(name)s is no event and was left out."),
    "calendar_not_ended": _("%(name)s begins here and has no end (END:%(name)s) before line %(at)s."),
    "calendar_number_broken": _("%(name)s is no number from 0 on; it was read as 0."),
    "calendar_outside": _("%(name)s stands outside the calendar (BEGIN:VCALENDAR) and was left out."),
    "calendar_property_twice": _("%(name)s stands twice in this entry, so nobody knows which one counts. Keep one."),
    "calendar_repeats": _(
        "The entry repeats. Each meeting has registrations of its own: import it without the repetition, then "
        "duplicate the event into a series."
    ),
    "calendar_start_missing": _("The entry does not say when it starts (DTSTART)."),
    "calendar_time_broken": _(
        "“%(value)s” is no time of a calendar. Write a day as 20261014, a time as 20261014T100000."
    ),
    "calendar_time_never": _("%(value)s does not exist: the clocks are put forward in that hour. Correct the time."),
    "calendar_time_twice": _(
        "%(value)s comes twice, because the clocks are put back in that hour. It was taken as the first of the two; "
        "check it."
    ),
    "calendar_title_missing": _("The entry has no title (SUMMARY)."),
    "calendar_too_deep": _("Too many parts stand inside each other; no calendar is like this."),
    "calendar_too_long": _("The entry lasts more than %(most)s days. Correct its end."),
    "calendar_uid_long": _("The name of the entry (UID) has more than %(most)s letters."),
    "calendar_uid_missing": _(
        "The entry has no name of its own (UID): if the file is imported again, it will be there twice."
    ),
    "calendar_uid_twice": _("This is the same entry (UID) as on line %(first)s, and was left out."),
    "calendar_year": _("The year has to be between %(first)s and %(last)s."),
    "calendar_zone_unknown": _("Nobody knows the time zone “%(zone)s”. Write Europe/Bucharest, or the time in UTC."),
    "file_more_problems": ngettext_lazy("And %(count)d more problem.", "And %(count)d more problems.", "count"),
    "file_too_large": _("The file is larger than %(most)s MB. Export fewer events at a time."),
    "file_too_many": _("The file holds more than %(most)s entries. Export fewer at a time."),
    "schedule_address_left_out": _("An address is not one of a web page (https://…), so it was left out."),
    "schedule_day_broken": _("“%(value)s” is no date of a day, so the day was left out. Write it as 2026-10-14."),
    "schedule_empty": _("The programme holds no sessions."),
    "schedule_key_twice": _("The session “%(key)s” stands on line %(first)s already, and was left out here."),
    "schedule_length_broken": _(
        "“%(value)s” is no length of a session. Write hours and minutes, as 01:30; at most 24 hours."
    ),
    "schedule_none": _("This is no programme: it begins with <%(name)s> instead of <schedule>."),
    "schedule_time_broken": _(
        "“%(value)s” is no time of a session. Write <date>2026-10-14T10:00:00+03:00</date>, or <start>10:00</start>."
    ),
    "schedule_times_differ": _("The date says %(date)s, the start %(start)s. The date was taken; check it."),
    "schedule_title_missing": _("The session has no title."),
    "schedule_zone_unknown": _("Nobody knows the time zone “%(zone)s”; times were taken as Romania's."),
    "xml_broken": _("The XML is broken at this line, column %(column)s. Export the programme again."),
    "xml_entities": _(
        "The file declares a document type or entities, which can make a small file endless. Remove <!DOCTYPE …>."
    ),
}

TABLE_HEAD: "Mapping[str, StrPromise]" = {
    "uid": _("Identifier"),
    "title": _("Title"),
    "starts": _("Starts"),
    "ends": _("Ends"),
    "all_day": _("Whole days"),
    "place": _("Venue"),
    "categories": _("Tags"),
    "state": _("State"),
    "url": _("Page"),
    "text": _("Description"),
    "organizer_name": _("Organiser"),
    "organizer_email": _("Organiser's e-mail"),
    "changed": _("Changed"),
}
"""Names for the columns of `events.calendar.COLUMNS`."""

TABLE_STATES: "Mapping[bool, StrPromise]" = {True: _("Cancelled"), False: _("Confirmed")}
"""Whether an event is cancelled, in that table."""
