"""The certificate of attendance as a PDF, in the language of the certificate."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.common.press import typeset
from events.papers.codes import qr_image
from events.papers.data import Certificate
from events.papers.words import days, duration, joined

TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificate(data: Certificate) -> bytes:
    """One A4 sheet in landscape. The same data gives the same bytes."""
    with override(data.language):
        issued = data.issued_on
        return typeset(
            TEMPLATE,
            {
                **{name: getattr(data, name) for name in ("language", "cluster", "person", "organisation", "title")},
                **{name: getattr(data, name) for name in ("number", "code", "manager")},
                "heading": _("Certificate of attendance"),
                "issued": {"year": issued.year, "month": issued.month, "day": issued.day},
                "about": joined(data.kind, data.place),
                "facts": facts(data),
                "words": words(data),
                "shown": data.address.removeprefix("https://"),
                "qr": qr_image(data.address),
            },
            standards=("ua-1", "a-2a"),
        )


def words(data: Certificate) -> dict[str, str]:
    """What stands around the data."""
    return {
        "number": _("Certificate number"),
        "certifies": _("This certifies that"),
        "attended": _("took part in"),
        "manager": data.manager_role or _("Cluster manager"),
        "check": _("To check this certificate, scan the code or open the address below"),
        "qr": _("QR code of the address that checks this certificate"),
    }


def facts(data: Certificate) -> list[tuple[str, str]]:
    """Labels and values; only what is known."""
    known = [
        (_("Date"), days(data.first_day, data.last_day)),
        (_("Duration"), duration(data.hours) if data.hours else ""),
        (_("Issued on"), date_format(data.issued_on, "j F Y")),
        (_("Valid until"), date_format(data.valid_until, "j F Y") if data.valid_until else ""),
    ]
    return [fact for fact in known if fact[1]]
