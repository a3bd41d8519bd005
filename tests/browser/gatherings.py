"""The pages of seminars and of matchmaking in the demonstration, for the browser that looks at every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse

from events.models import Event, Material, Registration
from matchmaking.models import (
    BrokerageDay,
    Call,
    CallInvitation,
    DayMember,
    Interest,
    Introduction,
    Opportunity,
    Pair,
    Proposal,
    SavedSearch,
)

if TYPE_CHECKING:
    from tests.browser.world import World

WITH_EVENTS = ("visitor, events", "member, events", "office, events", "office, the day")
MEETING = ("visitor, opportunities", "member, meeting", "office, meeting")


def pages_of(world: World, who: str) -> list[str]:
    found = {
        "visitor, events": _visitor,
        "member, events": _member,
        "office, events": _office,
        "office, the day": _day,
        "visitor, opportunities": lambda _world: [_at("opportunities"), _need(), f"{_at('opportunities')}?q=zzzzzz"],
        "member, meeting": _meeting,
        "office, meeting": _brokering,
    }
    return found[who](world)


def _at(name: str, *args: object, app: str = "matchmaking") -> str:
    return reverse(f"{app}:{name}", args=args)


def _manage(event: Event, page: str = "") -> str:
    return f"/events/manage/{event.pk}/{page}"


def _busiest(**narrowed: object) -> Event:
    """The event with the most registrations."""
    events = Event.objects.filter(**narrowed).annotate(number=Count("registrations"))
    return events.order_by("-number", "pk")[0]


# ------------------------------------------------------------------ seminars
def _visitor(_world: World) -> list[str]:
    event, draftless = _busiest(state="published"), Event.objects.exclude(state="draft")
    cancelled = draftless.filter(state="cancelled").values_list("slug", flat=True)
    past = draftless.order_by("starts_at")[0]
    return [
        *("/events/", "/events/?q=zzzzzz", "/events/archive/", "/events/month/", "/events/calendars/"),
        *(f"/events/{slug}/" for slug in (event.slug, past.slug, *cancelled[:1])),
        *("/events/certificates/", f"/events/{event.slug}/guest/"),
    ]


def _member(world: World) -> list[str]:
    person = world.person("member")
    assert person is not None
    own = [_at("registration", one.key, app="events") for one in Registration.objects.filter(user=person)[:2]]
    coming = Event.objects.filter(state="published", audience__in=("public", "members")).order_by("-starts_at")[0]
    slug = coming.slug
    return ["/events/mine/", *own, f"/events/{slug}/register/", f"/events/{slug}/colleagues/", "/accounts/letters/"]


def _office(_world: World) -> list[str]:
    event = _busiest(state="published")
    steps = ("preview", "postpone", "cancel", "duplicate", "programme", "programme/new", "questions/new", "materials")
    return [
        *("/events/manage/", "/events/manage/new/", "/events/manage/import/", "/events/manage/speakers/"),
        *("/events/manage/speakers/new/", "/events/manage/figures/", "/events/manage/trainings/", _manage(event)),
        *(_manage(event, f"{step}/") for step in steps),
        *(_manage(event, f"materials/{one}/") for one in ("file", "link")),
        *(_manage(one.event, f"materials/{one.pk}/") for one in Material.objects.order_by("pk")[:1]),
        *(_manage(event, f"invitations/{one}") for one in ("", "new/")),
    ]


def _day(_world: World) -> list[str]:
    coming, past = _busiest(state="published"), Event.objects.exclude(state="draft").order_by("starts_at")[0]
    pages = ("registrations", "registrations/add", "badges", "waiting", "door")
    return [
        *(_manage(coming, f"{one}/") for one in pages),
        *(_manage(past, f"{one}/") for one in ("certificates", "feedback", "registrations")),
    ]


# ------------------------------------------------------------------ matchmaking
def _need() -> str:
    public = Opportunity.objects.filter(capability__direction="sought", capability__visibility="public")
    return _at("opportunity", public.order_by("pk")[0].key)


def _meeting(world: World) -> list[str]:
    own = world.organisation("member")
    pair = Pair.objects.filter(member=own).order_by("-score")[0].partner.slug
    free = Pair.objects.filter(member=own).order_by("score")[0].partner.slug
    mine = Opportunity.objects.filter(capability__organisation=own, capability__direction="sought").order_by("pk")[0]
    found = [
        *(_at(name) for name in ("index", "improve", "asides", "interests", "introductions", "proposals")),
        f"{_at('index')}?group=need",
        *(_at("match", own.slug, one) for one in (pair, free)),
        *(_at(name, own.slug, free) for name in ("express", "aside")),
        _at("leave", own.slug),
        *(_at(name) for name in ("opportunities", "searches", "search-save", "calls", "call-new", "days")),
        _at("opportunity", mine.key),
    ]
    found += [_at("interest", one.key) for one in Interest.objects.filter(partner=own, state="open")[:1]]
    found += [_at("interest", one.key) for one in Interest.objects.filter(member=own, state="open")[:1]]
    found += [_at("introduction", one.key) for one in Introduction.objects.filter(first=own)[:1]]
    found += [_at("proposal", one.key) for one in Proposal.objects.filter(sides__member=own, state="open")[:1]]
    found += [_at("search", one.key) for one in SavedSearch.objects.filter(person=world.person("member"))[:1]]
    found += [_at("call", one.key) for one in Call.objects.filter(lead=own)[:1]]
    found += [_at("call-invitation", one.key) for one in CallInvitation.objects.filter(member=own)[:1]]
    for part in DayMember.objects.filter(organisation=own).exclude(day__state="prepared"):
        found += [_at(name, part.pk) for name in ("day-part", "day-hours")]
        found += [_at("day-timetable", part.pk)] if part.day.state == "published" else []
    return found


def _brokering(_world: World) -> list[str]:
    overview = ("overview", "overview-introductions", "overview-exposure")
    found = [*(_at(name) for name in ("index", "office", "office-pairs", *overview, "calls", "days", "day-new"))]
    for day in BrokerageDay.objects.order_by("pk"):
        found += [_at(name, day.pk) for name in ("day-manage", "day-edit", "day-participants", "day-board")]
    return found
