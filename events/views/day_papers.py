"""Papers for the day: the list of registrations as CSV and XLSX, the sheet to be signed, badges to be cut."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.http import file, see_other
from events.filters.day import RegistrationFilter
from events.forms.day import BadgesForm, ChosenForm
from events.papers import tables
from events.papers.attendance import attendance_sheet
from events.papers.badges import badges
from events.papers.data import EIGHT, TEN
from events.queries.desk import registrations_of
from events.queries.papers import attendance_of, badges_of
from events.queries.registrations import attendance
from events.views.day_doors import opened

EMPTY_LINES = 12
"""Lines without a name on the sheet, for people who come without having registered."""
LAYOUTS = {8: EIGHT, 10: TEN}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_safe
def table(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What the list of registrations shows, filtered as it is, for a spreadsheet."""
    event, _user = opened(request, pk)
    sieve = RegistrationFilter(request.GET, registrations_of(event))
    if not sieve.is_valid():
        raise Http404
    data = attendance_of(event, sieve.qs, language=get_language() or "ro")
    name = f"{event.slug}-registrations.{form}"
    if form == "xlsx":
        return file(tables.attendance_xlsx(data), XLSX, name)
    return file(tables.attendance_csv(data), "text/csv; charset=utf-8", name)


@never_cache
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to be signed: everybody with a place, by name."""
    event, _user = opened(request, pk)
    data = attendance_of(event, attendance(event), language=get_language() or "ro", empty_lines=EMPTY_LINES)
    return file(attendance_sheet(data), "application/pdf", f"{event.slug}-attendance.pdf")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def badges_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the layout and the people, nobody meaning all; a POST answers with the PDF and changes nothing."""
    event, _user = opened(request, pk)
    people = list(attendance(event).prefetch_related(None))
    form = BadgesForm(request.POST if request.method == "POST" else None)
    chosen = ChosenForm(request.POST, among=[one.pk for one in people])
    if request.method == "POST" and form.is_valid() and chosen.is_valid():
        wanted = set(chosen.cleaned_data["people"])
        printed = [one for one in people if not wanted or one.pk in wanted]
        if not printed:
            messages.warning(request, _("Nobody has a place yet, so there are no badges."))
            return see_other("events:manage-badges", event.pk)
        data = badges_of(event, printed, language=get_language() or "ro")
        made = badges(data, LAYOUTS[form.cleaned_data["layout"]])
        return file(made, "application/pdf", f"{event.slug}-badges.pdf")
    return render(request, "events/day/badges.html", {"event": event, "people": people, "form": form})
