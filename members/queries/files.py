"""A submitted file on one page: facts, documents with their checks, people, capabilities, history, background."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from cluster_portal.common.models import AuditEvent, User
from members.models import (
    AdhesionDocument,
    AdhesionRequest,
    AdhesionTransition,
    Capability,
    DeclarationTick,
    Directorship,
    DocumentType,
    Membership,
    Objection,
    Organisation,
    Person,
)
from members.queries.adhesion import as_submitted, current_documents, file_completeness, file_facts, possible_duplicates
from members.queries.interests import Hint, suggested_interests
from members.queries.statute import statute_of
from members.rules.completeness import Completeness, FileFacts, Missing, document_is_asked
from members.rules.deadlines import days_left
from members.rules.statute import RequiredDocument, StatuteRules

SOON = 14
"""Days before the end of a document's validity in which the page says so."""


@dataclass(frozen=True)
class DocumentRow:
    """One document that the statute asks for, or one more that was given.

    `lack`: what is wrong with it; `left`: days until it is too old, when that is near.
    """

    kind: DocumentType
    document: AdhesionDocument | None
    required: bool
    lack: Missing | None
    left: int | None
    article: str


@dataclass(frozen=True)
class File:
    """Everything about one request that the desk reads before it acts."""

    request: AdhesionRequest
    organisation: Organisation
    rules: StatuteRules
    completeness: Completeness
    documents: list[DocumentRow]
    replaced: int
    declarations: list[DeclarationTick]
    people: list[Person]
    accounts: list[User]
    offered: list[Capability]
    sought: list[Capability]
    sponsors: list[Organisation]
    objections: list[Objection]
    changed: list[str]

    @property
    def given(self) -> int:
        return sum(1 for row in self.documents if row.required and row.document and not row.lack)

    @property
    def asked(self) -> int:
        return sum(1 for row in self.documents if row.required)


def read_file(request: AdhesionRequest, today: date) -> File:
    """The file as it stands; about fifteen queries, however much is in it."""
    organisation = request.organisation
    rules = statute_of(request).parameters
    found = file_completeness(request, today)
    capabilities = list(organisation.capabilities.select_related("tag").order_by("tag__position", "id"))
    return File(
        request=request,
        organisation=organisation,
        rules=rules,
        completeness=found,
        documents=_documents(request, rules, found, file_facts(request, rules), today),
        replaced=request.documents.filter(replaced_at__isnull=False).count(),
        declarations=list(request.declarations.select_related("declaration", "by")),
        people=list(organisation.people.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))),
        accounts=list(
            User.objects.filter(
                representations__organisation=organisation, representations__ended_at__isnull=True
            ).order_by("email")
        ),
        offered=[one for one in capabilities if one.direction == "offered"],
        sought=[one for one in capabilities if one.direction == "sought"],
        sponsors=list(request.sponsors.all()),
        objections=list(request.objections.select_related("organisation", "by")),
        changed=_changed(request),
    )


def _changed(request: AdhesionRequest) -> list[str]:
    """Fields of the organisation that differ from what was last submitted: the Board decides on what was submitted."""
    then: dict[str, Any] = request.submitted_file.get("organisation", {})
    now: dict[str, Any] = as_submitted(request)["organisation"]
    names = {field.attname: field.verbose_name for field in Organisation._meta.concrete_fields}
    return [str(names[name]) for name in now if name in then and then[name] != now[name] and name in names]


def _documents(
    request: AdhesionRequest, rules: StatuteRules, found: Completeness, facts: FileFacts, today: date
) -> list[DocumentRow]:
    kinds = {kind.code: kind for kind in DocumentType.objects.all()}
    given: dict[str, list[AdhesionDocument]] = {}
    for document in current_documents(request):
        given.setdefault(document.kind_id, []).append(document)
    lacks = {one.field: one for one in found.of("documents")}
    rows: list[DocumentRow] = []
    for asked in rules.required_documents:
        kind = kinds.get(asked.code)
        if kind is None or not document_is_asked(asked, facts):
            continue
        required = not asked.optional
        article = rules.article(f"required_documents.{asked.code}")
        mine = given.pop(asked.code, [])
        if not mine and required:
            rows.append(DocumentRow(kind, None, required, lacks.get(asked.code), None, article))
        for document in mine:
            left = _left(document, asked, today)
            rows.append(DocumentRow(kind, document, required, lacks.get(asked.code), left, article))
    for documents in given.values():
        rows += [DocumentRow(one.kind, one, False, None, _left(one, None, today), "") for one in documents]
    return rows


def _left(document: AdhesionDocument, asked: RequiredDocument | None, today: date) -> int | None:
    """Days until the document is no longer good, when that is within SOON or already past."""
    ends = [document.expires_on] if document.expires_on else []
    if asked and asked.max_age_days and document.issued_on:
        ends.append(document.issued_on + timedelta(days=asked.max_age_days))
    left = days_left(min(ends), today) if ends else None
    return left if left is not None and left <= SOON else None


@dataclass(frozen=True)
class Happening:
    """One line of a file's history: a step of the request, or a line of the trail about its rounds."""

    at: datetime
    step: AdhesionTransition | None = None
    event: AuditEvent | None = None


_ROUND_VERBS = (
    "round_opened",
    "interest_declared",
    "presence_recorded",
    "round_closed",
    "round_abandoned",
    "resolution",
)


def history_of(request: AdhesionRequest) -> list[Happening]:
    """Steps of the request and what happened in its rounds, newest first; never who voted or how."""
    steps = [Happening(step.at, step=step) for step in request.transitions.select_related("by")]
    rounds = [str(pk) for pk in request.rounds.values_list("pk", flat=True)]
    resolutions = [str(pk) for pk in request.resolutions.values_list("pk", flat=True)]
    lines = AuditEvent.objects.filter(
        Q(target_type="members.round", target_id__in=rounds)
        | Q(target_type="members.resolution", target_id__in=resolutions),
        verb__in=_ROUND_VERBS,
    )
    events = [Happening(event.at, event=event) for event in lines]
    return sorted(steps + events, key=lambda one: one.at, reverse=True)


@dataclass(frozen=True)
class Background:
    """What the portal knows beside the file: earlier requests and memberships, organisations that may be the same."""

    requests: list[AdhesionRequest]
    memberships: list[Membership]
    duplicates: list[tuple[Organisation, str]]
    interests: list[tuple[User, tuple[Hint, ...]]]


def background_of(request: AdhesionRequest, today: date) -> Background:
    """Earlier requests, memberships, possible duplicates, and ties of the directors in office."""
    organisation = request.organisation
    directors = [one.user for one in Directorship.objects.in_office(today).select_related("user").order_by("id")]
    hints = suggested_interests(request, directors)
    return Background(
        requests=list(organisation.requests.submitted_once().exclude(pk=request.pk).order_by("-id")),
        memberships=list(
            organisation.memberships.select_related("type").prefetch_related("events").order_by("-admitted_on", "-id")
        ),
        duplicates=possible_duplicates(organisation),
        interests=[(user, hints[user.pk]) for user in directors if user.pk in hints],
    )
