"""Figures of a period for the cluster's reports: who came, by helix role and side."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cluster_portal.common.http import file
from events.forms.day import PeriodForm
from events.queries.afterwards import Report, report
from events.views.day_doors import office
from members.enums import HelixRole, Side
from members.rules.spreadsheets import harmless


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures as a page."""
    office(request)
    form = PeriodForm(request.GET if "first" in request.GET or "last" in request.GET else None)
    first, last = form.period()
    found = report(first, last)
    total = found.total
    context = {
        "form": form if form.is_bound else PeriodForm(initial={"first": first, "last": last}),
        "first": first,
        "last": last,
        "report": found,
        "tally": [
            (_("Events"), len(found.events)),
            (_("Had a place"), total.confirmed),
            (_("Came"), total.came),
            (_("From no member"), total.guests),
        ],
        "sides": [(side, total.of_side(side)) for side in Side.values],
    }
    return render(request, "events/day/figures.html", context)


@never_cache
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The figures as CSV, one line an event and one for all."""
    office(request)
    first, last = PeriodForm(request.GET).period()
    kept = StringIO(newline="")
    writer = csv.writer(kept)
    for line in _lines(report(first, last)):
        writer.writerow([harmless(cell) for cell in line])
    name = f"events-{first.isoformat()}-{last.isoformat()}.csv"
    return file(f"\N{BYTE ORDER MARK}{kept.getvalue()}", "text/csv; charset=utf-8", name)


def _lines(found: Report) -> Iterator[list[str]]:
    roles, sides = HelixRole.choices, Side.choices
    yield [
        *(_("Event"), _("Kind"), _("Date"), _("Had a place"), _("Came")),
        *(str(label) for _value, label in (*roles, *sides)),
        _("From no member"),
    ]
    named = [
        ([event.title, str(event.get_kind_display()), timezone.localdate(event.starts_at).isoformat()], tally)
        for event, tally in found.lines
    ]
    for about, tally in [*named, ([_("All together"), "", ""], found.total)]:
        counts = [tally.confirmed, tally.came]
        counts += [tally.of_role(role) for role, _label in roles] + [tally.of_side(side) for side, _label in sides]
        yield [*about, *map(str, [*counts, tally.guests])]
