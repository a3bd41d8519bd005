"""A member as it is found: one sentence, the picture of a shared link, data for machines, the map of all members."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.common.cards import Card, picture
from cluster_portal.common.context import current_cluster
from cluster_portal.common.found import address, cluster_data
from cluster_portal.common.sitemaps import Map
from cluster_portal.common.visibility import ANYONE
from members.enums import HelixRole, Side
from members.queries.profile import Profile, profile_for
from members.queries.public_pages import public_pages


def card_of(profile: Profile) -> Card:
    """The picture beside a link to a member. The profile must be the one that everybody may see."""
    return Card(
        profile.name,
        label=" · ".join(_kinds(profile)),
        line=profile.summary,
        foot=profile.area,
        side=profile.side,
    )


def _kinds(profile: Profile) -> list[str]:
    """Helix role and side, in words."""
    role = str(HelixRole(profile.helix_role).label) if profile.helix_role else ""
    side = str(Side(profile.side).label) if profile.side else ""
    return [word for word in (role, side) if word]


def sentence_of(profile: Profile) -> str:
    """What search engines show below the name: the member's own sentence, or what is known of it."""
    if profile.summary or profile.description:
        return profile.summary or profile.description
    cluster = current_cluster()
    facts = ", ".join([*_kinds(profile), profile.area])
    member = _("Member of %(cluster)s.") % {"cluster": cluster.name if cluster else ""}
    return f"{profile.legal_name}: {facts}. {member}"


def data_of(profile: Profile) -> dict[str, Any]:
    """The member as an organisation of schema.org, as far as the reader may know it."""
    return {
        "@type": "Organization",
        "name": profile.name,
        "legalName": profile.legal_name,
        "url": address(_path(profile)),
        "sameAs": profile.website,
        "description": sentence_of(profile),
        "logo": address(reverse("members:logo", args=[profile.slug])) if profile.has_logo else "",
        "email": profile.email,
        "telephone": profile.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": profile.street,
            "addressLocality": profile.locality,
            "postalCode": profile.postcode,
            "addressRegion": profile.county,
            "addressCountry": profile.country,
        },
        "knowsAbout": [offer.name for offer in profile.offers],
        "memberOf": cluster_data(),
    }


def _path(profile: Profile) -> str:
    return reverse("members:profile", args=[profile.slug])


def picture_of(profile: Profile) -> str:
    """The address of the picture."""
    return card_of(profile).at(reverse("members:card", args=[profile.slug]))


@login_not_required
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a member; always as strangers know it, for whoever asks."""
    profile = profile_for(slug, ANYONE)
    if profile is None:
        raise Http404
    return picture(request, card_of(profile))


class Members(Map):
    """The pages of members that everybody may open."""

    def items(self) -> list[tuple[str, datetime]]:
        return [(reverse("members:profile", args=[slug]), at) for slug, at in public_pages()]
