"""The office writes events: drafts, edits of what is announced, copies for a series."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events.actions.changing import keep_offers_before, move_sessions
from events.actions.places import Seats, set_seats
from events.actions.steps import check_manager, managed, rearrange, settle_list
from events.actions.telling import announce
from events.enums import CircularKind, EventKind, EventState
from events.models import Event, Question, Session, Talk
from events.queries.circulars import IN_CALENDARS
from events.rules.lifecycle import check_event
from events.rules.local_time import instant, local
from events.rules.windows import check_times, check_window, lacks
from members.rules.errors import RuleError
from members.rules.text import fold

TEXTS = tuple(f"{name}_{code}" for name in ("title", "summary", "description") for code in ("ro", "en"))
EDITABLE = (
    "kind", *TEXTS, "starts_at", "ends_at", "all_day", "mode", "place_name", "place_address", "online_link",
    "languages", "contact_name", "contact_email",
    "audience", "audience_roles", "audience_sides", "opens_at", "closes_at",
    "approval_required", "guests_allowed", "list_order", "offer_hours", "valid_months",
)  # fmt: skip
"""The columns that a form may set; state, counters and seats have acts of their own."""
WORDS = ("tags", "audience_tags")


@transaction.atomic
def create_event(
    *, by: User, values: Mapping[str, Any], seats: Seats | None = None, key: uuid.UUID | None = None
) -> Event:
    """A draft, seen by the office alone. `values`: columns of EDITABLE, and lists of tags for WORDS.

    `key` names the event for ever; when it is there already (a second click, a file imported again), it is returned as
    it is.
    """
    check_manager(by)
    key = key or uuid.uuid4()
    with connection.cursor() as cursor:  # two clicks at one instant: the second waits, and finds the first one's event
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"event {key}"])
    known = Event.objects.filter(key=key).first()
    if known is not None:
        return known
    event = Event(created_by=by, key=key, slug=free_slug(str(values.get("title_ro", "")), values.get("starts_at")))
    _set(event, values)
    event.save()
    _set_words(event, values)
    if seats is not None:
        set_seats(event, seats)
    audit.record("event_created", event, by=by)
    return event


@transaction.atomic
def edit_event(pk: int, *, by: User, version: int, values: Mapping[str, Any], seats: Seats | None = None) -> Event:
    """Change the event; who is registered for a published one is told what changed, once, by one letter.

    `version` is that of the page on which the form was opened: RuleError("event_overtaken") when somebody else has
    changed the event since. Nothing is written, and nobody is told, when nothing differs.
    """
    event = managed(pk, by)
    if event.state == EventState.CANCELLED:
        raise RuleError("event_cancelled")
    if event.version != version:
        raise RuleError("event_overtaken", {"version": event.version})
    if event.state == EventState.POSTPONED and {"starts_at", "ends_at"} & set(_differing(event, values)):
        raise RuleError("postponed_needs_date")
    before = {name: getattr(event, name) for name in EDITABLE}
    changed = _differing(event, values)
    _set(event, values)
    if event.state != EventState.DRAFT:
        _check_publishable(event, values.get("audience_tags"))
    words = _set_words(event, values)
    reseated = set_seats(event, seats) if seats is not None else False
    if not (changed or words or reseated):
        return event
    event.version += 1
    told = sorted(IN_CALENDARS & set(changed))
    if told and event.state != EventState.DRAFT:
        event.sequence += 1
    event.save()
    if "list_order" in changed:
        rearrange(event)
    keep_offers_before(event)
    audit.record("event_edited", event, by=by, fields=[*changed, *words, *(["capacity"] if reseated else [])])
    if told and event.state == EventState.PUBLISHED and not event.is_past:
        announce(event, CircularKind.CHANGED, {name: before[name] for name in told})
    settle_list(event)
    return event


@transaction.atomic
def publish(pk: int, *, by: User) -> Event:
    """Announce a draft. Raises RuleError with the names of what is missing."""
    event = managed(pk, by)
    if event.state == EventState.PUBLISHED:
        return event  # a second click
    check_event(event.state, EventState.PUBLISHED, "publish")
    if event.ends_at <= timezone.now():
        raise RuleError("event_is_over")
    _check_publishable(event, None)
    event.state, event.published_by, event.published_at = EventState.PUBLISHED, by, timezone.now()
    event.version += 1
    event.save()
    audit.record("event_publish", event, by=by)
    return event


@transaction.atomic
def discard_draft(pk: int, *, by: User) -> None:
    """Throw away a draft that was never announced; a second click finds nothing and says nothing."""
    check_manager(by)
    event = Event.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if event is None:
        return
    if event.state != EventState.DRAFT:
        raise RuleError("not_a_draft_event")
    audit.record("event_discarded", event, by=by)
    event.materials.all().delete()
    event.delete()


@transaction.atomic
def duplicate(pk: int, *, by: User, starts: Iterable[datetime]) -> list[Event]:
    """Drafts like this event at other times (wall clock of Bucharest, without a zone), as a series with it.

    Agenda, questions and quotas come along, each at its distance by the wall clock from the start; registrations and
    slides do not. A time at which the series has a draft or an event already is left out: a second click adds nothing.
    """
    event = managed(pk, by)
    moments = [instant(wall) for wall in starts]
    if event.series is None:
        event.series = uuid.uuid4()
        event.save(update_fields=["series"])
    known = set(Event.objects.filter(series=event.series).values_list("starts_at", flat=True))
    made = [_copy(event, moment, by) for moment in moments if moment not in known]
    if made:
        audit.record("event_duplicated", event, by=by, copies=len(made))
    return made


def _copy(event: Event, starts_at: datetime, by: User) -> Event:
    copy = Event.objects.get(pk=event.pk)
    shift = local(starts_at) - local(event.starts_at)

    def moved(moment: datetime) -> datetime:
        return instant(local(moment) + shift)

    copy.pk = copy.id = None
    copy._state.adding = True
    copy.key, copy.version, copy.sequence, copy.taken = uuid.uuid4(), 1, 0, 0
    copy.slug = free_slug(event.title_ro, starts_at)
    copy.state, copy.reason = EventState.DRAFT, ""
    for name in ("published", "postponed", "cancelled"):
        setattr(copy, f"{name}_by", None)
        setattr(copy, f"{name}_at", None)
    copy.created_by, copy.duplicated_from = by, event
    copy.starts_at, copy.ends_at = starts_at, moved(event.ends_at)
    copy.opens_at = moved(event.opens_at) if event.opens_at else None
    copy.closes_at = moved(event.closes_at) if event.closes_at else None
    copy.save()
    for name in WORDS:
        getattr(copy, name).set(getattr(event, name).all())
    set_seats(copy, Seats(event.capacity, tuple((q.side, q.helix_role, q.seats) for q in event.quotas.all())))
    _copy_programme(event, copy, moved)
    return copy


def _copy_programme(event: Event, copy: Event, moved: Any) -> None:
    for session in event.sessions.prefetch_related("talks"):
        talks = list(session.talks.all())
        twin = Session.objects.create(
            event=copy,
            starts_at=moved(session.starts_at),
            ends_at=moved(session.ends_at),
            **{name: getattr(session, name) for name in ("title_ro", "title_en", "summary_ro", "summary_en", "room")},
        )
        Talk.objects.bulk_create(
            Talk(session=twin, speaker_id=talk.speaker_id, position=talk.position) for talk in talks
        )
    kept = ("kind", "text_ro", "text_en", "choices_ro", "choices_en", "required", "position")
    Question.objects.bulk_create(
        Question(event=copy, **{name: getattr(question, name) for name in kept}) for question in event.questions.all()
    )


def free_slug(title: str, starts_at: datetime | None) -> str:
    """An address for the page that no event has: the title, its year and month, and a number when needed."""
    day = local(starts_at).strftime("-%Y-%m") if starts_at else ""
    stem = f"{slugify(fold(title))[:60].strip('-') or 'event'}{day}"
    taken = set(Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{number}" for number in range(2, 10_000))) if slug not in taken)


def _differing(event: Event, values: Mapping[str, Any]) -> list[str]:
    return [name for name in EDITABLE if name in values and getattr(event, name) != values[name]]


def _set(event: Event, values: Mapping[str, Any]) -> None:
    """Set the columns and check what the rules say about them."""
    unknown = set(values) - {*EDITABLE, *WORDS}
    if unknown:
        raise TypeError(f"no form may set {sorted(unknown)}")
    for name in EDITABLE:
        if name in values:
            setattr(event, name, values[name])
    check_times(event.starts_at, event.ends_at)
    check_window(event.opens_at, event.closes_at, event.ends_at)
    if event.valid_months is not None and event.kind != EventKind.TRAINING:
        raise RuleError("only_trainings_run_out")
    if event.online_link and not event.online_link.startswith("https://"):
        raise RuleError("link_not_safe", {"link": event.online_link})
    if event.pk is not None:
        _keep_agenda_inside(event)


def _keep_agenda_inside(event: Event) -> None:
    """When the whole event moves, its agenda moves along by the wall clock; a session left outside is refused."""
    if not _outside(event).exists():
        return
    was = Event.objects.only("starts_at").get(pk=event.pk)
    shift = local(event.starts_at) - local(was.starts_at)
    if shift:
        move_sessions(event, shift)
    left = _outside(event).first()
    if left is not None:
        raise RuleError("sessions_outside", {"session": left.title})


def _outside(event: Event) -> QuerySet[Session]:
    return event.sessions.filter(Q(starts_at__lt=event.starts_at) | Q(ends_at__gt=event.ends_at))


def _set_words(event: Event, values: Mapping[str, Any]) -> list[str]:
    """Set the capability tags that are given; the names of the lists that changed."""
    changed = []
    for name in WORDS:
        if name in values:
            wanted = {tag.pk for tag in values[name]}
            relation = getattr(event, name)
            if set(relation.values_list("pk", flat=True)) != wanted:
                relation.set(wanted)
                changed.append(name)
    return changed


def _check_publishable(event: Event, audience_tags: Iterable[Any] | None) -> None:
    """Whether an announced event says what people must know."""
    values: dict[str, object] = {name: getattr(event, name) for name in EDITABLE}
    values["audience_tags"] = list(audience_tags) if audience_tags is not None else event.audience_tags.exists()
    missing = lacks(values)
    if missing:
        labels = [str(Event._meta.get_field(name).verbose_name) for name in missing]  # type: ignore[union-attr]
        raise RuleError("event_lacks", {"fields": labels})
