"""One's registration: state, place on the list, answers, giving it back, taking what is offered, what comes after.

Every page is there twice: for whoever is signed in, and by the key of a letter for people without an account.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import file
from events.actions import afterwards, places, registering
from events.actions.steps import Hand
from events.enums import RegistrationState
from events.forms.registering import Answered, FeedbackForm, answers_of
from events.models import FeedbackReceipt, Material, Registration
from events.papers.certificates import certificate as typeset
from events.permissions import can_give_feedback, can_read_material
from events.queries.entries import invitation_of
from events.queries.page import page_of
from events.queries.papers import certificate_of, ticket_of
from events.queries.tokens import registration_by
from events.views.doors import CALENDAR, held, own, sent
from events.views.event import handed_out
from events.wording import sentence
from members.rules.errors import RuleError
from members.views.acts import tell
from members.views.readers import known_as

FORMS = ["GET", "HEAD", "POST"]


PAGES = ("entry", "answers", "cancel", "accept", "refuse", "feedback", "certificate")


def _address(registration: Registration, hand: Hand) -> str:
    """The page of the registration for whoever reads it."""
    if hand.token:
        return reverse("events:held-registration", args=[hand.token])
    return reverse("events:registration", args=[registration.key])


def _ways(registration: Registration, hand: Hand) -> dict[str, str]:
    """The addresses of its other pages, for the templates."""
    kind, of = ("held", hand.token) if hand.token else ("registration", registration.key)
    return {name: reverse(f"events:{kind}-{name}", args=[of]) for name in PAGES}


@require_safe
def _registration(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    page = page_of(known_as(request), registration.event, registration)
    unconfirmed = registration.state == RegistrationState.UNCONFIRMED
    context = {
        "registration": registration,
        "event": registration.event,
        "page": page,
        "ways": _ways(registration, hand),
        "token": hand.token,
        "held": bool(hand.token),
        "offered": registration.state == RegistrationState.OFFERED and _still_offered(registration),
        "confirmed": registration.state == RegistrationState.CONFIRMED,
        "confirm": reverse("events:held-confirm", args=[hand.token]) if hand.token and unconfirmed else "",
        "certificate": getattr(registration, "certificate", None),
        "feedback": can_give_feedback(registration) and not _said(registration),
        "may_cancel": registration.is_live and not registration.event.is_past and registration.checked_in_at is None,
        "ticket": ticket_of(registration),
        "answers": registration.answers.select_related("question"),
        "here": _address(registration, hand),
    }
    return render(request, "events/visitor/registration.html", context)


def _still_offered(registration: Registration) -> bool:
    return registration.offered_until is not None and registration.offered_until > timezone.now()


def _said(registration: Registration) -> bool:
    return FeedbackReceipt.objects.filter(registration=registration).exists()


@require_safe
def _entry(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    """The entry for one's calendar; only a confirmed place has one."""
    if registration.state != RegistrationState.CONFIRMED:
        raise Http404
    return file(invitation_of(registration, "REQUEST"), CALENDAR, f"{registration.event.slug}.ics")


@require_http_methods(FORMS)
def _answers(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    if not registration.is_live:
        raise Http404
    questions = registration.event.questions.all()
    form = Answered(sent(request), questions=questions, initial=answers_of(registration))
    back = _address(registration, hand)
    if request.method == "POST" and form.is_valid():
        try:
            registering.change_answers(
                registration.pk,
                hand,
                answers=form.answers,
                agreed_to_be_shown=form.cleaned_data["agreed_to_be_shown"],
            )
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Your answers were saved."))
            return redirect(back)
    context = {"registration": registration, "event": registration.event, "form": form, "back": back}
    return render(request, "events/visitor/answers.html", context)


@require_http_methods(FORMS)
def _cancel(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    """Asks first; then the next person is offered the place."""
    back = _address(registration, hand)
    if request.method == "POST":
        return _done(
            request,
            lambda: registering.cancel_registration(registration.pk, hand, reason=request.POST.get("reason", "")),
            _("Your registration was cancelled. Thank you for telling us: the place goes to the next person."),
            back,
        )
    if not registration.is_live:
        return redirect(back)  # a late click: what became of it is said there
    context = {"registration": registration, "event": registration.event, "back": back, "danger": True}
    return render(request, "events/visitor/cancel.html", context)


@require_POST
def _accept(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    words = _("The place is yours. A letter with a calendar entry is on its way.")
    return _done(request, lambda: places.accept_offer(registration.pk, hand), words, _address(registration, hand))


@require_POST
def _refuse(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    words = _("You have given the place up; it is offered to the next person.")
    return _done(request, lambda: places.refuse_offer(registration.pk, hand), words, _address(registration, hand))


def _done(request: HttpRequest, act: Callable[[], object], words: str, back: str) -> HttpResponse:
    """Do it, say so, and go back; a refusal is said on the same page."""
    tell(request, act, sentence, words)
    return redirect(back)


@require_http_methods(FORMS)
def _feedback(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    """How it was, once; what is said is kept apart from who said it."""
    if not can_give_feedback(registration):
        raise Http404
    back = _address(registration, hand)
    if _said(registration):
        messages.info(request, _("You have given your feedback already. Thank you."))
        return redirect(back)
    form = FeedbackForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            afterwards.give_feedback(registration.pk, hand, ratings=form.ratings, text=form.cleaned_data["text"])
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Thank you. Your feedback was kept without your name."))
            return redirect(back)
    context = {"registration": registration, "event": registration.event, "form": form, "back": back}
    return render(request, "events/visitor/feedback.html", context)


@require_safe
def _certificate(request: HttpRequest, registration: Registration, hand: Hand) -> HttpResponse:
    """The certificate of attendance as PDF."""
    issued = getattr(registration, "certificate", None)
    if issued is None:
        raise Http404
    return file(typeset(certificate_of(issued)), "application/pdf", f"certificate-{issued.year}-{issued.number}.pdf")


own_registration, held_registration = own(_registration), held(_registration)
own_entry, held_entry = own(_entry), held(_entry)
own_answers, held_answers = own(_answers), held(_answers)
own_cancel, held_cancel = own(_cancel), held(_cancel)
own_accept, held_accept = own(_accept), held(_accept)
own_refuse, held_refuse = own(_refuse), held(_refuse)
own_feedback, held_feedback = own(_feedback), held(_feedback)
own_certificate, held_certificate = own(_certificate), held(_certificate)


@login_not_required
@never_cache
@require_http_methods(FORMS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of a letter opens: a button, since programs that look through mail follow links too."""
    registration = registration_by(token)
    if registration is None:
        return render(request, "events/visitor/link_over.html", status=404)
    here = reverse("events:held-registration", args=[token])
    if registration.state != RegistrationState.UNCONFIRMED:
        return redirect(here)
    if request.method == "POST":
        return _done(
            request,
            lambda: registering.confirm_guest(token),
            _("Your address is confirmed. What became of your registration is said below."),
            here,
        )
    return render(request, "events/visitor/confirm.html", {"registration": registration, "event": registration.event})


@login_not_required
@never_cache
@require_safe
def held_material(request: HttpRequest, token: str, material: UUID) -> HttpResponseBase:
    """A material of the event for a participant without an account."""
    registration = registration_by(token)
    found = Material.objects.select_related("event").filter(key=material).first()
    if registration is None or found is None or not can_read_material(known_as(request), found, registration):
        raise Http404
    return handed_out(found)
