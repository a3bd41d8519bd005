"""Versions of the statute with their articles; a change of statute is a new version, loaded by the engineer."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.admin.pages import page
from members.admin.tables import DeskTable
from members.models import StatuteVersion
from members.queries.statute import articles_of


@admin.register(StatuteVersion)
class StatuteAdmin(DeskTable):
    list_display = ("label", "in_force_from", "in_force_until")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The articles, and the terms that the engine takes from this version."""
        statute = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, statute):
            raise PermissionDenied
        if statute is None:
            raise Http404
        rules = statute.parameters
        terms = [
            (_("Days to complete a returned file"), rules.completion_grace_days, "completion_grace_days"),
            (_("Days for objections"), rules.objection_window_days, "objection_window_days"),
            (_("Days to decide"), rules.decision_deadline_days, "decision_deadline_days"),
            (_("Directors who must be left to decide"), rules.min_eligible, "matters.admission"),
            (_("Days of a written procedure"), rules.written("admission").min_days, "written_procedure"),
            (_("Days of notice before leaving"), rules.withdrawal_notice_days, "withdrawal_notice_days"),
            (_("Days to contest a rejection"), rules.appeal.days, "appeal"),
        ]
        values = {
            "title": _("Statute in force from %(day)s") % {"day": date_format(statute.in_force_from, "j F Y")},
            "statute": statute,
            "articles": articles_of(statute),
            "terms": [(label, days, rules.article(key)) for label, days, key in terms],
        }
        return page(request, "statute", values)
