"""The parts of an event on the office's pages: programme and speakers, questions to registrants."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.uploads import UploadRefused
from events.actions import programme as actions
from events.enums import EventState
from events.forms.editing_fields import refuse
from events.forms.editing_parts import PartForm, QuestionForm, SessionForm, SpeakerForm
from events.models import Event, Question, Session, Speaker
from events.queries import managing
from events.views.editing_doors import manager, opened
from events.wording import sentence
from members.rules.errors import RuleError

BOTH = ["GET", "HEAD", "POST"]


# ------------------------------------------------------------------ what all parts share
def part_page(
    request: HttpRequest, form: PartForm, save: Callable[[], object], context: dict[str, Any]
) -> HttpResponse:
    """The form of one row: shown, saved, or sent back with what the rules say about it.

    `context`: title, back, and event where there is one.
    """
    event = context.get("event")
    if isinstance(event, Event) and event.state == EventState.CANCELLED:
        form.lock()
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except (RuleError, UploadRefused) as error:
            refuse(form, error)
            if isinstance(error, RuleError) and error.code == "part_overtaken":
                again = request.POST.copy()  # the next save is meant for what is stored now
                again["version"] = str(actions.edition_of(form.instance))
                form.data = again
        else:
            messages.success(request, _("Saved."))
            return redirect(context["back"])
    return render(request, "events/editing/part.html", {"form": form, **context})


def edition(form: PartForm) -> int | None:
    """The state of the row on which the form was opened; 0 for a form that does not say, which is refused."""
    return form.seen_version() if form.instance.pk else None


def remove_page(request: HttpRequest, row: Any, work: Callable[[], object], context: dict[str, Any]) -> HttpResponse:
    """Asks first, then removes; a row that is gone already is a second click."""
    if request.method == "POST":
        try:
            work()
        except RuleError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("Removed."))
        return redirect(context["back"])
    if row is None:
        raise Http404
    return render(request, "events/editing/remove.html", {"row": row, "danger": True, **context})


def data_of(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def found_or_404(rows: Any, part: int | None) -> Any:
    """The row of this number; None where a new one is asked for."""
    if part is None:
        return None
    row = rows.filter(pk=part).first()
    if row is None:
        raise Http404
    return row


# ------------------------------------------------------------------ programme
@never_cache
@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The sessions by day, with who speaks."""
    event, _user = opened(request, pk)
    days = managing.programme(event)
    return render(request, "events/editing/programme.html", {"event": event, "days": days})


@never_cache
@require_http_methods(BOTH)
def session(request: HttpRequest, pk: int, part: int | None = None) -> HttpResponse:
    """One session, new or known."""
    event, user = opened(request, pk)
    row = found_or_404(event.sessions, part) or Session(event=event)
    form = SessionForm(data_of(request), instance=row, event=event)

    def save() -> None:
        actions.save_session(
            event.pk,
            by=user,
            values=form.values(),
            speakers=form.speakers_in_order(),
            pk=part,
            edition=edition(form),
        )

    back = reverse("events:manage-programme", args=[event.pk])
    title = row.title if part else _("Add a session")
    return part_page(request, form, save, {"event": event, "title": title, "back": back, "at": "programme"})


@never_cache
@require_http_methods(BOTH)
def session_remove(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks first, then takes a session out; one with materials stays, and the sentence says why."""
    event, user = opened(request, pk)
    row = event.sessions.filter(pk=part).first()
    back = reverse("events:manage-programme", args=[event.pk])
    context = {"event": event, "back": back, "at": "programme"}
    return remove_page(request, row, lambda: actions.remove_session(event.pk, by=user, pk=part), context)


# ------------------------------------------------------------------ speakers
@never_cache
@require_safe
def speakers(request: HttpRequest) -> HttpResponse:
    """Everybody who speaks at events."""
    manager(request)
    return render(request, "events/editing/speakers.html", {"rows": managing.speakers()})


@never_cache
@require_http_methods(BOTH)
def speaker(request: HttpRequest, part: int | None = None) -> HttpResponse:
    """One speaker, new or known."""
    user = manager(request)
    row = found_or_404(Speaker.objects, part) or Speaker()
    form = SpeakerForm(data_of(request), instance=row)

    def save() -> None:
        actions.save_speaker(by=user, values=form.values(), pk=part, edition=edition(form))

    title = row.full_name if part else _("Add a speaker")
    return part_page(request, form, save, {"title": title, "back": reverse("events:manage-speakers")})


@never_cache
@require_http_methods(BOTH)
def speaker_remove(request: HttpRequest, part: int) -> HttpResponse:
    """Asks first, then removes a speaker; one with slides or sessions stays, and the sentence says why."""
    user = manager(request)
    row = Speaker.objects.filter(pk=part).first()
    context = {"back": reverse("events:manage-speakers")}
    return remove_page(request, row, lambda: actions.remove_speaker(part, by=user), context)


# ------------------------------------------------------------------ questions
@never_cache
@require_http_methods(BOTH)
def question(request: HttpRequest, pk: int, part: int | None = None) -> HttpResponse:
    """One question to registrants, new or known."""
    event, user = opened(request, pk)
    row = found_or_404(event.questions, part) or Question(event=event, position=event.questions.count() + 1)
    form = QuestionForm(data_of(request), instance=row, event=event)

    def save() -> None:
        actions.save_question(event.pk, by=user, values=form.values(), pk=part, edition=edition(form))

    back = reverse("events:manage-section", args=[event.pk, "registration"])
    title = row.text if part else _("Add a question")
    return part_page(request, form, save, {"event": event, "title": title, "back": back, "at": "registration"})


@never_cache
@require_http_methods(BOTH)
def question_remove(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks first, then removes a question that nobody has answered."""
    event, user = opened(request, pk)
    row = event.questions.filter(pk=part).first()
    back = reverse("events:manage-section", args=[event.pk, "registration"])
    context = {"event": event, "back": back, "at": "registration"}
    return remove_page(request, row, lambda: actions.remove_question(event.pk, by=user, pk=part), context)
