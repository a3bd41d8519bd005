"""Pieces of the pages of events as HTML, remembered by everything that they are drawn from: nothing can be stale."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string

from events.models import Event
from events.queries.page import EventPage

EVENTS_KEPT = 200
FIELDS = tuple(field.attname for field in Event._meta.concrete_fields)


@dataclass(frozen=True)
class Drawing:
    """What the HTML of something is remembered by (`look`, in a language), and what it is drawn from."""

    look: tuple[object, ...]
    language: str
    source: Any = field(compare=False)


@dataclass(frozen=True)
class Pieces:
    """What the page of an event shows to everybody who sees the same of it."""

    head: str
    about: str
    facts: str


def pieces_of(page: EventPage, language: str) -> Pieces:
    materials = tuple(
        (one.may_open, one.material.key, one.material.title, one.material.link, one.material.size, one.speaker)
        for one in page.materials
    )
    look = (*look_of(page.event), page.parts, page.waiting, page.online_link, materials)
    return _pieces(Drawing(look, language, page))


def look_of(event: Event) -> tuple[object, ...]:
    """Every column."""
    values = event.__dict__
    return tuple(tuple(one) if isinstance(one := values[name], list) else one for name in FIELDS)


@lru_cache(EVENTS_KEPT)
def _pieces(drawing: Drawing) -> Pieces:
    context = {"page": drawing.source, "event": drawing.source.event}
    return Pieces(
        *(render_to_string(f"events/visitor/event_{piece}.html", context) for piece in ("head", "about", "facts"))
    )
