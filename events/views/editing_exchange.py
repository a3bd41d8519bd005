"""Events from other programs and for them: calendars and programmes in, .ics, JSON, CSV and frab out."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import file
from events.actions.importing import MOST_AT_ONCE, import_calendar, import_programme
from events.calendar import Problem, as_csv, as_json, feed, schedule_json, schedule_xml
from events.filters.editing import ManagedFilter
from events.forms.editing_steps import CarriedForm, ImportForm, packed
from events.models import Event
from events.queries.exports import entries, schedule_of
from events.queries.importing import CalendarPlan, calendar_plan, schedule_plan
from events.views.editing_doors import manager, opened
from events.wording import sentence
from events.wording_imports import IMPORTS, TABLE_HEAD, TABLE_STATES
from members.rules.errors import RuleError

DAILY = timedelta(days=1)
MOST_SHOWN = 500
"""Rows of a preview."""
KINDS = {
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml",
}


# ------------------------------------------------------------------ out
@never_cache
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The events of the list, filtered as the page is."""
    manager(request)
    rows = ManagedFilter(request.GET, Event.objects.order_by("starts_at", "pk")).qs.prefetch_related("tags")
    language, name = get_language() or "ro", str(_("Seminars"))
    found = entries(rows, language)
    if form == "csv":
        content = as_csv(found, {key: str(label) for key, label in TABLE_HEAD.items()}, _states())
    elif form == "json":
        content = as_json(found, name, language)
    else:
        content = feed(found, name, language, DAILY)
    return file(content, KINDS[form], f"events.{form}")


def _states() -> dict[bool, str]:
    return {key: str(label) for key, label in TABLE_STATES.items()}


@never_cache
@require_safe
def programme(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    """The programme of one event, as frab writes it."""
    event, _user = opened(request, pk)
    schedule = schedule_of(event, get_language() or "ro")
    content = schedule_xml(schedule) if form == "xml" else schedule_json(schedule)
    return file(content, KINDS[form], f"{event.slug}.{form}")


# ------------------------------------------------------------------ in
def words_of(problem: Problem) -> str:
    """What is wrong, in the reader's language."""
    template: Any = IMPORTS[problem.code]
    return str(template % problem.params) if problem.params else str(template)


def _told(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    return [{"line": one.line, "title": one.title, "refused": one.refused, "words": words_of(one)} for one in problems]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_upload(request: HttpRequest) -> HttpResponse:
    """Takes a calendar and shows what its entries would become; nothing is written yet."""
    manager(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["upload"]
        context |= _previewed(content, calendar_plan(content))
    return render(request, "events/editing/import.html", context)


def _previewed(content: bytes, plan: CalendarPlan) -> dict[str, Any]:
    return {
        "plan": plan,
        "shown": plan.rows[:MOST_SHOWN],
        "more": len(plan.rows[MOST_SHOWN:]),
        "next": len(plan.new[:MOST_AT_ONCE]),
        "left": len(plan.new[MOST_AT_ONCE:]),
        "problems": _told(plan.problems),
        "content": packed(content),
        "create": reverse("events:manage-import-create"),
    }


@require_POST
def calendar_create(request: HttpRequest) -> HttpResponse:
    """Makes the drafts of the preview; sent twice, or with the same file again, it makes none.

    Of a very long file it makes the first drafts and shows what is left.
    """
    user = manager(request)
    carried = CarriedForm(request.POST)
    if not carried.is_valid():
        messages.error(request, str(carried.errors["content"][0]))
        return redirect("events:manage-import")
    content = carried.cleaned_data["content"]
    made = len(import_calendar(content, by=user))
    _say_added(request, made, ngettext("%(count)d draft added.", "%(count)d drafts added.", made))
    plan = calendar_plan(content)
    if plan.new:
        return render(request, "events/editing/import.html", _previewed(content, CalendarPlan(tuple(plan.new), ())))
    return redirect("events:manage")


def _say_added(request: HttpRequest, made: int, words: str) -> None:
    if made:
        messages.success(request, words % {"count": made})
    else:
        messages.info(request, _("Everything in the file was there already; nothing was added."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a programme in XML and shows what its slots would become; nothing is written yet."""
    event, _user = opened(request, pk)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context: dict[str, Any] = {"form": form, "event": event}
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["upload"]
        plan = schedule_plan(event, content)
        context |= {"plan": plan, "problems": _told(plan.problems), "content": packed(content)}
        context["create"] = reverse("events:manage-programme-create", args=[event.pk])
    return render(request, "events/editing/import_programme.html", context)


@require_POST
def programme_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Fills the programme; sent twice, or with the same file again, it adds nothing."""
    event, user = opened(request, pk)
    carried = CarriedForm(request.POST)
    if not carried.is_valid():
        messages.error(request, str(carried.errors["content"][0]))
        return redirect("events:manage-programme-import", event.pk)
    try:
        made = import_programme(event.pk, carried.cleaned_data["content"], by=user)
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        _say_added(request, made, ngettext("%(count)d session added.", "%(count)d sessions added.", made))
    return redirect("events:manage-programme", event.pk)
