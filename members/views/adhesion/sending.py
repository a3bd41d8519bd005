"""What an applicant does with a whole request: submit, withdraw, contest, throw away; each with its own question."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.common.http import see_other
from cluster_portal.common.limits import limited
from cluster_portal.common.unsent import keeps_typed, typed
from members.actions.adhesion import FileIncomplete, delete_draft, submit_adhesion, withdraw_adhesion
from members.actions.adhesion import appeal as contest
from members.forms.adhesion_file import AppealForm
from members.models import AdhesionRequest
from members.queries.statute import statute_of
from members.rules.errors import RuleError
from members.rules.lifecycle import WITHDRAWABLE_STATES, State
from members.views.adhesion.access import file_to_change, is_editable, not_now, person, under_a_statute
from members.views.adhesion.steps import review_page
from members.wording import sentence


@limited("adhesion_submit", "60/h/user")
@require_POST
@under_a_statute
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send the file; a second click finds it sent. What is missing is listed with the places where it is put right."""
    adhesion = file_to_change(request, key)
    try:
        sent = submit_adhesion(adhesion.pk, by=person(request))
    except FileIncomplete as incomplete:
        return review_page(request, adhesion, status=422, refused=sentence(incomplete))
    except RuleError as error:
        if is_editable(adhesion):
            return review_page(request, adhesion, status=409, refused=sentence(error))
        return not_now(request, adhesion, sentence(error))
    messages.success(request, _("The request has been submitted. Its number is %(number)s.") % {"number": sent.number})
    return see_other("members:request", adhesion.key)


@never_cache
@limited("adhesion_withdraw", "60/h/user")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once, then take the request back."""
    adhesion = file_to_change(request, key)
    if adhesion.state == State.DRAFT:
        return see_other("members:request-discard", adhesion.key)
    again = adhesion.state == State.WITHDRAWN and request.method == "POST"  # a second click
    if adhesion.state not in WITHDRAWABLE_STATES and not again:
        return not_now(request, adhesion, _("A request can be withdrawn until it is decided; this one is closed."))
    if request.method != "POST":
        return _asked(request, adhesion, "members/adhesion/withdraw.html")
    try:
        withdraw_adhesion(adhesion.pk, by=person(request))
    except RuleError as error:
        return not_now(request, adhesion, sentence(error))
    messages.success(request, _("The request has been withdrawn."))
    return see_other("members:request", adhesion.key)


@never_cache
@limited("adhesion_discard", "60/h/user")
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once, then delete a draft with its documents."""
    adhesion = file_to_change(request, key)
    if adhesion.state != State.DRAFT:
        return not_now(request, adhesion, sentence(RuleError("not_a_draft")))
    if request.method != "POST":
        return _asked(request, adhesion, "members/adhesion/discard.html")
    try:
        delete_draft(adhesion.pk, by=person(request))
    except RuleError as error:
        return not_now(request, adhesion, sentence(error))
    messages.success(request, _("The draft has been deleted."))
    return see_other("members:requests")


@never_cache
@keeps_typed
@limited("adhesion_appeal", "60/h/user")
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Contest a rejection, with reasons, before the organ that the statute names."""
    adhesion = file_to_change(request, key)
    if adhesion.state == State.APPEALED and request.method == "POST":
        return see_other("members:request", adhesion.key)  # a second click
    if adhesion.state != State.REJECTED:
        return not_now(request, adhesion, _("Only a rejection can be contested."))
    form = AppealForm(request.POST if request.method == "POST" else typed(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _asked(request, adhesion, "members/adhesion/appeal.html", form=form, status=status)
    try:
        contest(adhesion.pk, by=person(request), reasons=form.cleaned_data["reasons"])
    except RuleError as error:
        form.add_error("reasons", sentence(error))
        return _asked(request, adhesion, "members/adhesion/appeal.html", form=form, status=409)
    messages.success(request, _("The appeal has been lodged."))
    return see_other("members:request", adhesion.key)


def _asked(
    request: HttpRequest, adhesion: AdhesionRequest, template: str, *, form: AppealForm | None = None, status: int = 200
) -> HttpResponse:
    """A question with its consequences before the button that acts."""
    values = {
        "adhesion": adhesion,
        "organisation": adhesion.organisation,
        "rules": statute_of(adhesion).parameters,
        "action": request.path,
        "back": reverse("members:request", args=[adhesion.key]),
        "danger": form is None,
        "form": form,
    }
    return render(request, template, values, status=status)
