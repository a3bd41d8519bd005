"""What the template of a member's page is given; the previews of the profile editor use it too."""

from typing import Any

from django.utils.translation import gettext as _

from members.queries.profile import Profile, Proof

HEED_DAYS = 60  # a certificate that ends sooner is marked


def page_of(profile: Profile, *, own: bool) -> dict[str, Any]:
    """The context. `own`: the reader acts for this member and finds the way to the editor."""
    return {
        "profile": profile,
        "own": own,
        "certificates": [(proof, *validity(proof)) for proof in profile.certificates],
        "address": ", ".join(part for part in (profile.street, _town(profile)) if part),
        "registration": [
            (_("Legal form"), profile.legal_form),
            (_("Tax number"), profile.tax_id),
            (_("Trade register"), profile.trade_register),
            ("EUID", profile.euid),
            ("LEI", profile.lei),
        ],
    }


def _town(profile: Profile) -> str:
    return " ".join(part for part in (profile.postcode, profile.locality) if part)


def validity(proof: Proof) -> tuple[str, str]:
    """The tone of a certificate's last day, and the word for it when it deserves one."""
    if proof.days_left < 0:
        return "stop", _("Ended")
    return ("heed", _("Ends soon")) if proof.days_left <= HEED_DAYS else ("", "")
