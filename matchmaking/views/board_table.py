"""The board as CSV that spreadsheets read rightly and safely."""

import csv
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from members.enums import Direction
from members.models import Capability
from members.rules.spreadsheets import harmless
from members.views.directory_table import Echo


def table(items: Iterable[Capability]) -> Iterator[str]:
    """Rows with a head; begins with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield "\N{BYTE ORDER MARK}" + writer.writerow(head())
    for item in items:
        yield writer.writerow([harmless(value) for value in cells(item)])


def head() -> list[str]:
    return [
        *(_("Offer or need"), _("Capability"), _("Part of"), _("Text"), _("Side"), _("Kind"), _("TRL")),
        *(_("Importance"), _("Member"), _("Helix role"), _("County"), _("Stands until"), _("Page")),
    ]


def cells(item: Capability) -> list[str]:
    needed, owner = item.direction == Direction.SOUGHT, item.organisation
    return [
        *(_("Need") if needed else _("Offer"), item.tag.name, item.tag.parent.name if item.tag.parent else ""),
        *(item.note, item.get_side_display(), item.get_kind_display(), str(item.trl or "")),
        item.get_weight_display() if needed else "",
        *(owner.display_name, owner.get_helix_role_display(), owner.get_county_display() if owner.county else ""),
        item.expires_on.isoformat() if item.expires_on else "",
        settings.SITE_URL + reverse("matchmaking:opportunity", args=[item.opportunity.key]),
    ]
