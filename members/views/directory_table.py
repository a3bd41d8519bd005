"""The directory as CSV that spreadsheets read rightly and safely."""

import csv
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from members.queries.directory_export import Line
from members.rules.spreadsheets import harmless


class Echo:
    """A file that gives back what is written, so that rows leave one by one."""

    def write(self, text: str) -> str:
        return text


def table(members: Iterable[Line]) -> Iterator[str]:
    """Rows with a head; begins with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield "\N{BYTE ORDER MARK}" + writer.writerow(head())
    for member in members:
        yield writer.writerow([harmless(value) for value in cells(member)])


def head() -> list[str]:
    return [
        *(_("Name"), _("Side"), _("Helix role"), _("Sub-type"), _("County or country"), _("Place"), _("Sectors")),
        *(_("Offers"), _("Highest TRL"), _("Looks for"), _("Size"), _("Summary"), _("Website"), _("Member since")),
        _("Page"),
    ]


def cells(member: Line) -> list[str]:
    return [
        *(member.name, member.side, member.helix_role, member.subtype, member.area, member.place),
        *("; ".join(member.sectors), "; ".join(member.offers), str(member.trl or ""), "; ".join(member.needs)),
        *(member.size, member.summary, member.website, member.admitted_on.isoformat()),
        settings.SITE_URL + reverse("members:profile", args=[member.slug]),
    ]
