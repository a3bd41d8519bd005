"""The cluster's own identity, edited by the office."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from cluster_portal.common import audit
from cluster_portal.common.admin.site import DeskAdmin, history_page
from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import Cluster


@admin.register(Cluster)
class ClusterAdmin(DeskAdmin):
    """One row: names, sentence, description, seat and addresses. Code and matrix come from the preset."""

    list_display = ("short_name", "name_ro", "name_en")
    fields = (
        ("name_ro", "name_en"),
        "short_name",
        ("tagline_ro", "tagline_en"),
        ("headline_ro", "headline_en"),
        "description_ro",
        "description_en",
        ("seat", "founded_on"),
        ("email", "website"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Cluster, form: Any, change: bool) -> None:
        """Save with a line in the trail; the pages show the new identity once the edit is committed."""
        super().save_model(request, obj, form, change)
        audit.record("cluster_edited", obj, by=request.user, fields=form.changed_data)  # type: ignore[arg-type]
        transaction.on_commit(forget_cluster)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return history_page(self, request, Cluster.objects.get(), extra_context)
