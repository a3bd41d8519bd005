"""Reads for the applicant's steps: what is saved in each, what it lacks and where, which article speaks beside it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from members.enums import PersonRole
from members.models import (
    AdhesionDocument,
    AdhesionRequest,
    AdhesionTransition,
    Article,
    Declaration,
    DocumentType,
    Organisation,
    Person,
)
from members.queries.adhesion import current_documents, file_completeness, file_facts
from members.queries.contributions import contributions
from members.queries.statute import statute_of
from members.rules.completeness import Completeness, Missing, declaration_is_asked, document_is_asked
from members.rules.statute import RequiredDocument

STEPS = ("organisation", "representative", "role", "evidence", "documents", "declarations", "review")

IDENTITY = (
    "legal_name", "short_name", "legal_form", "country", "tax_id", "trade_register", "euid", "lei", "ncage",
    "founded_on", "street", "locality", "county", "postcode", "website", "email", "phone", "employees", "ownership",
)  # fmt: skip
PERSON = ("full_name", "position", "email", "phone", "language")
DELEGATE = "delegate_"
"""How the names of the fields begin that speak of the delegated representative."""

_MOVED = {
    ("organisation", "cui"): ("organisation", "tax_id"),
    ("organisation", "vat"): ("organisation", "tax_id"),
    ("representative", "representative"): ("representative", "full_name"),
    ("representative", "representative_email"): ("representative", "email"),
    ("role", "contribution"): ("evidence", "contribution"),
    ("evidence", "capabilities"): ("evidence", "cells"),
    ("evidence", "field_functions"): ("evidence", "cells"),
}
"""Where the rules see a thing -> the step and the field where the applicant fills it in, when they differ."""

_ARTICLES = {
    "organisation": "eligibility",
    "representative": "required_documents.mandate",
    "role": "membership_types",
    "evidence": "eligibility.field_evidence_required",
    "documents": "required_documents",
    "declarations": "declarations",
    "review": "adhesion",
}


@dataclass(frozen=True)
class Lack:
    """One thing to put right: the step and the control where that is done, and what the rules say."""

    step: str
    field: str
    missing: Missing


@dataclass(frozen=True)
class StepState:
    """A step of the bar: `state` is done, wrong or empty."""

    name: str
    state: str


@dataclass(frozen=True)
class Draft:
    """A request as its applicant works on it."""

    request: AdhesionRequest
    completeness: Completeness
    lacks: tuple[Lack, ...]

    def of(self, step: str) -> list[Lack]:
        return [one for one in self.lacks if one.step == step]

    @property
    def steps(self) -> list[StepState]:
        return [StepState(name, self._state(name)) for name in STEPS]

    @property
    def next_step(self) -> str:
        """The first step that lacks something; the review when none does."""
        return next((name for name in STEPS[:-1] if self.of(name)), STEPS[-1])

    def _state(self, name: str) -> str:
        if name == STEPS[-1]:
            return ""
        if not self.of(name):
            return "done" if name in self.request.steps_done or self.request.number else ""
        return "wrong" if name in self.request.steps_done or self.request.number else ""


def draft_of(request: AdhesionRequest, on: date | None = None) -> Draft:
    """The request with everything it lacks, in the order of the steps."""
    found = file_completeness(request, on)
    places = [(_MOVED.get((one.step, one.field), (one.step, one.field)), one) for one in found.missing]
    lacks = [Lack(step, field, one) for (step, field), one in places]
    return Draft(request, found, tuple(sorted(lacks, key=lambda one: STEPS.index(one.step))))


def article_beside(request: AdhesionRequest, step: str) -> Article | None:
    """The article that governs a step, in the statute that judges the request."""
    statute = statute_of(request)
    return statute.articles.filter(number=statute.parameters.article(_ARTICLES[step])).first()


# --- What is saved ----------------------------------------------------------------------------------------------------
def saved_values(request: AdhesionRequest, step: str) -> dict[str, Any]:
    """The fields of a step as they are stored, under the names of its form."""
    return _READERS[step](request)


def fingerprints(values: Mapping[str, object]) -> dict[str, str]:
    """A short mark of every value: the form carries these, to see later what changed since it was opened."""
    return {name: hashlib.sha256(_text(value).encode()).hexdigest()[:16] for name, value in values.items()}


def _text(value: object) -> str:
    """One spelling for a value, whether it comes from a form or from a row."""
    if isinstance(value, list | tuple | set):
        return json.dumps(sorted(str(one) for one in value))
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value).replace("\r\n", "\n")


def _organisation(request: AdhesionRequest) -> dict[str, Any]:
    row = request.organisation
    values = {name: getattr(row, name) for name in IDENTITY if name != "legal_form"}
    return {**values, "country": str(row.country), "legal_form": row.legal_form_id or ""}


def person_of(organisation: Organisation, role: PersonRole) -> Person | None:
    """Who has this function now; the one named last."""
    return organisation.people.filter(role=role, ends_on__isnull=True).order_by("id").last()


def _representative(request: AdhesionRequest) -> dict[str, Any]:
    legal = person_of(request.organisation, PersonRole.LEGAL)
    delegate = person_of(request.organisation, PersonRole.DELEGATED)
    nobody = {**dict.fromkeys(PERSON, ""), "language": "ro"}
    return {
        **{name: getattr(legal, name, nobody[name]) for name in PERSON},
        **{DELEGATE + name: getattr(delegate, name, nobody[name]) for name in PERSON},
    }


def _role(request: AdhesionRequest) -> dict[str, Any]:
    row = request.organisation
    return {
        "helix_role": row.helix_role,
        "helix_subtype": row.helix_subtype.code if row.helix_subtype else "",
        "side": row.side,
        "tier": row.tier,
        "sectors": sorted(row.sectors.values_list("code", flat=True)),
        "membership_type": request.membership_type_id or "",
        "sponsors": sorted(request.sponsors.values_list("pk", flat=True)),
    }


def _evidence(request: AdhesionRequest) -> dict[str, Any]:
    offered = list(contributions(request.organisation).select_related("tag"))
    return {
        "contribution": request.contribution,
        "motive": request.motive,
        "cells": sorted(one.tag.code for one in offered),
        "trl": _common([one.trl for one in offered]),
        "evidence": _common([one.evidence for one in offered]) or "",
    }


def _common(values: Sequence[Any]) -> Any:
    """The value that all have, or nothing."""
    return values[0] if values and all(value == values[0] for value in values) else None


def _declarations(request: AdhesionRequest) -> dict[str, Any]:
    ticked = set(request.declarations.values_list("declaration_id", flat=True))
    return {one.code: one.pk in ticked for one in declarations_asked(request)}


_READERS = {
    "organisation": _organisation,
    "representative": _representative,
    "role": _role,
    "evidence": _evidence,
    "declarations": _declarations,
}


# --- Documents and declarations ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DocumentSlot:
    """One kind of document of this file: what the statute asks, what was given, what is wrong with it."""

    kind: DocumentType
    asked: RequiredDocument
    documents: list[AdhesionDocument]
    lack: Missing | None
    wanted: str | None
    """What the office wrote when it returned the file for this document, until a newer one is there."""

    @property
    def several(self) -> bool:
        """Optional kinds may hold several files; of the others a new one replaces the old one."""
        return self.asked.optional


def document_slots(draft: Draft) -> list[DocumentSlot]:
    """The documents that concern this applicant, in the order of the statute."""
    request = draft.request
    rules = statute_of(request).parameters
    facts = file_facts(request, rules)
    kinds = DocumentType.objects.in_bulk()
    given: dict[str, list[AdhesionDocument]] = {}
    for document in current_documents(request):
        given.setdefault(document.kind_id, []).append(document)
    lacks = {one.field: one.missing for one in draft.of("documents")}
    wanted = _wanted(request, given)
    return [
        DocumentSlot(kinds[asked.code], asked, given.get(asked.code, []), lacks.get(asked.code), wanted.get(asked.code))
        for asked in rules.required_documents
        if asked.code in kinds and document_is_asked(asked, facts)
    ]


def _wanted(request: AdhesionRequest, given: Mapping[str, list[AdhesionDocument]]) -> dict[str, str]:
    """Code -> note of the office, for what was not uploaded anew since the file was returned."""
    if not request.returned_for:
        return {}
    returned = request.transitions.filter(verb="return").order_by("-id").first()
    since = returned.at if returned else None
    fresh = {code for code, rows in given.items() if since and any(row.uploaded_at > since for row in rows)}
    return {one["code"]: one["note"] for one in request.returned_for if one["code"] and one["code"] not in fresh}


def declarations_asked(request: AdhesionRequest) -> list[Declaration]:
    """The declarations that this applicant makes, in the versions that the statute names."""
    rules = statute_of(request).parameters
    facts = file_facts(request, rules)
    wanted = {(one.code, one.version): place for place, one in enumerate(rules.declarations)
              if declaration_is_asked(one, facts)}  # fmt: skip
    found = Declaration.objects.filter(code__in=[code for code, _version in wanted])
    rows = [one for one in found if (one.code, one.version) in wanted]
    return sorted(rows, key=lambda one: wanted[one.code, one.version])


def bytes_kept(organisation: Organisation) -> int:
    """How much room the documents of an organisation take, the replaced ones included."""
    found = AdhesionDocument.objects.filter(request__organisation=organisation).aggregate(total=Sum("size"))
    return int(found["total"] or 0)


# --- Sponsors ---------------------------------------------------------------------------------------------------------
def sponsor_called(words: str, types: Sequence[str]) -> list[Organisation]:
    """Members in good standing, of a type that the statute admits, by their name or short name."""
    name = " ".join(words.split())
    members = Organisation.objects.filter(memberships__state="active")
    if types:
        members = members.filter(memberships__type_id__in=types)
    return list(members.filter(Q(legal_name__iexact=name) | Q(short_name__iexact=name)).distinct()[:2])


def steps_taken(request: AdhesionRequest) -> list[AdhesionTransition]:
    """What happened to a request, newest first."""
    return list(request.transitions.order_by("-id"))
