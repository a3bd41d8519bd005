"""Resolutions: a list, and each on a page with the figures it rests on, made to be printed."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.admin.pages import address, page, person
from members.admin.tables import DeskTable
from members.models import Resolution
from members.permissions import can_read_file, standing
from members.queries.statute import articles_of
from members.rules.text import fold


@admin.register(Resolution)
class ResolutionAdmin(DeskTable):
    list_display = ("numbered", "body", "organisation", "outcome", "decided_at")
    list_display_links = None
    list_filter = ("outcome", "body", "year")
    list_select_related = ("request__organisation",)
    search_fields = ("request__organisation__sort_key",)
    search_help_text = _("A part of the organisation's name, or the number of the request.")
    ordering = ("-year", "-number", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resolution]:
        return super().get_queryset(request).defer("request__submitted_file", "motive")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Resolution], search_term: str
    ) -> tuple[QuerySet[Resolution], bool]:
        term = search_term.strip()
        if term and term[0].isdecimal():
            return queryset.filter(request__number__startswith=term), False
        return (queryset.filter(request__organisation__sort_key__contains=fold(term)) if term else queryset), False

    @admin.display(description=_("resolution"))
    def numbered(self, resolution: Resolution) -> SafeString:
        return format_html('<a class="code" href="{}">{}</a>', f"{resolution.pk}/change/", resolution)

    @admin.display(description=_("organisation"))
    def organisation(self, resolution: Resolution) -> str:
        return f"{resolution.request.number} · {resolution.request.organisation}"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The resolution with figures, articles and the directors who stepped aside."""
        resolution = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, resolution):
            raise PermissionDenied
        if resolution is None:
            raise Http404
        _not_tied(request, resolution)
        found = [one for one in articles_of(resolution.statute) if one.number in resolution.articles]
        values = {
            "title": _("Resolution %(number)s") % {"number": resolution},
            "resolution": resolution,
            "figures": resolution.figures,
            "articles": found,
            "adhesion": resolution.request,
            "file_href": address(resolution.request),
            "by": person(request),
        }
        return page(request, "resolution", values)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The lines of the trail about it, closed to whom the file is closed."""
        resolution = self.get_object(request, object_id)
        if resolution is not None:
            _not_tied(request, resolution)
        return super().history_view(request, object_id, extra_context)


def _not_tied(request: HttpRequest, resolution: Resolution) -> None:
    """A director who has an interest in the file reads nothing of its decision at the Board's desk."""
    if standing(request.user).director and not can_read_file(request.user, resolution.request):
        raise PermissionDenied
