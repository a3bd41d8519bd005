"""Organisations as the desk reads them; profiles are edited on their own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.templatetags.ui import role, side
from members.admin.pages import page, person
from members.admin.tables import DeskTable
from members.models import AdhesionRequest, Membership, Organisation
from members.permissions import viewer_of
from members.queries.desk import is_found, tied_requests


@admin.register(Organisation)
class OrganisationAdmin(DeskTable):
    """Members and those who asked to be; a draft that was never sent is not here."""

    list_display = ("named", "sided", "roled", "county", "tax_id")
    list_display_links = None
    list_filter = ("side", "helix_role")
    search_fields = ("sort_key",)
    search_help_text = _("A part of the name, or the tax number.")
    ordering = ("sort_key", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        sent = AdhesionRequest.objects.submitted_once().filter(organisation=OuterRef("pk"))
        member = Membership.objects.filter(organisation=OuterRef("pk"))
        texts = ("description_ro", "description_en")
        return super().get_queryset(request).filter(Exists(member) | Exists(sent)).defer(*texts)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Organisation], search_term: str
    ) -> tuple[QuerySet[Organisation], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        return queryset.filter(is_found("pk", term)), False

    @admin.display(description=_("organisation"))
    def named(self, organisation: Organisation) -> SafeString:
        return format_html('<a class="name" href="{}">{}</a>', f"{organisation.pk}/change/", organisation.legal_name)

    @admin.display(description=_("side"))
    def sided(self, organisation: Organisation) -> SafeString:
        return side(organisation.side)

    @admin.display(description=_("helix role"))
    def roled(self, organisation: Organisation) -> SafeString:
        return role(organisation.helix_role)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One organisation: facts by the reader's levels, memberships, requests, people who sign in for it."""
        organisation = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, organisation):
            return super().change_view(request, object_id, form_url, extra_context)
        if organisation is None:
            return super().change_view(request, object_id, form_url, extra_context)
        levels = viewer_of(request.user).levels_for(organisation.pk)
        tied = set(tied_requests(person(request), organisation.requests.all()).values_list("pk", flat=True))
        requests = organisation.requests.submitted_once().order_by("-id")
        values = {
            "title": organisation.display_name,
            "organisation": organisation,
            "levels": levels,
            "memberships": organisation.memberships.select_related("type").order_by("-admitted_on"),
            "requests": [(one, one.pk not in tied) for one in requests],
            "accounts": organisation.representations.current().select_related("user").order_by("id"),
            "may_contact": "office" in levels,
        }
        return page(request, "organisation", values)
