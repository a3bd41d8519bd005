"""Events of the demonstration in every state, each brought there by the people and the actions that really do it."""

import tomllib
import uuid
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.demonstration.documents import page
from cluster_portal.demonstration.reading import DATA
from events.actions import afterwards, campaigns, changing, door, editing, programme, registering, telling
from events.actions.places import Seats
from events.actions.registering import Person
from events.actions.steps import Hand
from events.enums import MaterialAccess
from events.models import Event, Registration
from events.queries.tokens import token_of
from events.rules.campaigns import audience_from
from events.rules.local_time import instant
from members.models import Representation, Tag

ACTED = frozenset(
    {"key", "day", "at", "hours", "people", "session", "question", "capacity", "quotas", "reason", "campaign"}
)
AHEAD = 3
"""Days from now on which a past event is announced, before it is moved to where it belongs."""
OPINIONS: tuple[tuple[dict[str, int | None], str], ...] = (
    ({"overall": 5, "content": 5, "speakers": 4, "organisation": 5}, "Măsurătorile comparate au fost cele mai utile."),
    ({"overall": 4, "content": 5, "speakers": 4, "organisation": 3}, "Pauza a fost prea scurtă pentru discuții."),
    ({"overall": 5, "content": 4, "speakers": 5, "organisation": None}, ""),
    ({"overall": 3, "content": 4, "speakers": 3, "organisation": 4}, "Aș fi dorit mai multe date din teren."),
)


def hold(acting: Mapping[str, User], office: User) -> int:
    """All events, once; returns how many. `acting`: key of an organisation -> who acts for it."""
    if Event.objects.filter(demonstration=True).exists():
        return 0
    with (DATA / "events.toml").open("rb") as file:
        told = tomllib.load(file)["event"]
    people = _members(acting)
    for table in told:
        _hold(table, people, office)
    return len(told)


def _members(acting: Mapping[str, User]) -> list[tuple[User, int]]:
    """Members in good standing: who acts, and for which organisation."""
    listed = Representation.objects.current().filter(
        user__in=[person.pk for person in acting.values()], organisation__memberships__state="active"
    )
    found = listed.select_related("user").order_by("organisation__pk", "pk")
    return list({one.user_id: (one.user, one.organisation_id) for one in found}.values())


def _hold(table: Mapping[str, Any], members: list[tuple[User, int]], office: User) -> None:
    past = table["day"] < 0
    starts_at = _at(AHEAD if past else table["day"], table["at"])
    values = {name: value for name, value in table.items() if name not in ACTED}
    tags = list(Tag.objects.filter(scored=True, children__isnull=True, parent__isnull=False).order_by("position"))
    number = len(table["title_ro"]) % len(tags)
    values |= {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=table["hours"]),
        "tags": [tags[number], tags[number - 1]],
        "contact_name": str(office),
        "contact_email": office.email,
    }
    quotas = tuple((side, "", seats) for side, seats in table.get("quotas", ()))
    seats = Seats(table["capacity"], quotas) if "capacity" in table else None
    event = editing.create_event(by=office, values=values, seats=seats)
    Event.objects.filter(pk=event.pk).update(demonstration=True)
    _programme(event, table, office)
    if table["key"] == "draft":
        return
    editing.publish(event.pk, by=office)
    first, last = table.get("people", (0, 0))
    registered = [_register(event, person, pk) for person, pk in members[first:last]]
    if table["key"] in LATER:
        LATER[table["key"]](event, registered, table, office)
    for letter in table.get("campaign", ()):
        _invite(event, letter, office)


def _at(day: int, clock: str) -> datetime:
    """A day from today, at a time of the wall clock."""
    return instant(datetime.combine(timezone.localdate() + timedelta(days=day), time.fromisoformat(clock)))


def _programme(event: Event, table: Mapping[str, Any], office: User) -> None:
    day = timezone.localtime(event.starts_at).date()
    for part in table.get("session", ()):
        speaker = programme.save_speaker(
            by=office,
            values={"full_name": part["speaker"], "post_ro": part["post_ro"], "post_en": part["post_en"]},
        )
        type(speaker).objects.filter(pk=speaker.pk).update(demonstration=True)
        begins = instant(datetime.combine(day, time.fromisoformat(part["at"])))
        session = {
            "title_ro": part["title_ro"],
            "title_en": part["title_en"],
            "starts_at": begins,
            "ends_at": begins + timedelta(minutes=part["minutes"]),
        }
        programme.save_session(event.pk, by=office, values=session, speakers=[speaker.pk])
    for position, question in enumerate(table.get("question", ())):
        programme.save_question(event.pk, by=office, values={**question, "position": position})


def _register(event: Event, person: User, organisation: int) -> Registration:
    answers = {question.pk: "1" if question.kind == "choice" else "yes" for question in event.questions.all()}
    return registering.register(
        event.pk, by=person, organisation=organisation, answers=answers, agreed_to_be_shown=person.pk % 3 > 0
    )


def _afterwards(event: Event, registered: list[Registration], table: Mapping[str, Any], office: User) -> None:
    """Move the event to its day, let people come, give slides, certificates and opinions."""
    back = timedelta(days=AHEAD - table["day"])
    changing.move_sessions(event, -back)
    starts_at = _at(table["day"], table["at"])
    Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=table["hours"]))
    for registration in registered[1:]:
        door.check_in(registration.pk, by=office, scan=uuid.uuid4(), at=starts_at)
    door.walk_in(
        event.pk,
        by=office,
        scan=uuid.uuid4(),
        full_name="Zenovia Arinaru",
        email=f"zenovia.arinaru@{table['key']}.example.org",
        organisation_name="Liceul Tehnologic Morarul",
        at=starts_at,
    )
    session = event.sessions.first()
    talk = session.talks.first() if session is not None else None
    slides: dict[str, Any] = {"title_ro": "Prezentarea", "title_en": "Slides", "access": MaterialAccess.PUBLIC}
    if session is not None and talk is not None:
        slides |= {"session": session, "speaker": talk.speaker}
    upload = SimpleUploadedFile(
        "prezentare.pdf", page(["DEMONSTRAȚIE / DEMONSTRATION", "", "Prezentare"]), "application/pdf"
    )
    programme.add_file(event.pk, by=office, values=slides, upload=upload)
    recording = {"title_ro": "Înregistrarea", "title_en": "Recording"}
    programme.add_link(event.pk, by=office, values=recording, link="https://video.example.org/inregistrare")
    afterwards.issue_certificates(event.pk, by=office)
    for registration, (ratings, text) in zip(registered, OPINIONS, strict=False):
        afterwards.give_feedback(registration.pk, Hand(registration.user), ratings=ratings, text=text)


def _full(event: Event, registered: list[Registration], table: Mapping[str, Any], office: User) -> None:
    """A guest waits behind the members; one place has come free and is offered."""
    person = Person("Traian Nuferescu", "traian.nuferescu@oaspeti.example.org", agreed_to_be_shown=True)
    registering.register_guest(event.pk, person, organisation_name="Atelier independent")
    guest = Registration.objects.get(event=event, email=person.email)
    registering.confirm_guest(token_of(guest))
    registering.cancel_registration(registered[0].pk, Hand(registered[0].user))


def _cancelled(event: Event, registered: list[Registration], table: Mapping[str, Any], office: User) -> None:
    changing.cancel_event(event.pk, by=office, reason=table["reason"])
    _tell(event)


def _postponed(event: Event, registered: list[Registration], table: Mapping[str, Any], office: User) -> None:
    changing.postpone(event.pk, by=office, reason=table["reason"])
    _tell(event)


def _invite(event: Event, letter: Mapping[str, Any], office: User) -> None:
    """A campaign of invitations: sent to the last letter, or left as the draft that it is."""
    words = {name: letter[name] for name in ("text_ro", "text_en")}
    campaign = campaigns.create_campaign(event.pk, by=office, audience=audience_from(letter["audience"]), words=words)
    if letter["sent"]:
        campaigns.start_campaign(campaign.pk, by=office)
        while campaigns.send_chunk(campaign.pk):
            pass  # as the worker does, piece by piece


def _tell(event: Event) -> None:
    """What the worker does a moment later."""
    for circular in event.circulars.untold():
        telling.tell(circular.pk)


LATER = {
    "past-seminar": _afterwards,
    "past-training": _afterwards,
    "full": _full,
    "cancelled": _cancelled,
    "postponed": _postponed,
}
"""What happens to an event after people have registered."""
