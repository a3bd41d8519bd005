"""What a merge of two words would do, in numbers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from members.models import Capability, Tag


@dataclass(frozen=True)
class Preview:
    """`moved`: capabilities that only change their word. `united`: pairs of one member of which the stronger stays."""

    moved: int
    united: int
    members: int
    narrower: int
    """Words below that go under the heir."""


def merge_preview(word: Tag, heir: Tag) -> Preview:
    stated = list(Capability.objects.filter(tag=word).values_list("organisation_id", "direction"))
    there = set(Capability.objects.filter(tag=heir).values_list("organisation_id", "direction"))
    united = sum(one in there for one in stated)
    below = Tag.objects.filter(parent=word).count()
    return Preview(len(stated) - united, united, len({one[0] for one in stated}), below)


def capabilities_of(word: Tag) -> QuerySet[Capability]:
    return Capability.objects.filter(tag=word).order_by("organisation_id", "direction")


def stands(row: Capability, today: date | None = None) -> bool:
    return row.expires_on is None or row.expires_on >= (today or timezone.localdate())
