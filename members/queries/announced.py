"""Requests announced to the members: who may object, to what, until when."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from members.enums import AccessRole, AdhesionState, Direction, Visibility
from members.models import AdhesionRequest, Capability, Membership, Objection, Organisation
from members.models.membership import LISTED
from members.permissions import Anyone, standing
from members.queries.statute import statute_in_force

SHOWN = (Visibility.PUBLIC, Visibility.MEMBERS)


@dataclass(frozen=True)
class Announced:
    """One request in its window for objections, with nothing of its file but what members may know."""

    request: AdhesionRequest
    organisation: Organisation
    offers: list[Capability]
    objected: frozenset[int]
    """Organisations of the reader that have objected already."""


def voting_organisations(user: Anyone, *, representative: bool = False) -> QuerySet[Organisation]:
    """The members in good standing with a full vote for which this person acts; `representative`: speaks for."""
    mine = {
        pk
        for pk, role in standing(user).representations.items()
        if not representative or role == AccessRole.REPRESENTATIVE
    }
    if not mine:
        return Organisation.objects.none()
    full = [kind.code for kind in statute_in_force().parameters.membership_types if kind.vote == "full"]
    members = Membership.objects.filter(organisation__in=mine, state__in=LISTED, type_id__in=full)
    return Organisation.objects.filter(pk__in=members.values("organisation_id"))


def may_object(user: Anyone, row: Announced) -> QuerySet[Organisation]:
    """The members for which this person may still lodge an objection to a request."""
    return voting_organisations(user, representative=True).exclude(pk__in=row.objected)


def can_read_announced(user: Anyone) -> bool:
    """Members with a full vote; those at the desks who handle requests anyway."""
    who = standing(user)
    return who.office or who.superuser or who.director or voting_organisations(user).exists()


def in_window() -> QuerySet[AdhesionRequest]:
    """Requests to which members may object today, the window that closes first on top."""
    today = timezone.localdate()
    return AdhesionRequest.objects.filter(state=AdhesionState.OBJECTION, objections_until__gte=today).order_by(
        "objections_until", "id"
    )


def announced(user: Anyone, key: UUID | None = None) -> list[Announced]:
    """What stands in its window today, or the one request of this key when it does."""
    mine = list(standing(user).representations)
    shown = Q(visibility__in=SHOWN, direction=Direction.OFFERED)
    found = in_window().filter(**({"key": key} if key else {})).select_related("organisation")
    rows = found.prefetch_related(
        Prefetch("organisation__capabilities", Capability.objects.filter(shown).select_related("tag"), "shown_offers"),
        Prefetch("objections", Objection.objects.filter(organisation__in=mine), "of_mine"),
    )
    return [_announced(row) for row in rows]


def _announced(row: AdhesionRequest) -> Announced:
    of_mine: Collection[Objection] = row.of_mine  # type: ignore[attr-defined]  # prefetched above
    return Announced(
        row,
        row.organisation,
        row.organisation.shown_offers,  # type: ignore[attr-defined]  # prefetched above
        frozenset(objection.organisation_id for objection in of_mine),
    )
