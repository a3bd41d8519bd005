"""Reads of adhesion requests: the facts of a file, what it lacks, who should hear of it."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.common.roles import OFFICE
from members.enums import AccessRole, PersonRole
from members.models import (
    AdhesionDocument,
    AdhesionRequest,
    Membership,
    Organisation,
    Person,
    Representation,
)
from members.models.adhesion import AdhesionQuerySet
from members.models.organisation import DRAFT_SLUG
from members.permissions import Anyone, standing
from members.queries.statute import statute_of
from members.rules.completeness import (
    Completeness,
    DocumentFact,
    FileFacts,
    completeness,
)
from members.rules.statute import StatuteRules
from members.rules.text import fold_name, web_domain


def current_documents(request: AdhesionRequest) -> QuerySet[AdhesionDocument]:
    """The documents that count: not replaced by newer ones."""
    return request.documents.filter(replaced_at__isnull=True).select_related("kind")


def representative_of(organisation: Organisation) -> Person | None:
    """The legal representative as the file names them."""
    return organisation.people.filter(role=PersonRole.LEGAL, ends_on__isnull=True).order_by("id").last()


def file_facts(request: AdhesionRequest, rules: StatuteRules) -> FileFacts:
    """The file as plain values, for the rules."""
    organisation = request.organisation
    offered = list(
        organisation.capabilities.filter(direction="offered").values_list("tag__row", "tag__column", "evidence")
    )
    documents = tuple(
        DocumentFact(item.kind_id, item.issued_on, item.expires_on) for item in current_documents(request)
    )
    person = representative_of(organisation)
    romanian = organisation.country == "RO"
    return FileFacts(
        legal_person=organisation.legal_form.legal_person if organisation.legal_form else True,
        country=str(organisation.country),
        legal_form=organisation.legal_form_id or "",
        legal_name=organisation.legal_name,
        cui=organisation.tax_id if romanian else "",
        vat="" if romanian else organisation.tax_id,
        trade_register=organisation.trade_register,
        euid=organisation.euid,
        lei=organisation.lei,
        street=organisation.street,
        locality=organisation.locality,
        county=organisation.county,
        postcode=organisation.postcode,
        helix_role=organisation.helix_role,
        side=organisation.side,
        membership_type=request.membership_type_id or "",
        contribution=request.contribution,
        sponsors=_sponsors(request, rules),
        capabilities=len(offered),
        field_functions=sum(1 for row, column, _evidence in offered if row and column),
        evidence=sum(1 for *_cell, evidence in offered if evidence)
        + sum(1 for document in documents if document.code == "contribution"),
        representative=person.full_name if person else "",
        representative_email=person.email if person else "",
        documents=documents,
        declarations=tuple(request.declarations.values_list("declaration__code", "declaration__version")),
    )


def _sponsors(request: AdhesionRequest, rules: StatuteRules) -> int:
    """Sponsors that count: members in good standing, of a type that the statute admits."""
    wanted = Q(organisation__in=request.sponsors.all(), state="active")
    if rules.eligibility.sponsor_types:
        wanted &= Q(type_id__in=rules.eligibility.sponsor_types)
    return Membership.objects.filter(wanted).count()


def file_completeness(request: AdhesionRequest, on: date | None = None) -> Completeness:
    """What the file lacks under the statute that judges it."""
    rules = statute_of(request).parameters
    return completeness(file_facts(request, rules), rules, on or timezone.localdate())


def as_submitted(request: AdhesionRequest) -> dict[str, Any]:
    """The file as plain JSON, kept with the request so that the Board decides on what was submitted."""
    organisation = request.organisation
    return {
        "organisation": {
            name: str(getattr(organisation, name) or "")
            for name in (
                "legal_name", "short_name", "legal_form_id", "country", "tax_id", "trade_register", "euid", "lei",
                "ncage", "founded_on", "street", "locality", "county", "postcode", "website", "email", "phone",
                "helix_role", "side", "tier", "employees", "size_class", "ownership",
            )
        },
        "people": list(organisation.people.values("role", "full_name", "position", "email", "phone", "language")),
        "capabilities": list(organisation.capabilities.values("direction", "tag__code", "side", "trl", "evidence")),
        "contribution": request.contribution,
        "motive": request.motive,
        "membership_type": request.membership_type_id,
        "documents": list(current_documents(request).values("kind_id", "original_name", "sha256", "size")),
        "declarations": list(request.declarations.values("declaration__code", "declaration__version", "language")),
    }  # fmt: skip


def registration_key(organisation: Organisation) -> str:
    """Country and tax number: what makes two accounts one organisation. Empty when there is no number."""
    return f"{organisation.country}:{organisation.tax_id}" if organisation.tax_id else ""


def requests_of(user: Anyone) -> AdhesionQuerySet:
    """The requests that a person made or represents, newest first."""
    if not user.is_authenticated:
        return AdhesionRequest.objects.none()
    roles = standing(user).representations
    represented = [pk for pk, role in roles.items() if role == AccessRole.REPRESENTATIVE]
    return (
        AdhesionRequest.objects.filter(Q(applicant=user) | Q(organisation__in=represented))
        .select_related("organisation", "statute")
        .order_by("-id")
    )


def hears_of(request: AdhesionRequest) -> list[User]:
    """Who is written to about a request: its applicant and the representatives of the organisation."""
    people = Representation.objects.current().filter(organisation=request.organisation_id, role="representative")
    return list(
        User.objects.filter(Q(pk=request.applicant_id) | Q(pk__in=people.values("user_id")), is_active=True).order_by(
            "pk"
        )
    )


def representatives(organisation: int) -> list[User]:
    """Who is written to about a member: its representatives."""
    people = Representation.objects.current().filter(organisation=organisation, role="representative")
    return list(User.objects.filter(pk__in=people.values("user_id"), is_active=True).order_by("pk"))


def office_people() -> list[User]:
    """Who works at the cluster office."""
    return list(User.objects.filter(groups__name=OFFICE, is_active=True).order_by("pk"))


def possible_duplicates(organisation: Organisation) -> list[tuple[Organisation, str]]:
    """Other organisations that may be the same one, each with why: "tax_id", "domain" or "name"."""
    others = Organisation.objects.exclude(pk=organisation.pk).exclude(slug__startswith=DRAFT_SLUG)
    found: dict[int, tuple[Organisation, str]] = {}
    if organisation.tax_id:
        for other in others.filter(tax_id=organisation.tax_id):
            found[other.pk] = (other, "tax_id")
    domain = web_domain(organisation.website) if organisation.website else ""
    if domain:
        for other in others.filter(website__icontains=domain):
            if web_domain(other.website) == domain:
                found.setdefault(other.pk, (other, "domain"))
    for other in others.filter(sort_key__trigram_similar=organisation.sort_key)[:20]:
        if fold_name(other.legal_name) == fold_name(organisation.legal_name):
            found.setdefault(other.pk, (other, "name"))
    return list(found.values())
