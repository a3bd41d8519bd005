"""The office's figures of matchmaking as tables for spreadsheets: a head and rows, whatever the file."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from matchmaking.enums import Origin, StageName
from matchmaking.queries import overview as reads
from matchmaking.rules.periods import Period
from members.enums import Direction, Side
from members.models import Capability
from members.rules.spreadsheets import harmless

Row = list[str | int]


@dataclass(frozen=True)
class Table:
    """What a file holds. `title` is the name of its sheet."""

    title: str
    head: list[str]
    rows: Sequence[Row]

    @property
    def lines(self) -> list[Row]:
        return [list(self.head), *self.rows]


def as_csv(table: Table) -> str:
    """Begins with the mark by which spreadsheets know UTF-8; no cell begins to calculate."""
    kept = StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerows([harmless(str(value)) for value in line] for line in table.lines)
    return "\N{BYTE ORDER MARK}" + kept.getvalue()


def gaps(_period: Period) -> Table:
    """Every word of the tree, below the words above it."""
    path: list[str] = []
    rows: list[Row] = []
    for gap in reads.gap_map():
        path[gap.level :] = [gap.word.name]
        above = " / ".join(path[:-1])
        rows.append([gap.word.code, above, gap.word.name, gap.offers, gap.needs, gap.unmet, gap.unsought])
    head = [
        *(_("Code"), _("Part of"), _("Capability"), _("Members that offer"), _("Members that need")),
        *(_("Needs nobody meets"), _("Offers nobody seeks")),
    ]
    return Table(_("Gap map"), head, rows)


def needs(_period: Period) -> Table:
    return _items(_("Needs nobody meets"), Direction.SOUGHT)


def offers(_period: Period) -> Table:
    return _items(_("Offers nobody seeks"), Direction.OFFERED)


def _items(title: str, direction: str) -> Table:
    head = [_("Member"), _("Side"), _("Capability"), _("Part of"), _("TRL")]
    needed = direction == Direction.SOUGHT
    head += [*((_("Importance"),) if needed else ()), _("Seen by"), _("Text")]
    return Table(title, head, [_item(one, needed=needed) for one in reads.items(reads.lonely(direction))])


def _item(one: Capability, *, needed: bool) -> Row:
    owner, above = one.organisation, one.tag.parent
    row: Row = [owner.display_name, owner.get_side_display(), one.tag.name, above.name if above else "", one.trl or ""]
    return [*row, *((one.get_weight_display(),) if needed else ()), one.get_visibility_display(), one.note]


def introductions(period: Period) -> Table:
    """The steps with their numbers and shares, in hundredths."""
    rows: list[Row] = [
        [step.label, step.count, "" if step.share is None else f"{step.share:.1f}", step.of]
        for step in steps(reads.funnel(period))
    ]
    return Table(_("From interest to contract"), [_("Step"), _("Number"), _("Share, %"), _("Share of")], rows)


def flows(_period: Period) -> Table:
    """Each quarter with interests, and those with a yes, by the sides of who asked and who was asked."""
    rows: list[Row] = [
        [
            quarter(one.quarter),
            *(one.asked.get(way, 0) for way in reads.PAIRS),
            sum(one.yes.values()),
            one.introductions,
        ]
        for one in reads.flows()
    ]
    ways = [f"{Side(one).label} → {Side(other).label}" for one, other in reads.PAIRS]
    return Table(_("Flows per quarter"), [_("Quarter"), *ways, _("Answered yes"), _("Introductions")], rows)


def exposure(_period: Period) -> Table:
    rows: list[Row] = []
    for one in reads.exposed():
        lists: int | None = getattr(one, "lists", None)
        rows.append([one.display_name, one.get_side_display(), "" if lists is None else lists])
    return Table(_("Who is seen"), [_("Member"), _("Side"), _("Lists that show it")], rows)


TABLES: dict[str, Callable[[Period], Table]] = {
    one.__name__: one for one in (gaps, needs, offers, introductions, flows, exposure)
}


def quarter(at: datetime) -> str:
    """Such as "2026, quarter 4", on the portal's clock."""
    day = localtime(at)
    return _("%(year)s, quarter %(quarter)s") % {"year": day.year, "quarter": (day.month + 2) // 3}


# ------------------------------------------------------------------ steps of the way
@dataclass(frozen=True)
class Step:
    """How many came so far, and which share of what that is."""

    label: str
    count: int
    base: int | None
    of: str = ""

    @property
    def share(self) -> float | None:
        """In hundredths; none where there is nothing to be a part of."""
        return 100 * self.count / self.base if self.base else None


def steps(found: reads.Funnel) -> list[Step]:
    """From an interest to its end: interests with their yes, introductions by how they came about, stages."""
    of_interests, of_introductions = _("of the interests"), _("of the introductions")
    made = found.introductions
    labels = {str(name): str(label) for name, label in StageName.choices} | {"met": _("They have met")}
    return [
        Step(_("Interests expressed"), found.interests, None),
        Step(_("Answered yes"), found.yes, found.interests, of_interests),
        Step(_("Introductions"), made, None),
        *(Step(str(Origin(name).label), count, made, of_introductions) for name, count in found.origins.items()),
        *(Step(labels[name], count, made, of_introductions) for name, count in found.stages.items()),
    ]
