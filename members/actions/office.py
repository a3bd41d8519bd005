"""What the cluster office does with a submitted file: return it with what is missing, or declare it complete."""

from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from cluster_portal.common.models import User
from members import emails
from members.actions.steps import locked, move
from members.models import AdhesionRequest, DocumentType
from members.permissions import can_handle_file
from members.queries.statute import statute_of
from members.rules.deadlines import decision_due_on, grace_ends_on, objection_ends_on
from members.rules.errors import RuleError
from members.rules.lifecycle import Actor, State


class ReturnItem(TypedDict):
    """One thing that is missing: code of a document type, or "" for anything else, and a note to the applicant."""

    code: str
    note: str


@transaction.atomic
def return_request(pk: int, *, by: User, items: list[ReturnItem], note: str = "") -> AdhesionRequest:
    """Send a file back with the list of what is missing; it lapses when it is not completed within the grace days."""
    request = locked(pk)
    if not can_handle_file(by):
        raise RuleError("office_only")
    wanted: list[ReturnItem] = [
        {"code": item["code"], "note": item["note"].strip()} for item in items if item["code"] or item["note"].strip()
    ]
    if not wanted:
        raise RuleError("return_needs_items")
    if request.state == State.RETURNED and request.returned_for == wanted:
        return request  # a second click
    rules = statute_of(request).parameters
    request.completion_due_on = grace_ends_on(timezone.localdate(), rules)
    request.returned_for = list(wanted)
    step = move(
        request,
        State.RETURNED,
        "return",
        Actor.OFFICE,
        by=by,
        article=rules.article("completion_grace_days"),
        note=note.strip(),
        items=wanted,
    )
    names = DocumentType.objects.in_bulk([item["code"] for item in wanted if item["code"]])
    told = [
        {
            "name_ro": names[item["code"]].name_ro if item["code"] in names else "",
            "name_en": names[item["code"]].name_en if item["code"] in names else "",
            "note": item["note"],
        }
        for item in wanted
    ]
    emails.adhesion_returned(request, step.pk, told, note.strip())
    return request


@transaction.atomic
def declare_complete(pk: int, *, by: User) -> AdhesionRequest:
    """Declare a file complete: the time of the Board begins, after the window for objections where there is one."""
    request = locked(pk)
    if not can_handle_file(by):
        raise RuleError("office_only")
    if request.state in {State.COMPLETE, State.OBJECTION}:
        return request  # a second click
    rules = statute_of(request).parameters
    today = timezone.localdate()
    request.declared_complete_at = timezone.now()
    request.declared_complete_by = by
    request.decision_due_on = decision_due_on(today, rules)
    step = move(request, State.COMPLETE, "declare_complete", Actor.OFFICE, by=by, article=rules.article("adhesion"))
    until = objection_ends_on(today, rules)
    if until is not None:
        request.objections_until = until
        move(
            request,
            State.OBJECTION,
            "open_objections",
            Actor.SYSTEM,
            by=None,
            article=rules.article("objection_window_days"),
            until=until.isoformat(),
        )
    emails.adhesion_complete(request, step.pk)
    return request


@transaction.atomic
def lapse(pk: int) -> bool:
    """End a returned file whose grace has run out; False when it has been completed meanwhile. Run by the timetable."""
    request = locked(pk)
    due = request.completion_due_on
    if request.state != State.RETURNED or due is None or timezone.localdate() <= due:
        return False
    article = statute_of(request).parameters.article("completion_grace_days")
    step = move(request, State.LAPSED, "lapse", Actor.SYSTEM, by=None, article=article)
    emails.adhesion_lapsed(request, step.pk)
    return True


@transaction.atomic
def end_objections(pk: int) -> bool:
    """Hand a file to the Board once its window for objections has closed. Run by the timetable."""
    request = locked(pk)
    until = request.objections_until
    if request.state != State.OBJECTION or until is None or timezone.localdate() <= until:
        return False
    article = statute_of(request).parameters.article("objection_window_days")
    count = request.objections.count()
    move(request, State.DELIBERATION, "end_objections", Actor.SYSTEM, by=None, article=article, objections=count)
    return True
