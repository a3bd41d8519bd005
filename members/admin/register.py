"""The register of members as of any day, on a page and as a file; it opens in place of a list of lines."""

import csv
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from members.admin.pages import page
from members.admin.tables import DeskTable
from members.forms.desk import DayForm
from members.models import RegisterEvent
from members.queries.register import Entry, as_of

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@admin.register(RegisterEvent)
class RegisterAdmin(DeskTable):
    def get_urls(self) -> list[URLPattern]:
        export = path("register.csv", self.admin_site.admin_view(self.export_view), name="members_registerevent_csv")
        return [export, *super().get_urls()]

    def _asked(self, request: HttpRequest) -> tuple[DayForm, date, list[Entry]]:
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        form = DayForm(request.GET or None)
        valid = form.is_bound and form.is_valid()
        day = (form.cleaned_data["day"] if valid else None) or timezone.localdate()
        return form, day, as_of(day, ended=bool(valid and form.cleaned_data["ended"]))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The register of a day."""
        form, day, entries = self._asked(request)
        values = {
            "title": _("Register of members"),
            "form": form,
            "day": day,
            "entries": entries,
            "query": request.GET.urlencode(),
        }
        return page(request, "register", values)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A line of the register has no page of its own: its membership has."""
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        raise Http404

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The same as a CSV file that a spreadsheet opens without taking any text for a formula."""
        _form, day, entries = self._asked(request)
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="register-{day.isoformat()}.csv"'
        answer.write("\ufeff")
        lines = csv.writer(answer)
        titles = (_("Organisation"), _("Tax number"), _("County"), _("Side"), _("Helix role"), _("Type"), _("State"))
        lines.writerow([*titles, _("Member since"), _("In effect from"), _("Basis"), _("Article")])
        for entry in entries:
            lines.writerow([plain(value) for value in columns(entry)])
        return answer


def columns(entry: Entry) -> list[object]:
    """A line of the file; nothing in it is about persons."""
    organisation = entry.membership.organisation
    return [
        organisation.legal_name,
        organisation.tax_id,
        organisation.get_county_display(),
        organisation.get_side_display(),
        organisation.get_helix_role_display(),
        entry.membership.type,
        entry.state.label,
        entry.membership.admitted_on.isoformat(),
        entry.line.effective_on.isoformat(),
        entry.line.basis,
        entry.line.article,
    ]


def plain(value: object) -> str:
    """Text that begins like a formula gets an apostrophe, also in a later line of the cell."""
    text = str(value)
    return "\n".join(f"'{line}" if line.lstrip(" \u00a0").startswith(FORMULA) else line for line in text.split("\n"))
