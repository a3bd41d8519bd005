"""Double opt-in as its two sides see it: expressing interest, what was received and sent, the answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.limits import limited
from matchmaking.actions.interests import accept_interest, decline_interest, express_interest, withdraw_interest
from matchmaking.enums import InterestState
from matchmaking.forms.meeting import Confirmed, DeclineForm, InterestForm
from matchmaking.models import Interest
from matchmaking.queries.between import Between, care_of, partner_called, words_between
from matchmaking.queries.introductions import answered_by, as_sent, interest_of, received_by, rows_sent_by
from matchmaking.views.asides import found_partner
from matchmaking.views.doors import FORMS, Mine, chosen, done, frame, nobody, own_side, page_of, sent
from matchmaking.wording import sentence
from members.rules.errors import RuleError


# ------------------------------------------------------------------ expressing it
@never_cache
@require_http_methods(FORMS)
@limited("interest_express", "60/h/user")
def express(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """A few words to another member; what happens next stands beside them."""
    mine = own_side(request, slug, speaking=True)
    found = found_partner(mine, partner)
    if not found.free:
        messages.info(request, _("Something waits between the two of you already: it is shown here."))
        return redirect(_page_of(found))
    care = care_of(mine.pk, found.partner.pk)
    form = InterestForm(
        sent(request),
        mine=mine.organisation,
        theirs=found.partner.display_name,
        care=care,
        words=words_between(mine.pk, found.partner.pk),
    )
    if request.method == "POST" and form.is_valid():
        answer = _expressed(request, form, mine, found)
        if answer is not None:
            return answer
    context = {**frame(mine.organisation, "index"), "between": found, "partner": found.partner, "form": form}
    return render(request, "matchmaking/interests/express.html", context)


def _page_of(found: Between) -> str:
    """The page of what stands between the two; what the partner has asked comes first."""
    if found.introduction:
        return reverse("matchmaking:introduction", args=[found.introduction])
    return reverse("matchmaking:interest", args=[found.received or found.sent])


def _expressed(request: HttpRequest, form: InterestForm, mine: Mine, found: Between) -> HttpResponse | None:
    """Send what was written; None when the rules refuse, which the form then says."""
    about, name = form.cleaned_data["about"], found.partner.display_name
    try:
        interest = express_interest(
            mine.pk,
            found.partner.pk,
            by=mine.user,
            message=form.cleaned_data["message"],
            about=about.pk if about else None,
            confirms=form.confirms_now,
        )
    except RuleError as error:
        now = partner_called(mine.pk, found.partner.slug)
        if now is not None and not now.free:  # the same form twice, or the other side a moment before
            messages.info(request, sentence(error))
            return redirect(_page_of(now))
        form.add_error(None, sentence(error))
        return None
    if interest.introduction is not None:
        messages.success(request, _("%(name)s wants to meet you too: you are introduced.") % {"name": name})
        return redirect("matchmaking:introduction", interest.introduction.key)
    messages.success(request, _("Your interest is on its way to %(name)s.") % {"name": name})
    return redirect("matchmaking:interest", interest.key)


# ------------------------------------------------------------------ the lists
@never_cache
@require_safe
def interests(request: HttpRequest) -> HttpResponse:
    """What waits for the member's answer, what it has sent, and what it has answered."""
    own, one = chosen(request)
    if one is None:
        return nobody(request)
    sent_page = page_of(request, rows_sent_by(one.pk), "sent")
    context = {
        **frame(one, "interests", own),
        "received": page_of(request, received_by(one.pk), "received"),
        "sent_page": sent_page,
        "sent": [as_sent(row) for row in sent_page],
        "answered": page_of(request, answered_by(one.pk), "answered"),
    }
    return render(request, "matchmaking/interests/interests.html", context)


# ------------------------------------------------------------------ one interest
def _received(request: HttpRequest, key: UUID, *, speaking: bool = True) -> tuple[Interest, Mine]:
    """An interest at the door of the member that was asked."""
    interest = interest_of(key)
    if interest is None:
        raise Http404
    return interest, own_side(request, interest.partner_id, speaking=speaking)


@never_cache
@require_safe
def interest(request: HttpRequest, key: UUID) -> HttpResponse:
    """One interest, with the eyes of the side that reads it."""
    row = interest_of(key)
    if row is None:
        raise Http404
    try:
        mine = own_side(request, row.partner_id)
    except Http404:
        mine = own_side(request, row.member_id)
        context = {**frame(mine.organisation, "interests"), "mine": mine, "interest": as_sent(row)}
        return render(request, "matchmaking/interests/sent.html", context)
    return _asked(request, row, mine)


def _form(request: HttpRequest, row: Interest, mine: Mine) -> Confirmed:
    care = care_of(mine.pk, row.member_id)
    return Confirmed(sent(request), mine=mine.organisation, theirs=row.member.display_name, care=care)


def _asked(request: HttpRequest, row: Interest, mine: Mine, form: Confirmed | None = None) -> HttpResponse:
    """The page of the side that was asked."""
    waits = row.state in (InterestState.OPEN, InterestState.DECLINED) and row.told_at is None
    context = {
        **frame(mine.organisation, "interests"),
        "mine": mine,
        "interest": row,
        "waits": waits,
        "declined": row.state == InterestState.DECLINED,
        "form": form or (_form(request, row, mine) if waits and mine.speaks else None),
    }
    return render(request, "matchmaking/interests/received.html", context)


@require_POST
@limited("interest_answer", "120/h/user")
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """Yes: the two are introduced. A second click finds the introduction."""
    row, mine = _received(request, key)
    if row.introduction is not None:
        return redirect("matchmaking:introduction", row.introduction.key)
    form = _form(request, row, mine)
    if form.is_valid():
        try:
            introduction = accept_interest(row.pk, by=mine.user, confirms=form.confirms_now)
        except RuleError as error:
            messages.error(request, sentence(error))
            return redirect("matchmaking:interest", key)
        words = _("You are introduced: from now on each of you sees the contacts of the other.")
        messages.success(request, words)
        return redirect("matchmaking:introduction", introduction.key)
    return _asked(request, row, mine, form)


@never_cache
@require_http_methods(FORMS)
@limited("interest_answer", "120/h/user")
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """No, in silence; the reason may stay empty."""
    row, mine = _received(request, key)
    form = DeclineForm(sent(request))
    back = reverse("matchmaking:interest", args=[key])
    if request.method == "POST" and form.is_valid():
        words = _("You have said no. Nobody is told; you may think better of it until the last day.")
        here = f"{reverse('matchmaking:interests')}?member={mine.organisation.slug}"
        reason = form.cleaned_data["reason"]
        return done(request, lambda: decline_interest(row.pk, by=mine.user, reason=reason), words, here)
    context = {"form": form, "interest": row, "organisation": mine.organisation, "back": back}
    return render(request, "matchmaking/interests/decline.html", context)


@require_POST
@limited("interest_withdraw", "60/h/user")
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Takes back what waits."""
    row = interest_of(key)
    if row is None:
        raise Http404
    mine = own_side(request, row.member_id, speaking=True)
    here = f"{reverse('matchmaking:interests')}?member={mine.organisation.slug}"
    return done(request, lambda: withdraw_interest(row.pk, by=mine.user), _("Your interest was taken back."), here)
