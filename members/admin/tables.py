"""What the read-only tables of membership share: they are open to who works at a desk today."""

from typing import Any

from django.http import HttpRequest

from cluster_portal.common.admin.paging import BoundedPaginator
from cluster_portal.common.admin.site import ReadOnlyAdmin
from members.permissions import works_at_desk


class DeskTable(ReadOnlyAdmin):
    """Read by the office, directors in office and the superuser, as the table of roles says."""

    paginator = BoundedPaginator
    sortable_by = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return works_at_desk(request.user) and super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return works_at_desk(request.user) and super().has_view_permission(request, obj)
