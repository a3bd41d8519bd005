"""Events for other programs: JSON by JSCalendar (RFC 8984), and CSV that spreadsheets read rightly and safely."""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from io import StringIO

from events.calendar.entries import Entry
from events.calendar.feeds import duration
from events.calendar.texts import tidy
from events.calendar.zone import ZONE, can_be_told_locally
from members.rules.spreadsheets import harmless

COLUMNS = (
    *("uid", "title", "starts", "ends", "all_day", "place", "categories", "state", "url", "text"),
    *("organizer_name", "organizer_email", "changed"),
)


def as_json(entries: Iterable[Entry], name: str, language: str) -> bytes:
    """A JSCalendar group, the media type `application/jscalendar+json;type=group`."""
    group = {
        "@type": "Group",
        "title": tidy(name),
        "locale": language,
        "entries": [_event(entry, language) for entry in entries],
    }
    return json.dumps(group, ensure_ascii=False, indent=1).encode() + b"\n"


def _event(entry: Entry, language: str) -> dict[str, object]:
    event: dict[str, object] = {
        "@type": "Event",
        "uid": entry.uid,
        "sequence": entry.sequence,
        "updated": f"{entry.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "title": tidy(entry.title),
        "locale": language,
        **_times(entry),
        "status": "cancelled" if entry.cancelled else "confirmed",
    }
    if entry.text:
        event["description"] = tidy(entry.text)
    if entry.place:
        event["locations"] = {"1": {"@type": "Location", "name": tidy(entry.place)}}
    if entry.url:
        event["links"] = {"1": {"@type": "Link", "href": entry.url, "rel": "describedby"}}
    if entry.categories:
        event["keywords"] = {tidy(category): True for category in entry.categories}
    if entry.organizer_email:
        event["replyTo"] = {"imip": f"mailto:{entry.organizer_email}"}
    return event


def _times(entry: Entry) -> dict[str, object]:
    """Local start with its zone, and how long it lasts; UTC where the local clock would leave a doubt."""
    if entry.all_day:
        days = (entry.last_day - entry.first_day).days + 1
        start, length = f"{entry.first_day}T00:00:00", timedelta(days=days)
        return {"start": start, "timeZone": ZONE.key, "showWithoutTime": True, "duration": duration(length)}
    length = entry.ends.astimezone(UTC) - entry.starts.astimezone(UTC)
    zone = ZONE if can_be_told_locally(entry.starts) else UTC
    # Hours and minutes, not days: a day that JSCalendar counts may have 23 or 25 of them.
    minutes, seconds = divmod(length // timedelta(seconds=1), 60)
    lasts = f"PT{minutes // 60}H{minutes % 60}M" + (f"{seconds}S" if seconds else "")
    return {
        "start": f"{entry.starts.astimezone(zone):%Y-%m-%dT%H:%M:%S}",
        "timeZone": ZONE.key if zone is ZONE else "Etc/UTC",
        "duration": lasts,
    }


def as_csv(entries: Iterable[Entry], head: Mapping[str, str], states: Mapping[bool, str]) -> bytes:
    """A table with the columns of `COLUMNS`, named by `head`; `states` says whether an event is cancelled.

    It begins with the mark by which spreadsheets know UTF-8. Times are Romania's; of whole days the last is included.
    No cell begins to calculate.
    """
    table = StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([harmless(head[column]) for column in COLUMNS])
    for entry in entries:
        writer.writerow([harmless(tidy(cell)) for cell in _cells(entry, states)])
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def _cells(entry: Entry, states: Mapping[bool, str]) -> list[str]:
    starts, ends = _shown(entry.starts), _shown(entry.ends)
    if entry.all_day:
        starts, ends = entry.first_day.isoformat(), entry.last_day.isoformat()
    return [
        *(entry.uid, entry.title, starts, ends, "1" if entry.all_day else "0", entry.place),
        *("; ".join(entry.categories), states[entry.cancelled], entry.url, entry.text),
        *(entry.organizer_name, entry.organizer_email, _shown(entry.changed)),
    ]


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"
