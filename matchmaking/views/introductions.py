"""Introductions: the contacts of both sides, how each says it goes, and the end of a consent."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.limits import limited
from matchmaking.actions.introductions import confirm_export, hide_contacts, record_stage
from matchmaking.forms.meeting import Confirmed, StageForm
from matchmaking.models import Introduction
from matchmaking.permissions import can_broker, can_see_introduction
from matchmaking.queries.between import care_of
from matchmaking.queries.contacts import consent_towards, contacts_of
from matchmaking.queries.introductions import confirmed, introduction_of, introductions_of, stage_of
from matchmaking.views.doors import FORMS, Mine, chosen, done, frame, nobody, own_members, own_side, page_of, sent
from members.models import Organisation
from members.permissions import viewer_of
from members.views.readers import known_as


@dataclass(frozen=True)
class Line:
    """A line of the way of two members: what one side says has happened. The note is for its own side alone."""

    at: object
    text: str
    by: str
    note: str


@never_cache
@require_safe
def introductions(request: HttpRequest) -> HttpResponse:
    """Everybody whom the member was introduced to, with how far both say they are."""
    own, one = chosen(request)
    if one is None:
        return nobody(request)
    page = page_of(request, introductions_of(one.pk))
    rows = [
        {"introduction": row, "partner": other, "mine": stage_of(row, one.pk), "theirs": stage_of(row, other.pk)}
        for row in page
        for other in (row.other(one),)
    ]
    context = {**frame(one, "introductions", own), "page": page, "rows": rows}
    return render(request, "matchmaking/introductions/introductions.html", context)


def _found(request: HttpRequest, key: UUID) -> Introduction:
    row = introduction_of(key)
    if row is None or not can_see_introduction(known_as(request), row):
        raise Http404
    return row


def _side(request: HttpRequest, row: Introduction, *, speaking: bool = False) -> Mine:
    """One's own side; who represents both may say which by `?member=`."""
    sides = {row.first_id, row.second_id}
    own = [one for one in own_members(known_as(request)) if one.pk in sides]
    if not own:
        raise Http404
    wanted = next((one for one in own if one.slug == request.GET.get("member")), own[0])
    return own_side(request, wanted.pk, speaking=speaking)


@never_cache
@require_safe
def introduction(request: HttpRequest, key: UUID) -> HttpResponse:
    """One introduction as its side, or the office, reads it."""
    row = _found(request, key)
    if can_broker(known_as(request)) and not {one.pk for one in own_members(known_as(request))} & {
        row.first_id,
        row.second_id,
    }:
        context = {"introduction": row, "lines": _lines(row, None)}
        return render(request, "matchmaking/introductions/of_others.html", context)
    return _page(request, row, _side(request, row))


def _page(
    request: HttpRequest, row: Introduction, mine: Mine, stage: StageForm | None = None, care: Confirmed | None = None
) -> HttpResponse:
    partner = row.other(mine.organisation)
    consent, given = consent_towards(partner.pk, mine.pk), consent_towards(mine.pk, partner.pk)
    writes = mine.speaks and row.closed_at is None
    asked = row.controlled and not confirmed(mine.pk, partner.pk)
    context = {
        **frame(mine.organisation, "introductions"),
        "mine": mine,
        "introduction": row,
        "partner": partner,
        "contacts": contacts_of(partner, consent.given_by, viewer_of(request.user)) if consent else None,
        "showing": given is not None,
        "lines": _lines(row, mine.organisation),
        "stage": stage or (StageForm() if writes else None),
        "care": care or (_care(request, row, mine) if asked and writes else None),
    }
    return render(request, "matchmaking/introductions/introduction.html", context)


def _care(request: HttpRequest, row: Introduction, mine: Mine) -> Confirmed:
    partner = row.other(mine.organisation)
    care = replace(care_of(mine.pk, partner.pk), touched=True)
    data = sent(request) if "care" in request.POST else None
    return Confirmed(data, mine=mine.organisation, theirs=partner.display_name, care=care)


def _lines(row: Introduction, own: Organisation | None) -> list[Line]:
    """The way of the two, newest first. A note is read by its own side, and by the office (`own` is None)."""
    stages = list(row.stages.all())
    told = [
        Line(
            stage.at,
            stage.get_name_display(),
            stage.member.display_name,
            stage.note if own is None or stage.member_id == own.pk else "",
        )
        for stage in reversed(stages)
    ]
    return [*told, Line(row.made_at, _("Introduced to each other"), "", str(row.get_origin_display()))]


@require_POST
@limited("introduction_stage", "120/h/user")
def stage(request: HttpRequest, key: UUID) -> HttpResponse:
    """Records what has happened, as this side sees it."""
    row = _found(request, key)
    mine = _side(request, row, speaking=True)
    form = StageForm(request.POST)
    if not form.is_valid():
        return _page(request, row, mine, stage=form)
    name, note = form.cleaned_data["stage"], form.cleaned_data["note"]
    newest = stage_of(row, mine.pk)
    here = _address(key, mine)
    if newest is not None and (newest.name, newest.note) == (name, note):
        messages.info(request, _("This is what stands there already."))
        return redirect(here)
    words = _("Recorded. The other side sees the stage, not the note.")
    return done(request, lambda: record_stage(row.pk, mine.pk, by=mine.user, stage=name, note=note), words, here)


def _address(key: UUID, mine: Mine) -> str:
    return f"{reverse('matchmaking:introduction', args=[key])}?member={mine.organisation.slug}"


@require_POST
@limited("introduction_confirm", "60/h/user")
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Confirms afterwards that nothing controlled is exchanged without authorisation."""
    row = _found(request, key)
    mine = _side(request, row, speaking=True)
    form = _care(request, row, mine)
    if not form.is_valid():
        return _page(request, row, mine, care=form)
    words = _("Your confirmation was kept.")
    return done(request, lambda: confirm_export(row.pk, mine.pk, by=mine.user), words, _address(key, mine))


@never_cache
@require_http_methods(FORMS)
@limited("introduction_hide", "60/h/user")
def hide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks first, then ends the consent of this side to be seen by the other."""
    row = _found(request, key)
    mine = _side(request, row, speaking=True)
    back = _address(key, mine)
    if request.method == "POST":
        words = _("From now on they do not see your contacts any more.")
        return done(request, lambda: hide_contacts(row.pk, mine.pk, by=mine.user), words, back)
    context = {"introduction": row, "partner": row.other(mine.organisation), "back": back, "danger": True}
    return render(request, "matchmaking/introductions/hide.html", context)
