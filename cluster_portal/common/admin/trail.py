"""The trail of what was done, as sentences; nobody adds, changes or removes a line."""

from collections.abc import Callable
from typing import ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cluster_portal.common import wording
from cluster_portal.common.admin.paging import BoundedPaginator
from cluster_portal.common.admin.site import ReadOnlyAdmin
from cluster_portal.common.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Readable by office, directors and superuser; apps take away what concerns a file that the reader may not open."""

    list_display = ("at", "sentence", "thing", "who")
    search_fields = ("target_name",)
    search_help_text = _("How the name of the thing or of the person begins.")
    paginator = BoundedPaginator
    fields = ("at", "sentence", "thing", "who", "params")
    ordering = ("-id",)
    list_per_page = 50

    hidden: ClassVar[list[Callable[[HttpRequest], Q | None]]] = []
    """Makers of conditions on the lines that a reader does not see."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        lines = super().get_queryset(request)
        for make in self.hidden:
            condition = make(request)
            if condition is not None:
                lines = lines.exclude(condition)
        return lines

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEvent], search_term: str
    ) -> tuple[QuerySet[AuditEvent], bool]:
        """The whole term is the beginning of a name; a number of a request is one."""
        term = search_term.strip()
        named = Q(target_name__istartswith=term) | Q(actor_name__istartswith=term)
        return (queryset.filter(named) if term else queryset), False

    @admin.display(description=AuditEvent._meta.get_field("target_name").verbose_name)
    def thing(self, event: AuditEvent) -> SafeString | str:
        """As it was called then; whatever has a name in both languages is kept by its English one."""
        if event.target_type.startswith("members."):
            return event.target_name
        return format_html('<span lang="en">{}</span>', event.target_name)

    @admin.display(description=_("what was done"))
    def sentence(self, event: AuditEvent) -> str:
        return wording.told(event)

    @admin.display(description=_("by"))
    def who(self, event: AuditEvent) -> str:
        return event.actor_name or str(_("the portal"))
