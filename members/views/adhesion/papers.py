"""A request on paper: the form to print and sign, the decision, and the summary that both and the review share."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.enums import DecidingBody, Outcome, PersonRole
from members.models import AdhesionRequest, Resolution
from members.queries.adhesion import current_documents
from members.queries.contributions import contributions
from members.queries.drafts import declarations_asked, person_of
from members.queries.statute import statute_of
from members.rules.deadlines import appeal_ends_on, local_day
from members.views.adhesion.access import file_to_read, under_a_statute


def summary(adhesion: AdhesionRequest) -> dict[str, Any]:
    """The file as its reader checks it before it is sent or signed."""
    organisation = adhesion.organisation
    return {
        "organisation": organisation,
        "identity": _identity(adhesion),
        "seat": ", ".join(
            str(part) for part in (organisation.street, organisation.place, organisation.postcode) if part
        ),
        "legal": person_of(organisation, PersonRole.LEGAL),
        "delegate": person_of(organisation, PersonRole.DELEGATED),
        "role": _role(adhesion),
        "offers": list(contributions(organisation).select_related("tag").order_by("tag__position")),
        "documents": list(current_documents(adhesion)),
        "declarations": declarations_asked(adhesion),
        "ticks": {one.declaration_id: one for one in adhesion.declarations.all()},
        "sponsors": list(adhesion.sponsors.all()),
    }


def _identity(adhesion: AdhesionRequest) -> list[tuple[Any, Any]]:
    row = adhesion.organisation
    return [
        (_("Legal name"), row.legal_name),
        (_("Short name"), row.short_name),
        (_("Legal form"), row.legal_form),
        (_("Country"), row.country.name),
        (_("Tax number"), row.tax_id),
        (_("Trade register number"), row.trade_register),
        ("EUID", row.euid),
        ("LEI", row.lei),
        ("NCAGE", row.ncage),
        (_("Founded on"), row.founded_on),
        (_("Website"), row.website),
        (_("E-mail"), row.email),
        (_("Telephone"), row.phone),
        (_("Employees"), row.employees),
        (_("Ownership"), row.get_ownership_display()),
    ]


def _role(adhesion: AdhesionRequest) -> list[tuple[Any, Any]]:
    row = adhesion.organisation
    return [
        (_("Helix role"), row.get_helix_role_display()),
        (_("Sub-type"), row.helix_subtype),
        (_("Side"), row.get_side_display()),
        (_("Place in the supply chain"), row.get_tier_display()),
        (_("Sectors"), ", ".join(one.name for one in row.sectors.all())),
        (_("Membership"), adhesion.membership_type),
    ]


@never_cache
@require_safe
@under_a_statute
def form_to_sign(request: HttpRequest, key: UUID) -> HttpResponse:
    """The adhesion request as a paper: printed, signed and uploaded among the documents."""
    adhesion = file_to_read(request, key)
    values = {"adhesion": adhesion, "statute": statute_of(adhesion), **summary(adhesion)}
    return render(request, "members/adhesion/form_to_sign.html", values)


@never_cache
@require_safe
def decision(request: HttpRequest, key: UUID) -> HttpResponse:
    """The certificate of the decision: the last resolution on this request, with what it rests on."""
    adhesion = file_to_read(request, key)
    resolution = adhesion.resolutions.select_related("statute", "round").order_by("-id").first()
    if resolution is None:
        raise Http404
    rules = resolution.statute.parameters
    last_word = resolution.body == DecidingBody.ASSEMBLY
    until = None if last_word else appeal_ends_on(local_day(resolution.decided_at), rules)
    values = {
        "adhesion": adhesion,
        "organisation": adhesion.organisation,
        "resolution": resolution,
        "approved": resolution.outcome == Outcome.APPROVED,
        "by_assembly": last_word,
        "figures": _figures(resolution),
        "articles": resolution.statute.articles.filter(number__in=resolution.articles),
        "membership": adhesion.organisation.memberships.filter(resolution=resolution).select_related("type").first(),
        "appeal_until": until if resolution.outcome == Outcome.REJECTED else None,
        "appeal_article": rules.article("appeal"),
        "organ": rules.appeal.organ,
    }
    return render(request, "members/adhesion/decision.html", values)


def _figures(resolution: Resolution) -> list[tuple[Any, Any]]:
    """What the decision rests on: who took part; how they voted as well where the statute shows it."""
    given: dict[str, Any] = resolution.figures
    if not given:
        return []
    shown = [
        (_("Directors in office"), given["in_office"]),
        (_("Stepped aside"), given["recused"]),
        (_("Took part"), given["present"]),
        (_("Quorum"), given["quorum"]),
    ]
    if resolution.statute.parameters.tally_during_round == "counts":
        shown += [(_("For"), given["for"]), (_("Against"), given["against"]), (_("Abstained"), given["abstain"])]
    return shown
