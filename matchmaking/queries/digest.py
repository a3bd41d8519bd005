"""The weekly letter about matches: who may hear of new ones, from how many points on, and what they do not know yet."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cluster_portal.common.models import User
from matchmaking.enums import DigestRhythm
from matchmaking.models import DigestChoice, Introduction, MatchNotice
from matchmaking.models.searches import THRESHOLD
from matchmaking.permissions import can_see_matches, takes_part
from matchmaking.queries.matches import Match, matches
from members.models import Organisation, Representation, Tag
from members.permissions import standing

MOST_TOLD = 10
"""Matches of one member that one letter names, the best first; the rest waits for the next week."""


@dataclass(frozen=True)
class Told:
    """A match as a letter names it: the needs that the partner meets, and those of the partner."""

    partner: Organisation
    score: int
    gained: list[Tag]
    given: list[Tag]

    @property
    def gains(self) -> str:
        """In the language of the letter, which is known when it is written."""
        return ", ".join(tag.name for tag in self.gained)

    @property
    def gives(self) -> str:
        return ", ".join(tag.name for tag in self.given)


@dataclass(frozen=True)
class NewMatches:
    """What is new for one member."""

    member: Organisation
    matches: list[Told]


def choice_of(person: User) -> DigestChoice:
    """What a person chose, or the usual: once a week, from the usual threshold."""
    usual = DigestChoice(person=person, rhythm=DigestRhythm.WEEKLY, threshold=THRESHOLD)
    return DigestChoice.objects.filter(person=person).first() or usual


def readers() -> QuerySet[Representation, int]:
    """People who act for a member in matching and have not switched the letter off."""
    acting = Representation.objects.filter(
        ended_at__isnull=True, user__is_active=True, organisation__match_profile__isnull=False
    )
    return (
        acting.exclude(user__digest__rhythm=DigestRhythm.NONE)
        .order_by("user")
        .values_list("user", flat=True)
        .distinct()
    )


def to_tell(person: User) -> list[NewMatches]:
    """New matches of each member that this person acts for: good enough for them, not told, not introduced already."""
    choice = choice_of(person)
    if choice.rhythm == DigestRhythm.NONE:
        return []
    mine = Organisation.objects.filter(pk__in=standing(person).representations).order_by("sort_key", "pk")
    found = [
        NewMatches(member, _new(person, member, choice.threshold))
        for member in mine
        if can_see_matches(person, member) and takes_part(member)
    ]
    return [one for one in found if one.matches]


def _new(person: User, member: Organisation, threshold: int) -> list[Told]:
    known = set(MatchNotice.objects.filter(person=person, member=member).values_list("partner", flat=True))
    for pair in Introduction.objects.live().of(member).values_list("first", "second"):
        known.update(pair)
    best = [match for match in matches(member.pk).ranked if match.partner.pk not in known]
    return [_told(match) for match in best if match.pair.score * 100 >= threshold][:MOST_TOLD]


def _told(match: Match) -> Told:
    return Told(
        match.partner,
        round(match.pair.score * 100),
        [reason.need for reason in match.gained],
        [reason.need for reason in match.given],
    )
