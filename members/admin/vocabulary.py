"""The words of the cluster, kept by the office: sectors, capability words, names of documents."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.common import audit
from cluster_portal.common.admin.site import DeskAdmin, ReadOnlyAdmin, history_page
from members.actions.directory import rebuild_directory
from members.models import DocumentType, Sector, Tag
from members.permissions import works_at_desk
from members.rules.text import comma_letters

NAMELESS = {"parent": gettext_lazy("Under the word"), "position": gettext_lazy("Place in the list")}


class WordAdmin(DeskAdmin):
    """A word is added and edited, never deleted: what was chosen keeps its name. Each edit is in the trail."""

    stays: ClassVar[tuple[str, ...]] = ("code",)
    """Fields that do not change once the word is there."""
    in_directory = True
    """Members are found by this word: the directory follows an edit, in the same transaction."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Two columns have no name of their own: one comes with the tree, one only orders."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in NAMELESS:
            field.label = NAMELESS[db_field.name]
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        return works_at_desk(request.user) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return works_at_desk(request.user) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.stays if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save with Romanian letters in their comma form, and a line in the trail."""
        for field in obj._meta.concrete_fields:
            value = getattr(obj, field.attname)
            if isinstance(value, str):
                setattr(obj, field.attname, comma_letters(value))
        super().save_model(request, obj, form, change)
        verb = "word_edited" if change else "word_added"
        audit.record(verb, obj, by=request.user, fields=form.changed_data)  # type: ignore[arg-type]
        if self.in_directory and form.changed_data:
            rebuild_directory()

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        thing = self.get_object(request, object_id)
        if thing is None or not self.has_view_permission(request, thing):
            return super().history_view(request, object_id, extra_context)
        return history_page(self, request, thing)


@admin.register(Sector)
class SectorAdmin(WordAdmin):
    list_display = ("code", "name_ro", "name_en")
    fields = ("code", "name_ro", "name_en", "position")


@admin.register(DocumentType)
class DocumentTypeAdmin(WordAdmin):
    """Names and hints; which documents are required is a parameter of the statute."""

    in_directory = False
    list_display = ("code", "name_ro", "name_en")
    fields = ("code", "name_ro", "name_en", "hint_ro", "hint_en", "position")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    """The tree of capability words, to look things up in. Words are changed at the vocabulary desk, and only there.

    The desk keeps two people from overwriting each other and the tree from circles.
    """

    list_display = ("code", "name_ro", "name_en", "under", "active")
    list_filter = ("active",)
    list_select_related = ("parent",)
    search_fields = ("name_ro", "name_en", "code")
    search_help_text = gettext_lazy("A part of the word or its code.")
    fields = ("at_the_desk", "code", "under", "name_ro", "name_en", "aliases", "scored", "active")
    readonly_fields = ("at_the_desk", "under")
    ordering = ("position", "id")

    @admin.display(description=NAMELESS["parent"])
    def under(self, word: Tag) -> str:
        return str(word.parent or "")

    @admin.display(description=gettext_lazy("To change it"))
    def at_the_desk(self, word: Tag) -> str:
        desk = reverse("members:word", args=[word.pk])
        return format_html('<a href="{}">{}</a>', desk, _("Open the vocabulary desk"))
