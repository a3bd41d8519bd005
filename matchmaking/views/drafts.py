"""What an offer or a need would change, told beside its form before it is saved."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.models import MatchProfile
from matchmaking.queries.what_if import Change, would_change
from members.enums import Direction
from members.models import Capability


def foreseen(item: Capability, trl: int | None) -> list[str]:
    """In numbers who could answer; nothing for who takes no part in matching."""
    if not MatchProfile.objects.filter(pk=item.organisation_id).exists():
        return []
    change = would_change(item.organisation_id, item.direction, item.tag_id, trl)
    needed = item.direction == Direction.SOUGHT
    return [*(_who_could_meet(change) if needed else _who_needs(change)), *_how_common(change)]


def _who_could_meet(change: Change) -> list[str]:
    lines = [
        (change.fully, ngettext("%(n)s member across the line offers this, mature enough.",
                                "%(n)s members across the line offer this, mature enough.", change.fully)),
        (change.half, ngettext("%(n)s offers this, but not as mature as you ask.",
                               "%(n)s offer this, but not as mature as you ask.", change.half)),
        (change.partly, ngettext("%(n)s offers something near it, so part of it counts.",
                                 "%(n)s offer something near it, so part of it counts.", change.partly)),
    ]  # fmt: skip
    return _those(lines) or [_("Nobody across the line could meet this need today.")]


def _who_needs(change: Change) -> list[str]:
    lines = [
        (change.fully, ngettext("%(n)s member across the line needs this, at this maturity.",
                                "%(n)s members across the line need this, at this maturity.", change.fully)),
        (change.half, ngettext("%(n)s needs this, but more mature.",
                               "%(n)s need this, but more mature.", change.half)),
        (change.partly, ngettext("%(n)s needs something near it, so part of it counts.",
                                 "%(n)s need something near it, so part of it counts.", change.partly)),
    ]  # fmt: skip
    return _those(lines) or [_("Nobody across the line needs this today.")]


def _those(lines: list[tuple[int, str]]) -> list[str]:
    return [words % {"n": number} for number, words in lines if number]


def _how_common(change: Change) -> list[str]:
    told = change.overlap
    words = ngettext(
        "%(n)s of %(of)s members mentions this word or a narrower one.",
        "%(n)s of %(of)s members mention this word or a narrower one.",
        told.mentions,
    ) % {"n": told.mentions, "of": told.of}
    if told.broad:
        return [words, _("That tells you from nobody: choose a narrower word where one is true.")]
    return [words]
