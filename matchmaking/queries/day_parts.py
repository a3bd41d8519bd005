"""Reads of a brokerage day for a participant: the others with score and reason, the own timetable, the own days."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from matchmaking.enums import DayState, MeetingState, WishAnswer
from matchmaking.models import DayMember, MeetingSeat, Pair, Wish
from matchmaking.queries.brokerage import Placed, coming
from matchmaking.queries.reasons import Reason, reasons_of


def timetable_of(member: DayMember, *, only_confirmed: bool) -> list[Placed]:
    """The meetings of one participant in their order, each with the partner; one statement, so of one moment."""
    partners = MeetingSeat.objects.filter(meeting__seats__member=member).exclude(member=member)
    if only_confirmed:
        partners = partners.filter(meeting__state=MeetingState.CONFIRMED)
    day = member.day
    return [
        Placed(seat.meeting, day.starts(seat.slot), day.ends(seat.slot), (seat.member,))
        for seat in partners.select_related("meeting", "member__organisation").order_by("slot")
    ]


def confirmed_of(meetings: Iterable[int]) -> dict[int, list[Placed]]:
    """Participant -> which of these meetings its published timetable shows, each with the partner."""
    wanted = set(meetings)
    seated = DayMember.objects.filter(seats__meeting__in=wanted).select_related("day", "organisation").distinct()
    shown = {member.pk: timetable_of(member, only_confirmed=True) for member in seated}
    return {pk: [placed for placed in own if placed.meeting.pk in wanted] for pk, own in shown.items()}


@dataclass(frozen=True)
class Choice:
    """Another participant as one sees it while choosing.

    `answer` and `message`: what one has said so far; `asks`: that it would like to meet, with what it wrote. That it
    does not want to meet is never told.
    """

    partner: DayMember
    pair: Pair | None = None
    answer: str = ""
    message: str = ""
    asks: bool = False
    words: str = ""

    @property
    def score(self) -> float:
        return self.pair.score if self.pair else 0.0


def choices_of(member: DayMember) -> list[Choice]:
    """Everybody else who comes, the best match first; the same number of queries however many they are."""
    others = list(coming(member.day).exclude(pk=member.pk))
    said = {wish.partner_id: wish for wish in Wish.objects.filter(member=member)}
    heard = {wish.member_id: wish for wish in Wish.objects.filter(partner=member).exclude(answer=WishAnswer.NO)}
    organisations = [other.organisation_id for other in others]
    pairs = Pair.objects.filter(member=member.organisation_id, partner__in=organisations)
    known = {pair.partner_id: pair for pair in pairs}
    found = []
    for other in others:
        mine, theirs = said.get(other.pk), heard.get(other.pk)
        choice = Choice(
            partner=other,
            pair=known.get(other.organisation_id),
            answer=mine.answer if mine else "",
            message=mine.message if mine else "",
            asks=theirs is not None,
            words=theirs.message if theirs else "",
        )
        found.append(choice)
    return sorted(found, key=lambda choice: (-choice.score, choice.partner.organisation.sort_key))


def reasons_with(member: DayMember, choices: Iterable[Choice]) -> dict[int, list[Reason]]:
    """Organisation -> why the member would meet it, for those of a page."""
    return reasons_of(member.organisation_id, [choice.pair for choice in choices if choice.pair])


def parts_of(organisations: Iterable[int]) -> "QuerySet[DayMember]":
    """The days to which these organisations come, and that members may know of, latest first."""
    return (
        DayMember.objects.filter(organisation__in=organisations)
        .exclude(day__state=DayState.PREPARED)
        .select_related("day", "organisation")
        .order_by("-day__starts_at", "organisation__sort_key")
    )


def words_of(member: DayMember) -> dict[int, str]:
    """What the partners of one's meetings wrote about why they would like to meet."""
    asked = Wish.objects.filter(partner=member).exclude(answer=WishAnswer.NO).exclude(message="")
    return dict(asked.values_list("member_id", "message"))
