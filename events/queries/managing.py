"""What the office sees of an event that it makes: what is there and missing, who hears of a change, what it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, QuerySet

from cluster_portal.common import audit
from cluster_portal.common.models import AuditEvent
from events.enums import EventAudience
from events.models import Event, Material, Session, Speaker, Talk
from events.models.registration import RegistrationQuerySet
from events.queries.listing import days_of
from events.rules.windows import lacks
from members.rules.merging import Merged, merge

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SECTION_OF = {
    "title_ro": "texts",
    "summary_ro": "texts",
    "place_name": "place",
    "online_link": "place",
    "audience_roles": "audience",
    "audience_sides": "audience",
    "audience_tags": "audience",
}
"""On which page the fields stand that an event needs before it is published."""
PAIRS = tuple((f"{name}_ro", f"{name}_en") for name in ("title", "summary", "description"))


def label_of(name: str) -> "StrPromise | str":
    """What a field is called on its page."""
    return Event._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a column or a list of words


@dataclass(frozen=True)
class Part:
    """A section of the event: what publishing needs and it lacks, and which texts stand in one language only."""

    code: str
    lacking: "tuple[StrPromise | str, ...]" = ()
    one_language: "tuple[StrPromise | str, ...]" = ()


@dataclass(frozen=True)
class Overview:
    """An event as the office finds it on its first page."""

    parts: list[Part]
    sessions: int
    questions: int
    materials: int
    invitees: int

    @property
    def lacking(self) -> "list[tuple[str, StrPromise | str]]":
        """(section, field) of what publishing needs."""
        return [(part.code, name) for part in self.parts for name in part.lacking]

    @property
    def one_language(self) -> "list[StrPromise | str]":
        return [name for part in self.parts for name in part.one_language]


def overview(event: Event) -> Overview:
    """What is there and what is missing (five queries)."""
    columns = ("title_ro", "summary_ro", "mode", "place_name", "online_link", "audience")
    values: dict[str, object] = {name: getattr(event, name) for name in columns}
    values |= {name: getattr(event, name) for name in ("audience_roles", "audience_sides")}
    values["audience_tags"] = event.audience_tags.exists() if event.audience == EventAudience.TAGS else True
    missing = lacks(values)
    parts = []
    for code in ("texts", "place", "audience", "seats", "registration"):
        alone = [label_of(name) for name in single(event)] if code == "texts" else []
        lacking = [label_of(name) for name in missing if SECTION_OF.get(name) == code]
        parts.append(Part(code, tuple(lacking), tuple(alone)))
    return Overview(
        parts,
        sessions=event.sessions.count(),
        questions=event.questions.count(),
        materials=event.materials.count(),
        invitees=event.invitees.count(),
    )


def single(event: Event) -> list[str]:
    """The empty fields whose twin in the other language is filled."""
    found = []
    for ro, en in PAIRS:
        if bool(getattr(event, ro)) != bool(getattr(event, en)):
            found.append(en if getattr(event, ro) else ro)
    return found


@dataclass(frozen=True)
class Heard:
    """Who is told of a change: how many, and where they stand."""

    total: int
    by_state: list[tuple[str, int]]
    by_language: list[tuple[str, int]]


def heard(people: RegistrationQuerySet) -> Heard:
    """The counts of those who get a letter (two queries)."""
    rows = people.order_by().values("state").annotate(number=Count("pk")).order_by("-number", "state")
    languages = people.order_by().values("language").annotate(number=Count("pk")).order_by("-number", "language")
    states = [(row["state"], row["number"]) for row in rows]
    return Heard(
        sum(number for _state, number in states), states, [(row["language"], row["number"]) for row in languages]
    )


def merged(event: Event, version: int, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """What two editors changed, told apart by the history of the event at the version that one of them had open."""
    row = event.events.filter(version=version).order_by("pgh_id").last()  # type: ignore[attr-defined]  # by pghistory
    columns = {field.name for field in row._meta.concrete_fields} if row else set()
    base = {name: getattr(row, name) for name in mine if name in columns}
    return merge({name: tidy(value) for name, value in base.items()}, theirs, mine)


def tidy(value: Any) -> Any:
    """Lists are compared as sets."""
    return sorted(value) if isinstance(value, list) else value


def last_edit(event: Event) -> AuditEvent | None:
    """The newest line of the trail about this event."""
    return audit.of(event).first()


def programme(event: Event) -> list[tuple[Any, list[Session]]]:
    """The sessions by day, with speakers and the number of their materials (two queries)."""
    talks = Talk.objects.select_related("speaker__organisation")
    rows = event.sessions.annotate(slides=Count("materials")).prefetch_related(Prefetch("talks", talks))
    days: dict[Any, list[Session]] = {}
    for session in rows:
        days.setdefault(days_of(session)[0], []).append(session)  # type: ignore[arg-type]  # it begins and ends too
    return list(days.items())


def materials(event: Event) -> QuerySet[Material]:
    return event.materials.select_related("session", "speaker")


def speakers() -> QuerySet[Speaker]:
    """Everybody who speaks somewhere, with how often and how many materials are theirs."""
    return Speaker.objects.select_related("organisation").annotate(
        talk_count=Count("talks", distinct=True), slides=Count("materials", distinct=True)
    )


def without_english(events: Iterable[Event]) -> set[int]:
    """Those of which English readers get the Romanian title or summary."""
    return {event.pk for event in events if not event.title_en or not event.summary_en}
