"""What stands between a member and its partners: interests that wait, an introduction, and whom it has put aside."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from matchmaking.models import Interest, Introduction, NotInterested
from matchmaking.queries.introductions import confirmed, controlled, unsure
from matchmaking.queries.reasons import common_ground
from members.models import Organisation, Tag


@dataclass(frozen=True)
class Between:
    """A partner as `member` finds it. The keys lead to the pages of what waits or has become of it."""

    partner: Organisation
    sent: UUID | None = None  # of the member's own interest that waits, as its sender may know it
    received: UUID | None = None  # of the partner's interest whose sender waits, declined in silence or not
    introduction: UUID | None = None  # of one that is not closed
    aside: bool = False  # the member does not want to see the partner

    @property
    def free(self) -> bool:
        """Whether nothing waits between the two yet."""
        return not (self.sent or self.received or self.introduction)


def _ends(member: int) -> dict[str, Subquery | Coalesce]:
    """Keys of what stands between the member and the organisation of the outer row."""
    sent = Interest.objects.waiting().filter(member=member, partner=OuterRef("pk"))
    received = Interest.objects.waiting().filter(member=OuterRef("pk"), partner=member)
    live = Introduction.objects.live()
    first = live.filter(first=member, second=OuterRef("pk")).values("key")[:1]
    second = live.filter(second=member, first=OuterRef("pk")).values("key")[:1]
    return {
        "sent_key": Subquery(sent.values("key")[:1]),
        "received_key": Subquery(received.values("key")[:1]),
        "introduction_key": Coalesce(Subquery(first), Subquery(second)),
        "aside_by": Subquery(NotInterested.objects.filter(member=member, partner=OuterRef("pk")).values("pk")[:1]),
    }


def between(member: int, partners: Q) -> list[Between]:
    """These partners, in one query; who does not take part in matching is not among them."""
    rows = Organisation.objects.filter(partners, match_profile__isnull=False).exclude(pk=member)
    return [
        Between(
            partner=row,
            sent=ends["sent_key"],
            received=ends["received_key"],
            introduction=ends["introduction_key"],
            aside=ends["aside_by"] is not None,
        )
        for row in rows.annotate(**_ends(member))
        for ends in (vars(row),)
    ]


def partner_called(member: int, slug: str) -> Between | None:
    """One partner by the name in its address."""
    return next(iter(between(member, Q(slug=slug))), None)


def put_aside_by(member: int) -> QuerySet[NotInterested]:
    """Whom a member does not want to see, newest first; also those who take part no more."""
    return NotInterested.objects.filter(member=member).select_related("partner", "by").order_by("-at", "-id")


@dataclass(frozen=True)
class Care:
    """Whether a meeting of the two touches the dual-use list, and by which offers that this side may see.

    `unsure`: offers that their owner could not classify; the compliance contact hears of the meeting.
    """

    touched: bool = False
    offers: list[str] = field(default_factory=list)
    unsure: list[Tag] = field(default_factory=list)


def care_of(member: int, partner: int, *, brokered: bool = False) -> Care:
    """What this side still has to confirm towards that one; nothing, once it has.

    `brokered`: offers that only the office sees count too, but are not named to the other side.
    """
    ground = common_ground(member, partner)
    open_words = list({one.offered.pk: one.offered for one in unsure(ground)}.values())
    if confirmed(member, partner):
        return Care(unsure=open_words)
    seen = controlled(ground)
    touched = controlled(common_ground(member, partner, yours_all=True)) if brokered else seen
    return Care(bool(touched), seen, open_words)


def words_between(member: int, partner: int) -> QuerySet[Tag]:
    """What an interest may be about: the partner's own shared words on which the two meet."""
    ground = common_ground(member, partner)
    words: QuerySet[Tag] = Tag.objects.filter(pk__in={(one.offered if one.mine else one.need).pk for one in ground})
    return words
