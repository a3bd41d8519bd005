"""What a reader sees, as SQL: for strangers it is made once, for to make it costs a page more than to run it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from events.models.event import EventQuerySet
from members.permissions import Anyone

Seen = Callable[[Anyone, datetime], EventQuerySet]
"""A function of a module: the events that this person sees at this time."""

NOW = datetime.max.replace(tzinfo=UTC)  # stands among the remembered values where the time of the visit goes


def seen_text(user: Anyone, seen: Seen, *columns: str) -> tuple[str, list[Any]]:
    """The statement, which gives these columns, and its values, as of now."""
    text, values = _text(user, seen, columns) if user.is_authenticated else _for_strangers(seen, columns)
    now = timezone.now()
    return text, [now if value == NOW else value for value in values]


@cache
def _for_strangers(seen: Seen, columns: tuple[str, ...]) -> tuple[str, Sequence[object]]:
    return _text(AnonymousUser(), seen, columns)


def _text(user: Anyone, seen: Seen, columns: tuple[str, ...]) -> tuple[str, Sequence[object]]:
    text, values = seen(user, NOW).values_list(*columns).query.sql_with_params()
    return text, values
