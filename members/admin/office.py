"""The office's buttons on a file: return it with what is missing, declare it complete, record an appeal's decision."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import board, office
from members.admin.pages import address, done, of_a_file, only, page, person, status_of, told
from members.forms.desk import AppealForm, ReturnForm, Wanted
from members.models import AdhesionRequest
from members.permissions import can_handle_file
from members.queries.files import File, read_file
from members.rules.completeness import STEPS
from members.rules.deadlines import decision_due_on, grace_ends_on, objection_ends_on, round_may_open_on
from members.rules.errors import RuleError
from members.rules.lifecycle import State, check
from members.wording import sentence


@of_a_file
def return_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Send the file back with the list of what is missing."""
    only(can_handle_file(request.user))
    if request.method != "POST":
        refusal = _not_now(adhesion, State.RETURNED, "return")
        if refusal:
            return _confirm(request, adhesion, "return", ReturnForm([]), refusal, 409)
    today = timezone.localdate()
    file = read_file(adhesion, today)
    form = ReturnForm(wanted_of(file), request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        try:
            office.return_request(adhesion.pk, by=person(request), items=form.items(), note=form.cleaned_data["note"])
        except RuleError as error:
            refusal, status = told(error, adhesion), status_of(error)
        else:
            words = _("Returned. The applicant was written to, with the list and the last day.")
            return done(request, words, address(adhesion))
    elif form.is_bound:
        status = 422
    return _confirm(request, adhesion, "return", form, refusal, status, until=grace_ends_on(today, file.rules))


def wanted_of(file: File) -> list[Wanted]:
    """Every document that the file should hold and every part of the form, those that lack something already ticked."""
    wanted: list[Wanted] = []
    for row in file.documents:
        if row.kind.code in {one.code for one in wanted}:
            continue
        note = sentence(row.lack, names={row.kind.code: row.kind.name}) if row.lack else ""
        wanted.append(Wanted(f"doc-{row.kind.code}", row.kind.name, row.kind.code, row.lack is not None, note))
    labels = {
        "organisation": _("Organisation"),
        "representative": _("Representative"),
        "role": _("Role, side and contribution"),
        "evidence": _("Capabilities and evidence"),
        "declarations": _("Declarations"),
    }
    for step in STEPS:
        if step in labels:
            lacks = file.completeness.of(step)
            note = " ".join(sentence(one) for one in lacks)[:500]
            wanted.append(Wanted(f"part-{step}", labels[step], "", bool(lacks), note))
    return wanted


@of_a_file
def complete_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Declare the file complete, having read what follows from it."""
    only(can_handle_file(request.user))
    today = timezone.localdate()
    file = read_file(adhesion, today)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            office.declare_complete(adhesion.pk, by=person(request))
        except RuleError as error:
            refusal, status = told(error, adhesion), status_of(error)
        else:
            words = _("Declared complete. The applicant was written to.")
            return done(request, words, address(adhesion))
    else:
        refusal = _not_now(adhesion, State.COMPLETE, "declare_complete")
        status = 409 if refusal else 200
    values = {
        "file": file,
        "lacking": [sentence(one) for one in file.completeness.missing],
        "objections_until": objection_ends_on(today, file.rules),
        "round_from": round_may_open_on(today, file.rules),
        "decision_due": decision_due_on(today, file.rules),
    }
    return _confirm(request, adhesion, "complete", None, refusal, status, **values)


@of_a_file
def appeal_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Record what the assembly decided on an appeal; it makes a resolution and cannot be undone."""
    only(can_handle_file(request.user))
    form = AppealForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if not form.is_bound and adhesion.state != State.APPEALED:
        refusal, status = told(RuleError("not_appealed"), adhesion), 409
    if form.is_bound and form.is_valid():
        try:
            resolution = board.decide_appeal(adhesion.pk, by=person(request), **form.cleaned_data)
        except RuleError as error:
            refusal, status = told(error, adhesion), status_of(error)
        else:
            words = _("Recorded as resolution %(number)s of the assembly.") % {"number": resolution}
            return done(request, words, address(adhesion))
    elif form.is_bound:
        status = 422
    return _confirm(request, adhesion, "appeal", form, refusal, status)


def _not_now(adhesion: AdhesionRequest, target: State, verb: str) -> str:
    """Why the file cannot take this step from its present state; empty when it can."""
    try:
        check(adhesion.state, target, verb, "office")
    except RuleError as error:
        return told(error, adhesion)
    return ""


def _confirm(
    request: HttpRequest,
    adhesion: AdhesionRequest,
    name: str,
    form: object,
    refusal: str,
    status: int,
    **values: object,
) -> HttpResponse:
    shared = {
        "title": adhesion.number,
        "adhesion": adhesion,
        "form": form,
        "refusal": refusal,
        "back": address(adhesion),
    }
    return page(request, name, {**shared, **values}, status)
