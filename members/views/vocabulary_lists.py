"""The vocabulary as CSV: out for a spreadsheet, in with a preview of every row."""

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import file
from members.actions.word_lists import import_list, planned_list, state_of_words, words_now
from members.forms.vocabulary import ListForm
from members.rules.errors import RuleError
from members.rules.spreadsheets import harmless
from members.rules.word_lists import BETWEEN, COLUMNS, Row
from members.views.vocabulary import FORMS, keeper
from members.wording import sentence


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Every word that stands for itself; the file can be brought in again."""
    keeper(request)
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for word in words_now().values():
        texts = (word.code, word.parent, word.name_ro, word.name_en, BETWEEN.join(word.aliases))
        writer.writerow([*map(harmless, texts), int(word.scored), int(word.active)])
    return file("\N{BYTE ORDER MARK}" + sheet.getvalue(), "text/csv; charset=utf-8", "vocabulary.csv")


@never_cache
@require_http_methods(FORMS)
def upload(request: HttpRequest) -> HttpResponse:
    """Reads a file and shows what each row would do; nothing is written yet."""
    keeper(request)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            rows = planned_list(form.cleaned_data["upload"])
        except RuleError as error:
            form.add_error("upload", sentence(error))
        else:
            context |= _preview(rows, form.cleaned_data["upload"])
    return render(request, "members/vocabulary/import.html", context)


def _preview(rows: list[Row], text: str) -> dict[str, Any]:
    told = [{"row": row, "problems": [sentence(one) for one in row.problems]} for row in rows if row.fate != "same"]
    counts = {fate: sum(row.fate == fate for row in rows) for fate in ("new", "changed", "same", "faulty")}
    return {"rows": told, "counts": counts, "text": text, "state": state_of_words(), "read": True}


@require_POST
def bring_in(request: HttpRequest) -> HttpResponse:
    """Writes what the preview showed; sent twice, it changes nothing."""
    user = keeper(request)
    try:
        rows = import_list(request.POST.get("text", ""), by=user, state=request.POST.get("state", ""))
    except RuleError as error:
        messages.error(request, sentence(error))
        return redirect("members:words-import")
    done = sum(row.fate in {"new", "changed"} for row in rows)
    if done:
        messages.success(
            request, ngettext("%(count)d word written.", "%(count)d words written.", done) % {"count": done}
        )
    else:
        messages.info(request, _("Everything in the file was there already; nothing was changed."))
    return redirect("members:words")
