"""The office brokers: whom it could bring together, what it has proposed, and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.limits import limited
from cluster_portal.common.models import User
from matchmaking.actions.proposals import propose, withdraw_proposal
from matchmaking.forms.office import PairForm, ProposeForm
from matchmaking.models import Proposal
from matchmaking.permissions import can_broker
from matchmaking.queries.matches import broker_matches
from matchmaking.queries.office import kept_for_the_office, open_between, proposals_made
from matchmaking.views.doors import FORMS, done, page_of, sent
from matchmaking.views.matches import reason_of
from matchmaking.wording import sentence
from members.models import Organisation
from members.rules.errors import RuleError


def office(request: HttpRequest) -> User:
    """The person who brokers; 403 for everybody else."""
    if not can_broker(request.user):
        raise PermissionDenied
    assert isinstance(request.user, User)
    return request.user


@never_cache
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Everything that the office has proposed, with the answers of both sides."""
    office(request)
    context = {"page": page_of(request, proposals_made())}
    return render(request, "matchmaking/office/proposals.html", context)


@never_cache
@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """Choose a member and see whom it could meet, with what only the office sees."""
    office(request)
    form = PairForm(request.GET if "member" in request.GET else None)
    context: dict[str, Any] = {"form": form, "hidden": kept_for_the_office()}
    if form.is_bound and form.is_valid():
        member, partner = form.cleaned_data["member"], form.cleaned_data["partner"]
        if partner is not None and partner != member:
            return redirect("matchmaking:office-propose", member.slug, partner.slug)
        context |= {"member": member, "rows": _rows(member)}
    return render(request, "matchmaking/office/pairs.html", context)


def _rows(member: Organisation) -> list[dict[str, Any]]:
    return [
        {
            "partner": pair.partner,
            "score": round(pair.score * 100),
            "gained": [reason_of(reason) for reason in reasons if reason.mine],
            "given": [reason_of(reason) for reason in reasons if not reason.mine],
        }
        for pair, reasons in broker_matches(member.pk)
    ]


@never_cache
@require_http_methods(FORMS)
@limited("proposal_make", "120/h/user")
def make(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """What each side will read about the other, and whether it is named."""
    user = office(request)
    sides = {one.slug: one for one in Organisation.objects.filter(slug__in=(slug, partner))}
    if len(sides) != 2:
        raise Http404
    form = ProposeForm(sent(request), one=sides[slug], other=sides[partner])
    waits = open_between(sides[slug].pk, sides[partner].pk)
    if request.method == "POST" and form.is_valid():
        try:
            propose(*form.sides, by=user)
        except RuleError as error:
            if error.code == "proposal_waits":  # the same form twice
                messages.info(request, sentence(error))
                return redirect("matchmaking:office")
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Proposed. Both sides have a letter and can answer on their pages."))
            return redirect("matchmaking:office")
    context = {"form": form, "one": sides[slug], "other": sides[partner], "waits": waits}
    return render(request, "matchmaking/office/propose.html", context)


@require_POST
@limited("proposal_withdraw", "120/h/user")
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Takes a proposal back while it waits."""
    user = office(request)
    row = Proposal.objects.filter(key=key).first()
    if row is None:
        raise Http404
    words = _("The proposal was taken back. Who had said yes is told that nothing comes of it.")
    return done(request, lambda: withdraw_proposal(row.pk, by=user), words, "matchmaking:office")
