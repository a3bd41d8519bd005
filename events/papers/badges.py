"""Names on badges as a PDF: A4 sheets to be cut, as many as there are people."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.common.assets import GLYPHS
from cluster_portal.common.press import typeset
from cluster_portal.common.press.plain import plain
from events.papers.codes import qr_image
from events.papers.data import EIGHT, Badge, Badges, Layout
from events.papers.words import days
from members.enums import HelixRole, Side

TEMPLATE = Path(__file__).with_name("badges.typ")

INK = "#14202d"
MASK = 3
"""One pattern for all: to weigh all eight would take most of the time, and any is read well at an arm's length."""


def badges(data: Badges, layout: Layout = EIGHT) -> bytes:
    """Badges in the order of `data.people`. The same data gives the same bytes. ValueError: there is nobody."""
    if not data.people:
        raise ValueError("badges of nobody")
    with override(data.language):
        return typeset(
            TEMPLATE,
            {
                **{name: getattr(layout, name) for name in ("columns", "rows", "width", "height")},
                "name-room": layout.height - 42,
                "language": data.language,
                "cluster": data.cluster,
                "heading": f"{data.title} · {days(data.first_day, data.last_day)}",
                "glyphs": {role: glyph(path) for role, path in GLYPHS.items()},
                "people": [person(badge) for badge in data.people],
            },
        )


def person(badge: Badge) -> dict[str, Any]:
    """One badge with its words. ValueError: a role or a side that does not exist."""
    return {
        "name": badge.name,
        "organisation": badge.organisation,
        "note": badge.note,
        "note-room": 16 if badge.note else 0,
        "role": badge.role,
        "role-word": str(HelixRole(badge.role).label) if badge.role else "",
        "side": badge.side,
        "side-word": str(Side(badge.side).label) if badge.side else "",
        "qr": qr_image(badge.code, MASK),
        "qr-words": _("QR code for the check-in of %(name)s") % {"name": plain(badge.name)},
    }


def glyph(path: str) -> str:
    """The shape of a helix role, as the portal draws it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<path fill="{INK}" fill-rule="evenodd" d="{path}"/></svg>'
    )
