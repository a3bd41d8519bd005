"""What the office proposes to a member, and its answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.limits import limited
from matchmaking.actions.proposals import answer_proposal
from matchmaking.enums import Answer
from matchmaking.forms.meeting import Confirmed, DeclineForm
from matchmaking.queries.between import Care, care_of
from matchmaking.queries.introductions import Proposed, proposal_to, proposals_to
from matchmaking.views.doors import FORMS, Mine, chosen, done, frame, nobody, own_members, own_side, sent
from matchmaking.wording import sentence
from members.rules.errors import RuleError
from members.views.readers import known_as


@never_cache
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for this member's answer, or for the other side's."""
    own, one = chosen(request)
    if one is None:
        return nobody(request)
    found = proposals_to(one.pk)
    context = {
        **frame(one, "proposals", own),
        "asked": [row for row in found if row.answer == Answer.WAITING],
        "answered": [row for row in found if row.answer != Answer.WAITING],
    }
    return render(request, "matchmaking/proposals/proposals.html", context)


def _found(request: HttpRequest, key: UUID, *, speaking: bool = False) -> tuple[Proposed, Mine]:
    """The proposal with the eyes of one's own side; whoever is no side of it finds nothing."""
    for one in own_members(known_as(request)):
        row = proposal_to(one.pk, key)
        if row is not None:
            return row, own_side(request, one.pk, speaking=speaking)
    raise Http404


@never_cache
@require_safe
def proposal(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the office writes about the other side, and the way to say yes or no."""
    row, mine = _found(request, key)
    return _page(request, row, mine)


def _page(request: HttpRequest, row: Proposed, mine: Mine, form: Confirmed | None = None) -> HttpResponse:
    may = mine.speaks and row.open
    context = {
        **frame(mine.organisation, "proposals"),
        "mine": mine,
        "proposal": row,
        "form": form or (_form(request, row, mine) if may and row.answer != Answer.YES else None),
        "may_decline": may and row.answer != Answer.NO,
    }
    return render(request, "matchmaking/proposals/proposal.html", context)


def _form(request: HttpRequest, row: Proposed, mine: Mine) -> Confirmed:
    """Offers that only the office sees make the question come up too, but only the member's own are named."""
    care = care_of(mine.pk, row.other, brokered=True)
    theirs = row.partner.display_name if row.partner else _("the other side")
    if row.partner is None:  # whose offer it is would be told by its name
        care = Care(care.touched)
    return Confirmed(sent(request), mine=mine.organisation, theirs=theirs, care=care)


@require_POST
@limited("proposal_answer", "120/h/user")
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """Yes. The second of two makes the introduction; a second click finds what the first has done."""
    row, mine = _found(request, key, speaking=True)
    here = reverse("matchmaking:proposal", args=[key])
    if row.introduction is not None:
        return redirect("matchmaking:introduction", row.introduction)
    if row.answer == Answer.YES:
        return redirect(here)
    form = _form(request, row, mine)
    if not form.is_valid():
        return _page(request, row, mine, form)
    try:
        introduction = answer_proposal(row.pk, mine.pk, by=mine.user, yes=True, confirms=form.confirms_now)
    except RuleError as error:
        messages.error(request, sentence(error))
        return redirect(here)
    if introduction is None:
        messages.success(request, _("You have said yes. You hear from the portal when the other side answers."))
        return redirect(here)
    messages.success(request, _("Both sides have said yes: you are introduced."))
    return redirect("matchmaking:introduction", introduction.key)


@never_cache
@require_http_methods(FORMS)
@limited("proposal_answer", "120/h/user")
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """No; it stays between this member and the office."""
    row, mine = _found(request, key, speaking=True)
    form = DeclineForm(sent(request))
    if request.method == "POST" and form.is_valid():
        words = _("You have said no. The other side is not told; you may think better of it until the last day.")
        here = f"{reverse('matchmaking:proposals')}?member={mine.organisation.slug}"
        reason = form.cleaned_data["reason"]
        return done(
            request, lambda: answer_proposal(row.pk, mine.pk, by=mine.user, yes=False, reason=reason), words, here
        )
    context = {"form": form, "proposal": row, "back": reverse("matchmaking:proposal", args=[key])}
    return render(request, "matchmaking/proposals/decline.html", context)
