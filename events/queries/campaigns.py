"""Who a campaign reaches, who not and why, and what the office sees of it. The number of queries is always the same."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.common import topics
from cluster_portal.common.delivery import bounced
from cluster_portal.common.models import User
from events.enums import LeftOut, RecipientState, RegistrationState
from events.models import Campaign, Event, Recipient, Registration
from events.permissions import can_register_as_guest, may_register
from events.rules.campaigns import Audience, audience_from
from events.wording import INVITATIONS
from members.enums import AccessRole, County, HelixRole, PersonRole, Side
from members.models import Organisation, Person, Representation, Sector, Tag
from members.models.membership import LISTED

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PEOPLE: "list[tuple[str, StrPromise | str]]" = [*AccessRole.choices, *PersonRole.choices]
"""Which people of members can be addressed: those who sign in, and those whom a member names for something."""


@dataclass(frozen=True)
class Candidate:
    """Somebody whom an audience means. `reason`: why there is no letter for them, empty when there is one."""

    address: str
    full_name: str
    language: str
    user: int | None = None
    organisation: int | None = None
    reason: str = ""

    def get_reason_display(self) -> str:
        return str(LeftOut(self.reason).label) if self.reason else ""


@dataclass(frozen=True)
class Reach:
    """The audience of a campaign as it is now: who would get a letter, and who not."""

    candidates: Sequence[Candidate]

    @property
    def reached(self) -> list[Candidate]:
        return [one for one in self.candidates if not one.reason]

    @property
    def others(self) -> list[Candidate]:
        return [one for one in self.candidates if one.reason]

    @property
    def by_reason(self) -> list[tuple[str, int]]:
        """(reason in words, how many), in the order in which reasons are looked for."""
        return in_words(Counter(one.reason for one in self.others))


def in_words(counts: "Counter[str]") -> list[tuple[str, int]]:
    """How many for each reason, in words."""
    return [(str(reason.label), counts[reason.value]) for reason in LeftOut if counts[reason.value]]


# ------------------------------------------------------------------ who is meant
def reach_of(campaign: Campaign) -> Reach:
    """Everybody whom a campaign means, by address, each with the reason why not."""
    return Reach(with_reasons(campaign.event, meant_by(audience_from(campaign.audience))))


def meant_by(audience: Audience) -> list[Candidate]:
    """Everybody whom an audience means, each address once, in the order of addresses."""
    below = _with_below([*audience.tags, *audience.past_tags])
    found: dict[str, Candidate] = {}
    people = [*_of_members(audience, below), *_of_past_events(audience, below)]
    for one in people:
        found.setdefault(one.address, one)
    return sorted(_with_accounts(found.values()), key=lambda one: one.address)


def _with_below(codes: Iterable[str]) -> dict[str, set[int]]:
    """For each capability word itself and all words below it in the tree."""
    rows = list(Tag.objects.order_by().values_list("pk", "code", "parent_id"))
    children: dict[int | None, list[int]] = {}
    for pk, _code, parent in rows:
        children.setdefault(parent, []).append(pk)
    numbers = {code: pk for pk, code, _parent in rows}
    found: dict[str, set[int]] = {}
    for code in codes:
        todo, seen = [numbers[code]] if code in numbers else [], set[int]()
        while todo:
            pk = todo.pop()
            seen.add(pk)
            todo += [child for child in children.get(pk, ()) if child not in seen]
        found[code] = seen
    return found


def _union(below: dict[str, set[int]], codes: Iterable[str]) -> set[int]:
    return set().union(*(below[code] for code in codes))


def _members_meant(audience: Audience, below: dict[str, set[int]]) -> QuerySet[Organisation]:
    """Members in good standing that the filters leave."""
    found = Organisation.objects.filter(memberships__state__in=LISTED)
    if audience.roles:
        found = found.filter(helix_role__in=audience.roles)
    if audience.sides:
        found = found.filter(side__in=audience.sides)
    if audience.counties:
        found = found.filter(county__in=audience.counties)
    if audience.sectors:
        found = found.filter(sectors__code__in=audience.sectors)
    if audience.tags:
        found = found.filter(capabilities__tag__in=_union(below, audience.tags))
    return found.order_by().values("pk")  # type: ignore[return-value]  # for a subquery


def _of_members(audience: Audience, below: dict[str, set[int]]) -> list[Candidate]:
    """Those who sign in for a member first: they have an account and a language of their own."""
    if not audience.people:
        return []
    meant, today = _members_meant(audience, below), timezone.localdate()
    acting = Representation.objects.current().filter(organisation__in=meant, role__in=audience.people)
    found = [
        Candidate(topics.folded(email), name, language, user, organisation)
        for user, email, name, language, organisation in acting.order_by("pk").values_list(
            "user_id", "user__email", "user__full_name", "user__language", "organisation_id"
        )
    ]
    named = Person.objects.filter(organisation__in=meant, role__in=audience.people).exclude(email="")
    now = Q(starts_on__isnull=True) | Q(starts_on__lte=today), Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    found += [
        Candidate(topics.folded(email), name, language, None, organisation)
        for email, name, language, organisation in named.filter(*now)
        .order_by("pk")
        .values_list("email", "full_name", "language", "organisation_id")
    ]
    return found


def _of_past_events(audience: Audience, below: dict[str, set[int]]) -> list[Candidate]:
    """Whoever had a place at an event that is over; newest first, so that the newest name and language count."""
    if not audience.past_tags:
        return []
    about = Event.tags.through.objects.filter(tag__in=_union(below, audience.past_tags)).values("event")
    over = Registration.objects.filter(
        event__in=about, event__ends_at__lte=timezone.now(), state=RegistrationState.CONFIRMED
    ).exclude(email="")
    rows = over.order_by("-pk").values_list(
        "user_id", F("user__email"), "email", "full_name", "language", "organisation_id"
    )
    return [
        Candidate(topics.folded(own or email), name, language, user, organisation)
        for user, own, email, name, language, organisation in rows
    ]


def _with_accounts(people: Iterable[Candidate]) -> list[Candidate]:
    """The accounts of those who are known by their address only."""
    found = list(people)
    loose = [one.address for one in found if one.user is None]
    accounts = dict(User.objects.filter(email__in=loose).values_list("email", "pk"))
    return [replace(one, user=accounts.get(one.address, one.user)) for one in found]


# ------------------------------------------------------------------ why not
def with_reasons(event: Event, people: Sequence[Candidate]) -> list[Candidate]:
    """The same people, each with the first reason that holds against a letter now."""
    addresses = {one.address for one in people}
    live = Registration.objects.live().filter(event=event).values_list("email", "user_id")
    emails, users = {email for email, _user in live if email}, {user for _email, user in live if user}
    sent = Recipient.objects.filter(event=event, state=RecipientState.SENT).values_list("address", "user_id")
    invited, told = {address for address, _user in sent}, {user for _address, user in sent if user}
    able = may_register(event, {one.user for one in people if one.user})
    guests = can_register_as_guest(event)
    refused, gone = topics.refusing(INVITATIONS.code, addresses), bounced()

    def why_not(one: Candidate) -> str:
        if one.address in emails or one.user in users:
            return LeftOut.REGISTERED
        if one.address in invited or one.user in told:
            return LeftOut.INVITED
        if not (one.user in able if one.user else guests):
            return LeftOut.NO_RIGHT
        if one.address in refused:
            return LeftOut.REFUSED
        return LeftOut.BOUNCED if one.address in gone else ""

    return [replace(one, reason=str(why_not(one))) for one in people]


def candidates_of(recipients: Iterable[Recipient]) -> list[Candidate]:
    """Recipients as the question above knows people."""
    return [Candidate(one.address, one.full_name, one.language, one.user_id, one.organisation_id) for one in recipients]


# ------------------------------------------------------------------ pages
def campaigns_of(event: Event) -> QuerySet[Campaign]:
    """The campaigns of an event, newest first."""
    return Campaign.objects.filter(event=event).select_related("created_by").order_by("-pk")


def recipients_of(campaign: Campaign, state: str = "") -> QuerySet[Recipient]:
    """The recipients of a campaign that has started: those in a state, or all."""
    rows = Recipient.objects.filter(campaign=campaign).select_related("organisation").order_by("address")
    return rows.filter(state=state) if state else rows


def reasons_of(campaign: Campaign) -> list[tuple[str, int]]:
    """Why people were left out of a campaign that has started, with how many."""
    rows = Recipient.objects.filter(campaign=campaign, state=RecipientState.LEFT_OUT)
    return in_words(Counter(rows.values_list("reason", flat=True)))


def audience_in_words(audience: Audience) -> list[tuple[str, str]]:
    """(what is asked, the answer) of every filter in use."""
    sectors = dict(_named(Sector.objects.filter(code__in=audience.sectors)))
    tags = dict(_named(Tag.objects.filter(code__in=[*audience.tags, *audience.past_tags]).order_by("position")))
    asked = [
        (_("People of members"), audience.people, dict(PEOPLE)),
        (_("Helix roles"), audience.roles, dict(HelixRole.choices)),
        (_("Sides"), audience.sides, dict(Side.choices)),
        (_("Sectors"), audience.sectors, sectors),
        (_("Capabilities"), audience.tags, tags),
        (_("Counties"), audience.counties, dict(County.choices)),
        (_("Took part in events about"), audience.past_tags, tags),
    ]
    return [
        (label, ", ".join(str(names.get(code, code)) for code in codes))  # type: ignore[attr-defined]  # by word
        for label, codes, names in asked
        if codes
    ]


def _named(rows: "QuerySet[Sector] | QuerySet[Tag]") -> list[tuple[str, str]]:
    return [(row.code, str(row)) for row in rows]
