"""The office invites people: its campaigns, the form, the preview with who gets no letter and why, sending."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import see_other
from cluster_portal.common.models import User
from cluster_portal.common.views import shown_as_letter
from events.actions import campaigns as acts
from events.emails import invitation_as_seen
from events.enums import CampaignState, RecipientState
from events.forms.campaigns import CampaignForm, StartForm
from events.forms.editing_fields import refuse
from events.models import Campaign, Event
from events.queries.campaigns import audience_in_words, campaigns_of, reach_of, reasons_of, recipients_of
from events.rules.campaigns import audience_from
from events.views.day_doors import opened
from events.wording import sentence
from members.rules.errors import RuleError

A_PAGE = 50
BOTH = ["GET", "HEAD", "POST"]


def _part(event: Event, part: int) -> Campaign:
    """A campaign of this event, or 404."""
    found = campaigns_of(event).filter(pk=part).select_related("created_by", "started_by", "stopped_by").first()
    if found is None:
        raise Http404
    found.event = event
    return found


def _closed(event: Event) -> str:
    """Why nobody can be invited now, in words; empty when they can."""
    try:
        acts.check_open_for(event)
    except RuleError as error:
        return sentence(error)
    return ""


@never_cache
@require_safe
def campaigns(request: HttpRequest, pk: int) -> HttpResponse:
    """The campaigns of an event, newest first."""
    event, _user = opened(request, pk)
    page = Paginator(campaigns_of(event), A_PAGE).get_page(request.GET.get("page"))
    context = {"event": event, "page": page, "rows": list(page.object_list), "closed": _closed(event)}
    return render(request, "events/campaigns/campaigns.html", context)


@never_cache
@require_http_methods(BOTH)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft; nothing is sent by it."""
    event, user = opened(request, pk)
    form = CampaignForm(request.POST if request.method == "POST" else None)

    def save() -> Campaign:
        values = form.cleaned_data
        return acts.create_campaign(event.pk, by=user, audience=values["audience"], words=form.words, key=values["key"])

    return _written(request, event, form, save, _("New campaign"), reverse("events:manage-campaigns", args=[event.pk]))


@never_cache
@require_http_methods(BOTH)
def edit(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Change a draft."""
    event, user = opened(request, pk)
    campaign = _part(event, part)
    form = CampaignForm(request.POST if request.method == "POST" else None, campaign=campaign)

    def save() -> Campaign:
        return acts.edit_campaign(campaign.pk, by=user, audience=form.cleaned_data["audience"], words=form.words)

    back = reverse("events:manage-campaign", args=[event.pk, campaign.pk])
    if campaign.state != CampaignState.DRAFT:
        messages.error(request, sentence(RuleError("campaign_has_started")))
        return see_other(back)
    return _written(request, event, form, save, _("Words and audience"), back)


def _written(
    request: HttpRequest, event: Event, form: CampaignForm, save: Callable[[], Campaign], title: str, back: str
) -> HttpResponse:
    """The form, and where it leads: to the preview."""
    if request.method == "POST" and form.is_valid():
        try:
            campaign = save()
        except RuleError as error:
            refuse(form, error)
        else:
            return see_other("events:manage-campaign", event.pk, campaign.pk)
    context = {"event": event, "form": form, "title": title, "back": back}
    return render(request, "events/campaigns/form.html", context)


@never_cache
@require_safe
def campaign(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """A draft: its letter, how many get it, who not and why. One that has started: how far it is."""
    event, user = opened(request, pk)
    campaign = _part(event, part)
    context = {"event": event, "campaign": campaign, "closed": _closed(event)}
    context["audience"] = audience_in_words(audience_from(campaign.audience))
    if campaign.state == CampaignState.DRAFT:
        return _preview(request, campaign, user, context)
    state = request.GET.get("state", "")
    state = state if state in RecipientState.values else ""
    page = Paginator(recipients_of(campaign, state), A_PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "rows": page.object_list, "reasons": reasons_of(campaign), "tabs": _tabs(campaign, state)}
    return render(request, "events/campaigns/campaign.html", context)


def _preview(request: HttpRequest, campaign: Campaign, reader: User, context: dict[str, Any]) -> HttpResponse:
    reach = reach_of(campaign)
    page = Paginator(reach.others, A_PAGE).get_page(request.GET.get("page"))
    letters = [
        (
            language,
            invitation_as_seen(campaign, reader, language).subject,
            reverse("events:manage-campaign-letter", args=[campaign.event_id, campaign.pk, language]),
        )
        for language in ("ro", "en")
    ]
    context |= {"reach": reach, "number": len(reach.reached), "page": page, "letters": letters, "reader": reader}
    return render(request, "events/campaigns/preview.html", context)


def _tabs(campaign: Campaign, now: str) -> list[tuple[str, str, bool]]:
    """(label with the number, address, current) of the states of recipients."""
    counts = {
        "": (_("All"), campaign.total),
        RecipientState.SENT.value: (RecipientState.SENT.label, campaign.sent),
        RecipientState.WAITING.value: (RecipientState.WAITING.label, campaign.waiting),
        RecipientState.LEFT_OUT.value: (RecipientState.LEFT_OUT.label, campaign.left_out),
    }
    return [(f"{label} {number}", f"?state={state}", state == now) for state, (label, number) in counts.items()]


@never_cache
@require_safe
@shown_as_letter
def letter(request: HttpRequest, pk: int, part: int, language: str) -> HttpResponse:
    """The letter as the reader themselves would get it, for the frame of the preview."""
    event, user = opened(request, pk)
    return HttpResponse(invitation_as_seen(_part(event, part), user, language).html)


@never_cache
@require_http_methods(BOTH)
def start(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks with the number of letters, then lets the worker send them."""
    event, user = opened(request, pk)
    campaign = _part(event, part)
    back = reverse("events:manage-campaign", args=[event.pk, campaign.pk])
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.start_campaign(campaign.pk, by=user, letters=form.cleaned_data["letters"])
        except RuleError as error:
            messages.error(request, sentence(error))
            return see_other("events:manage-campaign-start", event.pk, campaign.pk)
        messages.success(request, _("The letters are being written. You can leave this page."))
        return see_other(back)
    if campaign.state != CampaignState.DRAFT:
        return see_other(back)
    number = len(reach_of(campaign).reached)
    context = {"event": event, "campaign": campaign, "number": number, "back": back, "closed": _closed(event)}
    return render(request, "events/campaigns/start.html", {**context, "form": StartForm({"letters": number})})


@require_POST
def stop(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """No further letter."""
    event, user = opened(request, pk)
    campaign = _part(event, part)

    def act() -> str:
        waiting = acts.stop_campaign(campaign.pk, by=user).waiting
        return ngettext(
            "Stopped. %(count)d letter was not written.", "Stopped. %(count)d letters were not written.", waiting
        ) % {"count": waiting}

    return _done(request, campaign, act)


@require_POST
def resume(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Go on where it was stopped."""
    event, user = opened(request, pk)
    campaign = _part(event, part)

    def act() -> str:
        acts.resume_campaign(campaign.pk, by=user)
        return _("The letters are being written. You can leave this page.")

    return _done(request, campaign, act)


def _done(request: HttpRequest, campaign: Campaign, act: Callable[[], str]) -> HttpResponse:
    """Do it, say what came of it, and show the campaign."""
    try:
        messages.success(request, act())
    except RuleError as error:
        messages.error(request, sentence(error))
    return see_other("events:manage-campaign", campaign.event_id, campaign.pk)


@never_cache
@require_http_methods(BOTH)
def discard(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks, then throws a draft away; a second click finds nothing and says so."""
    event, user = opened(request, pk)
    if request.method != "POST":
        campaign = _part(event, part)
        back = reverse("events:manage-campaign", args=[event.pk, campaign.pk])
        return render(request, "events/campaigns/discard.html", {"event": event, "campaign": campaign, "back": back})
    campaign_pk = campaigns_of(event).filter(pk=part).values_list("pk", flat=True).first()
    try:
        if campaign_pk is not None:
            acts.discard_campaign(campaign_pk, by=user)
    except RuleError as error:
        messages.error(request, sentence(error))
        return see_other("events:manage-campaign", event.pk, part)
    messages.success(request, _("The draft was thrown away."))
    return see_other("events:manage-campaigns", event.pk)
