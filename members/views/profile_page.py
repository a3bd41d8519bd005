"""What the template of a member's page is given; the previews of the profile editor use it too."""

from typing import Any

from django.utils.translation import gettext as _

from members.queries.profile import Profile, Proof
from members.views.profile_lines import facts_of, needs_of, offers_of

HEED_DAYS = 60  # a certificate that ends sooner is marked


def page_of(profile: Profile, *, own: bool) -> dict[str, Any]:
    """The context. `own`: the reader acts for this member and finds the way to the editor."""
    return {
        "profile": profile,
        "own": own,
        "offers": offers_of(profile),
        "needs": needs_of(profile),
        "certificates": [(proof, *validity(proof)) for proof in profile.certificates],
        "facts": facts_of(profile),
    }


def validity(proof: Proof) -> tuple[str, str]:
    """The tone of a certificate's last day, and the word for it when it deserves one."""
    if proof.days_left < 0:
        return "stop", _("Ended")
    return ("heed", _("Ends soon")) if proof.days_left <= HEED_DAYS else ("", "")
