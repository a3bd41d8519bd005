"""What has changed about an event, as registrants read it; every text is made when it is read, in that language."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.models import Event


@dataclass(frozen=True)
class Difference:
    """One thing that has changed; `was` and `now` are empty where the new value is not for letters."""

    label: str
    was: str = ""
    now: str = ""


class Differences:
    """An event before and after; iterated over in the language of the letter."""

    def __init__(self, event: Event, before: Mapping[str, object]) -> None:
        self.now, self.was = event, copy(event)
        for name, value in before.items():
            setattr(self.was, name, value)

    def __iter__(self) -> Iterator[Difference]:
        was, now = self.was, self.now
        if was.title != now.title:
            yield Difference(_("Title"), was.title, now.title)
        if was.when != now.when:
            yield Difference(_("When"), was.when, now.when)
        if was.where != now.where:
            yield Difference(_("Where"), was.where, now.where)
        if was.online_link != now.online_link:
            yield Difference(_("The link to the online room has changed; you find it on the page of the event."))
