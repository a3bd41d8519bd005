"""The steps of a request that are forms: shown, saved as far as they are right, saved by themselves, compared."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cluster_portal.common.http import see_other
from cluster_portal.common.limits import limited
from cluster_portal.common.unsent import keeps_typed, typed
from members.actions.drafts import DraftOvertaken, save_step
from members.forms.adhesion import OrganisationForm, RepresentativeForm, StepForm
from members.forms.adhesion_file import DeclarationsForm, EvidenceForm, RoleForm
from members.models import AdhesionRequest
from members.queries.contributions import as_grid, as_tree
from members.queries.drafts import STEPS, fingerprints, saved_values
from members.rules.errors import RuleError
from members.views.adhesion.access import file_to_change, is_editable, not_now, person, under_a_statute
from members.views.adhesion.documents import documents_page
from members.views.adhesion.margin import around, everything_missed
from members.views.adhesion.papers import summary
from members.wording import sentence

FORMS: dict[str, type[StepForm]] = {
    "organisation": OrganisationForm,
    "representative": RepresentativeForm,
    "role": RoleForm,
    "evidence": EvidenceForm,
    "declarations": DeclarationsForm,
}
FIELD_OF = {
    "already_in_register": "tax_id",
    "tax_number_known": "tax_id",
    "lei_taken": "lei",
}
"""Where an error that only saving can find is shown."""


@never_cache
@keeps_typed
@limited("adhesion_step", "600/h/user")
@require_http_methods(["GET", "HEAD", "POST"])
@under_a_statute
def step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One step: a form, the documents, or the review."""
    adhesion = file_to_change(request, key)
    if step not in STEPS:
        raise Http404
    if not is_editable(adhesion):
        return not_now(request, adhesion, sentence(RuleError("not_editable")))
    if step == "documents":
        return documents_page(request, adhesion)
    if step == "review":
        return review_page(request, adhesion)
    return saved(request, adhesion, step) if request.method == "POST" else shown(request, adhesion, step)


def shown(request: HttpRequest, adhesion: AdhesionRequest, step: str) -> HttpResponse:
    """The form with what is saved, or with what was typed before the person was signed out."""
    values = saved_values(adhesion, step)
    unsent = typed(request)
    form = FORMS[step](unsent, request=adhesion, initial=_suggested(request, step, values))
    return _page(request, adhesion, form, step, unsent=unsent)


def saved(request: HttpRequest, adhesion: AdhesionRequest, step: str) -> HttpResponse:
    """Keep what is right; what is wrong stays on the page with its reason."""
    form = FORMS[step](request.POST, request=adhesion)
    form.is_valid()
    in_background = request.headers.get("Accept") == "application/json"
    try:
        adhesion = save_step(
            adhesion.pk,
            step,
            by=person(request),
            values=_chosen(request, form.good_values()),
            version=_number(request.POST.get("version")),
            seen=_seen(request),
            visited=not in_background,
        )
    except DraftOvertaken as overtaken:
        if in_background:
            return JsonResponse({"overtaken": True}, status=409)
        return _side_by_side(request, adhesion, form, step, overtaken)
    except RuleError as error:
        if error.code not in FIELD_OF:
            return not_now(request, adhesion, sentence(error))
        form.add_error(FIELD_OF[error.code], sentence(error))
    if in_background:
        return _told(adhesion, form, step)
    if form.errors:
        return _page(request, adhesion, form, step, status=422)
    following = STEPS[STEPS.index(step) + 1] if "stay" not in request.POST else step
    return see_other("members:request-step", adhesion.key, following)


def _told(adhesion: AdhesionRequest, form: StepForm, step: str) -> JsonResponse:
    """The answer to a form that saved itself: what it has to know to do so again."""
    at = timezone.localtime(adhesion.saved_at).strftime("%H.%M")
    words = _("Draft saved at %(time)s") % {"time": at}
    if form.errors:
        words = _("Draft saved at %(time)s, except the fields that are not right yet") % {"time": at}
    marks = fingerprints(saved_values(adhesion, step))
    return JsonResponse({"words": words, "version": adhesion.version, "seen": json.dumps(marks)})


def _page(
    request: HttpRequest, adhesion: AdhesionRequest, form: StepForm, step: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    values = {
        **around(adhesion, step),
        "form": form,
        "version": adhesion.version,
        "seen": json.dumps(fingerprints(saved_values(adhesion, step))),
        **more,
    }
    if unsent := more.get("unsent"):  # compared with what the form showed then, not with what is saved now
        values |= {"version": unsent.get("version", ""), "seen": unsent.get("seen", "")}
    if isinstance(form, EvidenceForm):
        values |= _words(request, form)
    return render(request, f"members/adhesion/steps/{step}.html", values, status=status)


def _words(request: HttpRequest, form: EvidenceForm) -> dict[str, Any]:
    """The words to tick: a matrix when they cross, a tree when they do not."""
    language = getattr(request, "LANGUAGE_CODE", "ro")
    grid, ticked = as_grid(form.words, "ro" if language.startswith("ro") else "en"), form.ticked
    if grid is None:
        counted = [(one, len(one.codes() & ticked)) for one in as_tree(form.words)]
        tree = [{"tag": one.tag, "branches": one.branches, "count": count} for one, count in counted]
        return {"tree": tree, "ticked": ticked}
    rows = [(name, [{"value": tag.code, "checked": tag.code in ticked} for tag in cells]) for name, cells in grid.rows]
    return {"columns": grid.columns, "rows": rows, "ticked": ticked}


def _suggested(request: HttpRequest, step: str, values: dict[str, Any]) -> dict[str, Any]:
    """What an empty form begins with: the person who fills it in is often the one who represents."""
    me = person(request)
    if step == "representative" and not values["full_name"] and not values["email"]:
        return {**values, "full_name": me.full_name, "email": me.email, "language": me.language}
    return values


# --- Two windows ------------------------------------------------------------------------------------------------------
def _seen(request: HttpRequest) -> dict[str, str] | None:
    """The fingerprints that the form carries; nothing of it is believed but that it is text."""
    sent = request.POST.get("seen")
    if sent is None:
        return None
    try:
        marks = json.loads(sent)
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in marks.items()} if isinstance(marks, dict) else {}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _chosen(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """Without the fields of which the person chose to keep what is saved."""
    return {name: value for name, value in values.items() if request.POST.get(f"keep-{name}") != "saved"}


def _side_by_side(
    request: HttpRequest, adhesion: AdhesionRequest, form: StepForm, step: str, overtaken: DraftOvertaken
) -> HttpResponse:
    """Both texts of every field that was changed in two windows, and a choice; nothing has been saved yet."""
    now = fingerprints({name: overtaken.saved[name] for name in overtaken.clashes})
    values = {
        **around(adhesion, step),
        "fields": [
            {
                "name": name,
                "label": form.fields[name].label,
                "typed": form.in_words(name, form.cleaned_data[name]),
                "saved": form.in_words(name, overtaken.saved[name]),
            }
            for name in overtaken.clashes
        ],
        "texts": [
            (name, value)
            for name, texts in request.POST.lists()
            for value in texts
            if name not in {"csrfmiddlewaretoken", "seen", "stay"} and not name.startswith("keep-")
        ],
        "seen": json.dumps({**(_seen(request) or {}), **now}),
    }
    return render(request, "members/adhesion/side_by_side.html", values, status=409)


# --- The last step ----------------------------------------------------------------------------------------------------
def review_page(
    request: HttpRequest, adhesion: AdhesionRequest, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    """Everything that was filled in, what is missing with its place, and the button that sends it."""
    values = around(adhesion, "review")
    values |= {"missing": everything_missed(values["draft"]), "refused": refused, **summary(adhesion)}
    return render(request, "members/adhesion/steps/review.html", values, status=status)
