"""The timetable of a brokerage day as the office reviews it: the grid, locking, moving, adding, the file."""

import csv
from io import StringIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import file, see_other
from matchmaking.actions import timetables
from matchmaking.enums import DayState
from matchmaking.forms.days import LockForm, MeetingForm, PlaceForm, SeedForm, refuse
from matchmaking.models import BrokerageDay, Meeting
from matchmaking.queries.brokerage import board, coming, figures
from matchmaking.views.day_desk import BOTH, opened
from matchmaking.wording import sentence
from members.rules.errors import RuleError
from members.rules.spreadsheets import harmless
from members.views.acts import tell

REVIEWED = {DayState.PLANNED, DayState.PUBLISHED}


@never_cache
@require_safe
def board_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole timetable, a line a slot and a cell a table; those that stay can be ticked."""
    day, _user = opened(request, pk)
    context = {
        "day": day,
        "at": "board",
        "lines": board(day),
        "tables": range(1, day.tables + 1),
        "figures": figures(day),
        "reviewed": day.state in REVIEWED,
        "locking": day.state == DayState.PLANNED,
        "seed": SeedForm(initial={"seed": day.seed + 1}),
    }
    return render(request, "matchmaking/days/board.html", context)


@never_cache
@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The timetable for a spreadsheet: a line a meeting."""
    day, _user = opened(request, pk)
    kept = StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerow([_("Begins"), _("Ends"), _("Table"), _("Participant"), _("Meets"), _("State"), _("Locked")])
    for line in board(day):
        for placed in filter(None, line.cells):
            names = [harmless(one.organisation.display_name) for one in placed.people]
            times = [f"{localtime(moment):%Y-%m-%d %H:%M}" for moment in (placed.starts, placed.ends)]
            state = placed.meeting.get_state_display()
            writer.writerow([*times, placed.table, *names, state, _("Yes") if placed.meeting.locked else _("No")])
    return file("\N{BYTE ORDER MARK}" + kept.getvalue(), "text/csv; charset=utf-8", f"timetable-{day.pk}.csv")


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Locks the meetings that were ticked and lets the others that were shown move."""
    day, user = opened(request, pk)
    form = LockForm(request.POST, among=day.meetings.values_list("pk", flat=True))
    if not form.is_valid():
        messages.error(request, _("The timetable was made again meanwhile. Look at it and tick again."))
        return see_other("matchmaking:day-board", day.pk)
    words = _("Saved. What is locked stays where it is when the timetable is made again.")
    tell(request, lambda: timetables.lock_meetings(day.pk, by=user, **form.cleaned_data), sentence, words)
    return see_other("matchmaking:day-board", day.pk)


def _meeting(day: BrokerageDay, part: int) -> Meeting | None:
    found = Meeting.objects.filter(day=day, pk=part).first()
    if found is not None:
        found.day = day
    return found


def _gone(request: HttpRequest, day: BrokerageDay) -> HttpResponse:
    """Somebody took the meeting out, or made the timetable again: the board shows what there is now."""
    messages.error(request, sentence(RuleError("meeting_is_gone")))
    return see_other("matchmaking:day-board", day.pk)


@never_cache
@require_http_methods(BOTH)
def meeting(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """One meeting: moved to another place, where it is then locked, or taken out."""
    day, user = opened(request, pk)
    row = _meeting(day, part)
    if row is None:
        return _gone(request, day)
    start = {"slot": row.slot, "table": row.table}
    form = PlaceForm(request.POST if request.method == "POST" else None, day=day, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            timetables.move_meeting(row.pk, by=user, **form.cleaned_data)
        except RuleError as error:
            if error.code == "meeting_is_gone":
                return _gone(request, day)
            refuse(form, error)
        else:
            messages.success(request, _("The meeting is moved, and locked there."))
            return see_other("matchmaking:day-board", day.pk)
    people = [seat.member for seat in row.seats.select_related("member__organisation")]
    context = {"day": day, "at": "board", "meeting": row, "people": people, "form": form}
    return render(request, "matchmaking/days/meeting.html", context)


@never_cache
@require_http_methods(BOTH)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts two participants together by hand."""
    day, user = opened(request, pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, day=day, among=list(coming(day)))
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data
        pair = (place.pop("one"), place.pop("other"))
        try:
            timetables.add_meeting(day.pk, by=user, members=pair, **place)
        except RuleError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The meeting is added, and locked there."))
            return see_other("matchmaking:day-board", day.pk)
    return render(request, "matchmaking/days/meeting_new.html", {"day": day, "at": "board", "form": form})


@require_POST
def remove(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Takes a meeting out."""
    day, user = opened(request, pk)
    row = _meeting(day, part)
    if row is None:
        return _gone(request, day)
    meeting = row.pk
    tell(request, lambda: timetables.remove_meeting(meeting, by=user), sentence, _("The meeting is taken out."))
    return see_other("matchmaking:day-board", day.pk)
