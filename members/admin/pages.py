"""What the pages of the desk share: who may open a file, answers to a button, sentences for what the rules refuse."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cluster_portal.common.models import User
from members.forms.desk import StepAsideForm
from members.models import AdhesionRequest, Round
from members.permissions import can_read_file, standing, works_at_desk
from members.queries.tally import last_resolution, open_round_of
from members.rules.errors import RuleError
from members.wording import sentence

P = ParamSpec("P")
View = Callable[P, HttpResponse]
FileView = Callable[Concatenate[HttpRequest, AdhesionRequest, P], HttpResponse]

LIST = "admin:members_adhesionrequest_changelist"
FILE = "admin:members_adhesionrequest_change"

FORBIDDEN = {"office_only", "director_only", "president_or_secretary_only", "no_seat", "only_office_or_superuser"}
ASIDE = {"recused", "tied"}
CONFLICT = {
    "round_closed",
    "round_open_already",
    "not_appealed",
    "objections_still_open",
    "second_convening_too_early",
    "written_closes_by_itself",
    "no_meeting_on_demand",
    "too_few_eligible",
    "recusal_stays",
    "mandate_over",
    "change_answered_already",
    "change_overtaken",
    "lei_taken",
    "tax_number_taken",
}


class SeeOther(HttpResponseRedirect):
    """The answer to a button that worked: go and look."""

    status_code = 303


def person(request: HttpRequest) -> User:
    """Who acts; every page of the desk has somebody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def page(request: HttpRequest, template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the desk, with what every page of the site knows."""
    return render(request, f"admin/desk/{template}.html", {**admin.site.each_context(request), **values}, status=status)


def status_of(error: RuleError) -> int:
    """403 for whom it is not, 409 when it is too late or too early, 422 when something has to be written better."""
    if error.code in FORBIDDEN or error.code in ASIDE:
        return 403
    return 409 if error.code in CONFLICT or error.code.startswith("transition_") else 422


def told(error: RuleError, adhesion: AdhesionRequest | None = None) -> str:
    """The sentence of a refusal; after a decision it says which, and when."""
    said = sentence(error)
    if adhesion is None or status_of(error) != 409:
        return said
    resolution = last_resolution(adhesion)
    if resolution is None:
        return said
    decided = _("Already decided by resolution %(number)s on %(at)s.") % {
        "number": resolution,
        "at": date_format(localtime(resolution.decided_at), "DATETIME_FORMAT"),
    }
    return f"{decided} {said}"


def address(adhesion: AdhesionRequest, step: str = "") -> str:
    """The file's page, or the page of one of its buttons."""
    return reverse(f"admin:members_adhesionrequest_{step}" if step else FILE, args=[adhesion.pk])


def done(request: HttpRequest, words: str, to: str) -> HttpResponse:
    """The button worked: say so on the next page."""
    messages.success(request, words)
    return SeeOther(to)


def submitted_or_404(pk: int | str) -> AdhesionRequest:
    """A request that was sent at least once; a draft does not exist for anybody but its owner."""
    try:
        return (
            AdhesionRequest.objects.submitted_once()
            .select_related("organisation", "organisation__legal_form", "statute", "membership_type", "applicant")
            .get(pk=pk)
        )
    except (AdhesionRequest.DoesNotExist, ValueError, OverflowError) as error:
        raise Http404 from error


def of_a_file(view: FileView[P]) -> Callable[..., HttpResponse]:
    """A page about one file: for office, superuser, and directors without a tie; the others read why not."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int | str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not works_at_desk(person(request)):
            raise PermissionDenied
        adhesion = submitted_or_404(pk)
        if not can_read_file(request.user, adhesion) or owns_as_director(request, adhesion):
            return aside_page(request, adhesion)
        return view(request, adhesion, *args, **kwargs)

    return guarded


def owns_as_director(request: HttpRequest, adhesion: AdhesionRequest) -> bool:
    """A director who is the applicant reads their own file on the portal's pages, never at the Board's desk."""
    who = standing(request.user)
    if not who.director or who.office or who.superuser:
        return False
    return adhesion.applicant_id == request.user.pk or adhesion.organisation_id in who.representations


def aside_page(
    request: HttpRequest,
    adhesion: AdhesionRequest,
    form: StepAsideForm | None = None,
    refusal: str = "",
    *,
    status: int = 403,
) -> HttpResponse:
    """403, and why: the director stepped aside, or is tied to the applicant and may step aside here."""
    vote = open_round_of(adhesion)
    seat = vote.seats.filter(user=person(request)).first() if vote else None
    stood = Round.objects.filter(request=adhesion, seats__user=person(request), seats__recused=True).exists()
    values = {
        "title": adhesion.number,
        "adhesion": adhesion,
        "stood_aside": stood,
        "seat": seat,
        "form": form or StepAsideForm(),
        "refusal": refusal,
    }
    return page(request, "aside", values, status=status)


def only(allowed: bool) -> None:
    """Refuse who may not."""
    if not allowed:
        raise PermissionDenied
