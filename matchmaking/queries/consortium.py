"""Calls for a consortium: who could answer them, as the rules need it; calls and invitations as one side sees them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q, QuerySet

from matchmaking.enums import InvitationState
from matchmaking.models import Call, CallInvitation, NotInterested
from matchmaking.queries.introductions import confirmed, controlled
from matchmaking.queries.reasons import SHARED, STANDS, Reason, Relation, common_ground
from matchmaking.rules import consortium as rules
from matchmaking.rules.teams import Found, teams_for
from members.models import Organisation, Tag
from members.rules.text import fold

REMIND_DAYS = 3
"""How long before the last day an invited member that has not answered is reminded."""
KEPT_SECONDS = 24 * 60 * 60
KEPT_FORM = 2
"""Grows when the search finds other teams for the same members, or tells them differently."""
OVER = (InvitationState.DECLINED, InvitationState.WITHDRAWN, InvitationState.EXPIRED, InvitationState.ENDED)

OFFERS = f"""
SELECT c.id, c.organisation_id, cp.tag_id AS place, coalesce(c.trl, 1) AS trl, c."references", c.tag_id AS offered,
       c.control, c.control_category || c.control_group AS number, cp.least_trl
  FROM matchmaking_callplace cp
  JOIN matchmaking_tagpath here ON here.tag_id = cp.tag_id AND here.distance = 0
  JOIN matchmaking_tagpath below ON below.ancestor_id = here.ancestor_id
  JOIN members_capability c ON c.tag_id = below.tag_id AND c.direction = 'offered'
   AND ({SHARED} OR c.organisation_id = %(lead)s) AND {STANDS}
 WHERE cp.call_id = %(call)s
"""  # noqa: S608  # the parts are fixed above
COVERS = f"""
SELECT DISTINCT ON (organisation_id, place) organisation_id, place, trl, offer."references"
  FROM ({OFFERS}) offer JOIN matchmaking_matchprofile m ON m.member_id = organisation_id
 ORDER BY organisation_id, place, trl >= coalesce(least_trl, 1) DESC,
          3 * trl + least(offer."references", {rules.MOST_REFERENCES}) DESC, trl DESC, id
"""  # noqa: S608  # the parts are fixed above
TOUCHED = f"""
SELECT id, organisation_id, place, offered, trl, control, number, "references" FROM ({OFFERS}) offer
 WHERE organisation_id = ANY(%(sides)s) AND control IN ('dual_use', 'unsure') ORDER BY id
"""  # noqa: S608  # the parts are fixed above


def asked_by(call: Call, invitations: Collection[CallInvitation]) -> rules.Call:
    """A call as the rules read it. The lead and who has accepted are in for sure."""
    accepted = [one.member_id for one in invitations if one.state == InvitationState.ACCEPTED]
    return rules.Call(
        places=tuple(rules.Place(place.tag_id, place.least_trl or 1, place.must) for place in call.places.all()),
        size=call.size,
        roles={row.role: row.least for row in call.roles.all()},
        countries=frozenset(call.countries),
        least_countries=call.least_countries,
        inside=(call.lead_id, *accepted),
    )


def candidates(call: Call, invitations: Collection[CallInvitation]) -> list[rules.Candidate]:
    """Members in matching, with the places for which they share an offer; of the lead, all its offers count.

    Not those whose invitation is over, and not those that the lead has put aside. Two queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(COVERS, {"call": call.pk, "lead": call.lead_id})
        rows = cursor.fetchall()
    covers: dict[int, dict[int, rules.Cover]] = defaultdict(dict)
    for organisation, place, trl, references in rows:
        covers[organisation][place] = rules.Cover(trl, references)
    out = [one.member_id for one in invitations if one.state in OVER]
    aside = NotInterested.objects.filter(member=call.lead_id).values("partner")
    members = Organisation.objects.filter(match_profile__isnull=False).exclude(pk__in=out).exclude(pk__in=aside)
    return [
        rules.Candidate(pk, role, str(country or ""), covers.get(pk, {}))
        for pk, role, country in members.order_by("pk").values_list("pk", "helix_role", "country")
    ]


def teams(asked: rules.Call, known: Sequence[rules.Candidate]) -> Found:
    """The teams, searched once for each state of the call and of the members that could answer it.

    What is kept stands under a digest of all that the search reads, so it cannot be out of date; a cache that was lost
    costs one search.
    """
    places = [(place.key, place.least_trl, place.must) for place in asked.places]
    wanted = (sorted(asked.roles.items()), sorted(asked.countries), asked.least_countries, asked.size, asked.inside)
    people = [(one.key, one.role, one.country, sorted(one.covers.items())) for one in known]
    digest = sha256(repr((KEPT_FORM, places, wanted, people)).encode()).hexdigest()
    found: Found | None = cache.get(f"teams:{digest}")
    if found is None:
        found = teams_for(asked, known)
        cache.set(f"teams:{digest}", found, KEPT_SECONDS)
    return found


def grounds(call: Call, member: int, partner: int) -> list[Reason]:
    """Offers of either side at places of the call that export control looks at, from the eyes of `member`."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, {"call": call.pk, "lead": call.lead_id, "sides": [member, partner]})
        rows = cursor.fetchall()
    tags = Tag.objects.in_bulk({pk for row in rows for pk in row[2:4]}) if rows else {}
    return [
        Reason(
            partner=partner,
            mine=owner == partner,
            need=tags[place],
            met_at=tags[place],
            offered=tags[offered],
            relation=Relation.EXACT if place == offered else Relation.CHILD,
            must=True,
            trl_asked=None,
            trl_offered=trl,
            maturity=1.0,
            references=references,
            mentions=0,
            of=0,
            covered=1.0,
            points=0.0,
            need_item=0,
            offered_item=item,
            control=control,
            control_number=number,
        )
        for item, owner, place, offered, trl, control, number, references in rows
    ]


def must_confirm(call: Call, member: int, partner: int) -> bool:
    """Whether `member` has to confirm towards `partner` that nothing controlled is exchanged, and has not yet."""
    touched = controlled([*common_ground(member, partner), *grounds(call, member, partner)])
    return bool(touched) and not confirmed(member, partner)


# ------------------------------------------------------------------ pages
def calls_led_by(members: Collection[int]) -> QuerySet[Call]:
    """Calls of these members, newest first, with how many were invited and have accepted."""
    return _counted(Call.objects.filter(lead__in=members))


def all_calls() -> QuerySet[Call]:
    """Every call, for the office."""
    return _counted(Call.objects.all())


def _counted(calls: QuerySet[Call]) -> QuerySet[Call]:
    return (
        calls.select_related("lead")
        .annotate(
            invited=Count("invitations"),
            accepted=Count("invitations", filter=Q(invitations__state=InvitationState.ACCEPTED)),
            waiting=Count("invitations", filter=Q(invitations__state=InvitationState.INVITED)),
        )
        .order_by("state", "deadline", "-id")
    )


def invitations_to(members: Collection[int]) -> QuerySet[CallInvitation]:
    """Invitations to these members, those that wait first."""
    rows = CallInvitation.objects.filter(member__in=members).select_related("member", "call__lead")
    return rows.annotate(waits=Q(state=InvitationState.INVITED)).order_by("-waits", "-id")


def invitations_of(call: Call) -> list[CallInvitation]:
    """Whom the lead has invited, with what for."""
    return list(call.invitations.select_related("member").prefetch_related("wanted_for").order_by("id"))


def called(key: UUID) -> Call | None:
    """A call with what it asks for."""
    calls = Call.objects.select_related("lead").prefetch_related("roles", "places__tag")
    return calls.filter(key=key).first()


def invitation_called(key: UUID) -> CallInvitation | None:
    """An invitation with its call, for the invited member."""
    rows = CallInvitation.objects.select_related("member", "call__lead", "introduction").prefetch_related(
        "wanted_for", "call__roles", "call__places__tag"
    )
    return rows.filter(key=key).first()


@dataclass(frozen=True)
class Word:
    """A capability that a call may ask for, as the form names it: with its parent when two have the same name."""

    tag: int
    name: str
    parent: str


def words() -> list[Word]:
    """All capabilities that may be chosen, in the reader's language. One query."""
    tags = list(Tag.objects.filter(active=True, scored=True, parent__isnull=False).select_related("parent"))
    names = Counter(fold(tag.name) for tag in tags)
    return [
        Word(tag.pk, tag.name if names[fold(tag.name)] == 1 else f"{tag.parent.name}: {tag.name}", tag.parent.name)
        for tag in sorted(tags, key=lambda one: fold(one.name))
    ]


def word_index() -> dict[str, int]:
    """Folded name in either language, alias or code -> capability; what two could mean is left out."""
    index: dict[str, set[int]] = defaultdict(set)
    for tag in Tag.objects.filter(active=True, scored=True, parent__isnull=False).select_related("parent"):
        for name in (tag.name_ro, tag.name_en, tag.code, *tag.aliases):
            index[fold(name)].add(tag.pk)
        for up, name in ((tag.parent.name_ro, tag.name_ro), (tag.parent.name_en, tag.name_en)):
            index[fold(f"{up}: {name}")].add(tag.pk)
    return {name: pks.pop() for name, pks in index.items() if len(pks) == 1}


def lands_of_members() -> list[str]:
    """Codes of the countries that members are from."""
    members = Organisation.objects.filter(match_profile__isnull=False)
    return sorted({str(code) for code in members.values_list("country", flat=True).distinct() if code})


# ------------------------------------------------------------------ what the timetable looks at
def invitations_over(on: date) -> QuerySet[CallInvitation, int]:
    """Unanswered invitations whose last day has passed."""
    return CallInvitation.objects.open().filter(expires_on__lt=on).order_by("pk").values_list("pk", flat=True)


def invitations_to_remind(on: date) -> QuerySet[CallInvitation, int]:
    """Unanswered invitations whose last day is near, and that were not sent in these very days."""
    soon = CallInvitation.objects.open().filter(expires_on__gte=on, expires_on__lte=on + timedelta(days=REMIND_DAYS))
    return soon.filter(sent_at__date__lt=on).order_by("pk").values_list("pk", flat=True)
