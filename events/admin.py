"""Events at the desk: tables to search and read; making and changing happens on the portal's own pages."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.admin import MenuLink, ReadOnlyAdmin
from cluster_portal.common.admin.paging import BoundedPaginator
from cluster_portal.common.admin.trail import AuditEventAdmin
from events.models import Event, Speaker
from events.permissions import can_manage


class OfficeTable(ReadOnlyAdmin):
    """Read by those who run events, as the table of roles says."""

    paginator = BoundedPaginator
    sortable_by = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_manage(request.user) and super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_manage(request.user) and super().has_view_permission(request, obj)


@admin.register(Event)
class EventAdmin(OfficeTable):
    list_display = ("title", "kind", "state", "starts_at", "capacity", "taken", "page")
    list_filter = ("state", "kind")
    search_fields = ("title_ro", "title_en", "slug")
    ordering = ("-starts_at", "-pk")
    fields = (
        *("page", "title_ro", "title_en", "kind", "state", "starts_at", "ends_at", "all_day", "mode"),
        *("place_name", "place_address", "audience", "capacity", "taken", "list_order", "opens_at", "closes_at"),
        *("approval_required", "guests_allowed", "creator", "publisher", "published_at", "reason"),
    )
    readonly_fields = fields

    @admin.display(description=_("title"))
    def title(self, event: Event) -> str:
        return event.title

    @admin.display(description=_("created by"))
    def creator(self, event: Event) -> str:
        return str(event.created_by)

    @admin.display(description=_("published by"))
    def publisher(self, event: Event) -> str:
        return str(event.published_by or "")

    @admin.display(description=_("page of the office"))
    def page(self, event: Event) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("events:manage-event", args=[event.pk]), _("Open and edit"))


@admin.register(Speaker)
class SpeakerAdmin(OfficeTable):
    list_display = ("full_name", "comes_from", "page")
    list_select_related: ClassVar = ("organisation",)
    search_fields = ("full_name",)
    fields = ("page", "full_name", "organisation", "organisation_name", "post_ro", "post_en")
    readonly_fields = fields

    @admin.display(description=_("organisation"))
    def comes_from(self, speaker: Speaker) -> str:
        return speaker.comes_from

    @admin.display(description=_("page of the office"))
    def page(self, speaker: Speaker) -> SafeString:
        address = reverse("events:manage-speaker", args=[speaker.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open and edit"))


def menu(request: HttpRequest) -> Iterable[MenuLink]:
    """The way from the desk to the office's pages for events."""
    if can_manage(request.user):
        yield MenuLink(_("Seminars"), reverse("events:manage"))


admin.site.menu(menu)  # type: ignore[attr-defined]  # the portal's own site


def of_events(request: HttpRequest) -> Q | None:
    """Drafts are the office's, and a line of the trail names its event: a director reads none of them."""
    return None if can_manage(request.user) else Q(target_type__startswith="events.")


AuditEventAdmin.hidden.append(of_events)
