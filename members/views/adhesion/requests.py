"""The requests of a person: their list, the start of one, and the page that says where one stands and what is next."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.common.http import see_other
from cluster_portal.common.limits import limited
from cluster_portal.common.models import AuditEvent
from cluster_portal.common.wording import told
from members.actions.adhesion import start_adhesion
from members.models import AdhesionRequest, AdhesionTransition, DocumentType
from members.permissions import can_start_adhesion, owns_request
from members.queries.adhesion import current_documents, requests_of
from members.queries.drafts import draft_of, steps_taken
from members.queries.statute import statute_of
from members.rules.deadlines import appeal_ends_on, days_left, local_day
from members.rules.errors import RuleError
from members.rules.lifecycle import WITHDRAWABLE_STATES, State
from members.views.adhesion.access import file_to_read, is_editable, person, under_a_statute
from members.views.adhesion.margin import address, bar, everything_missed
from members.wording import sentence

PER_PAGE = 20


@never_cache
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """My requests, newest first, and the button that starts one."""
    me = person(request)
    found = requests_of(me).select_related("membership_type")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    opened = next((one for one in page if one.state in {"draft", "returned"}), None)
    values = {
        "page": page,
        "may_start": can_start_adhesion(me) and not requests_of(me).open().exists(),
        "represents_member": not can_start_adhesion(me),
        "opened": opened,
    }
    return render(request, "members/adhesion/requests.html", values)


@limited("adhesion_start", "20/h/user")
@require_POST
@under_a_statute
def start(request: HttpRequest) -> HttpResponse:
    """Open a draft, or the one that is there already."""
    if not can_start_adhesion(person(request)):
        raise PermissionDenied(sentence(RuleError("cannot_start")))
    try:
        adhesion = start_adhesion(by=person(request))
    except RuleError as error:
        messages.error(request, sentence(error))
        return see_other("members:requests")
    if not is_editable(adhesion):
        return see_other("members:request", adhesion.key)
    return see_other(address(adhesion, draft_of(adhesion).next_step))


@never_cache
@require_safe
@under_a_statute
def state(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the request stands, what happened, what comes next and when."""
    adhesion = file_to_read(request, key)
    return state_page(request, adhesion)


def state_page(request: HttpRequest, adhesion: AdhesionRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a state, also with a form on it that was refused."""
    mine = owns_request(request.user, adhesion)
    rules = statute_of(adhesion).parameters
    today = timezone.localdate()
    values: dict[str, Any] = {
        "adhesion": adhesion,
        "organisation": adhesion.organisation,
        "mine": mine,
        "today": today,
        "rules": rules,
        "statute": statute_of(adhesion),
        "editable": mine and is_editable(adhesion),
        "withdrawable": mine and adhesion.state != State.DRAFT and adhesion.state in WITHDRAWABLE_STATES,
        "steps_taken": [_told(one) for one in steps_taken(adhesion)],
        "documents": list(current_documents(adhesion)),
        "resolution": adhesion.resolutions.order_by("-id").first(),
        **_terms(adhesion, today),
        **more,
    }
    if values["editable"]:
        draft = draft_of(adhesion, today)
        values |= {
            "draft": draft,
            "bar": bar(draft),
            "missing": everything_missed(draft),
            "continue_at": address(adhesion, draft.next_step),
            "wanted": _wanted(adhesion),
        }
    if mine and adhesion.state == State.REJECTED:
        values["appeal_until"] = _appeal_until(adhesion)
    return render(request, "members/adhesion/state.html", values, status=status)


def _told(step: AdhesionTransition) -> dict[str, Any]:
    """One step of the history in words; who did it stays inside the cluster."""
    event = AuditEvent(verb=f"adhesion_{step.verb}", params=step.details)
    note = step.note if step.verb in {"return", "appeal"} else ""
    return {"at": step.at, "words": told(event), "article": step.article, "note": note}


def _terms(adhesion: AdhesionRequest, today: Any) -> dict[str, Any]:
    """The days that run now, with how many are left."""
    terms = {
        "completion": adhesion.completion_due_on,
        "objections": adhesion.objections_until,
        "decision": adhesion.decision_due_on,
    }
    vote = adhesion.rounds.open().order_by("-id").first()
    return {
        "terms": {name: {"on": day, "left": days_left(day, today)} for name, day in terms.items() if day},
        "vote": vote,
        "vote_from": adhesion.objections_until + timedelta(days=1) if adhesion.objections_until else None,
    }


def _wanted(adhesion: AdhesionRequest) -> list[dict[str, Any]]:
    """What the office asks for in a returned file, each with the place where it is given."""
    kinds = DocumentType.objects.in_bulk([one["code"] for one in adhesion.returned_for if one["code"]])
    return [
        {
            "kind": kinds.get(one["code"]),
            "note": one["note"],
            "href": address(adhesion, "documents") + f"#{one['code']}" if one["code"] in kinds else "",
        }
        for one in adhesion.returned_for
    ]


def _appeal_until(adhesion: AdhesionRequest) -> Any:
    """Last day to contest the rejection; None when that is no longer, or was never, possible."""
    if adhesion.decided_at is None or adhesion.transitions.filter(verb="appeal").exists():
        return None
    until = appeal_ends_on(local_day(adhesion.decided_at), statute_of(adhesion).parameters)
    return until if until and until >= timezone.localdate() else None
