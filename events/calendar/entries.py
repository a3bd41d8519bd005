"""An event as every calendar format writes it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from events.calendar.zone import ZONE


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar, in one language.

    `uid` never changes and `sequence` only grows: by these two a calendar knows that a letter or a feed speaks of the
    entry that it already has. `stamp` is the instant of writing, which only letters tell; `changed` is that of the last
    change.

    The entry lasts from `starts` up to, but not including, `ends`. When `all_day`, it takes the days of
    Europe/Bucharest that this interval touches: until midnight, the day that begins then is not one of them.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    all_day: bool
    title: str
    text: str
    place: str
    url: str
    categories: tuple[str, ...]
    cancelled: bool
    changed: datetime
    organizer_name: str
    organizer_email: str

    def __post_init__(self) -> None:
        for name in ("stamp", "starts", "ends", "changed"):
            if getattr(self, name).utcoffset() is None:
                raise ValueError(f"{name} of {self.uid!r} has no time zone")
        # Python compares two local times of one zone by their clock faces, which the hour that comes twice defeats.
        if self.ends.astimezone(UTC) < self.starts.astimezone(UTC):
            raise ValueError(f"{self.uid!r} ends before it starts")
        if not self.uid or self.sequence < 0:
            raise ValueError("an entry needs a uid, and a sequence from 0 on")

    @property
    def first_day(self) -> date:
        return self.starts.astimezone(ZONE).date()

    @property
    def last_day(self) -> date:
        """The last day that the entry touches, itself included."""
        last = self.ends.astimezone(UTC) - timedelta(microseconds=1)
        return max(self.first_day, last.astimezone(ZONE).date())
