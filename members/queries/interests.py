"""Interests that suggest themselves: what the portal knows of a director's ties to an applicant; hints, no verdicts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cluster_portal.common.models import User
from members.models import AdhesionRequest, Person, Representation
from members.rules.text import web_domain


@dataclass(frozen=True)
class Hint:
    """One reason to think of an interest. `kind`: applicant, represents, represented, named, domain or sponsor."""

    kind: str
    what: str = ""


def suggested_interests(request: AdhesionRequest, directors: Iterable[User]) -> dict[int, tuple[Hint, ...]]:
    """User id -> hints, for the directors who have any; the number of queries does not grow with the Board."""
    board = {user.pk: user for user in directors}
    found: dict[int, list[Hint]] = defaultdict(list)
    if request.applicant_id in board:
        found[request.applicant_id].append(Hint("applicant"))
    sponsors = {organisation.pk: organisation for organisation in request.sponsors.all()}
    ties = Representation.objects.filter(user__in=board, organisation__in=[request.organisation_id, *sponsors])
    for tie in ties.order_by("id"):
        if tie.organisation_id == request.organisation_id:
            found[tie.user_id].append(Hint("represented" if tie.ended_at else "represents"))
        elif tie.ended_at is None:
            found[tie.user_id].append(Hint("sponsor", sponsors[tie.organisation_id].display_name))
    named = {email.lower() for email in _named(request) if email}
    domain = web_domain(request.organisation.website) if request.organisation.website else ""
    for user in board.values():
        if user.email in named:
            found[user.pk].append(Hint("named", user.email))
        elif domain and _host(user.email) == domain:
            found[user.pk].append(Hint("domain", domain))
    return {pk: tuple(dict.fromkeys(hints)) for pk, hints in found.items()}


def _named(request: AdhesionRequest) -> list[str]:
    return list(Person.objects.filter(organisation=request.organisation_id).values_list("email", flat=True))


def _host(address: str) -> str:
    return web_domain(address.rpartition("@")[2])
