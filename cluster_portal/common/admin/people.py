"""Accounts, groups and second factors: for the superuser alone, and never a key or a password on a page."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.common import audit
from cluster_portal.common.admin.paging import BoundedPaginator
from cluster_portal.common.admin.site import DeskAdmin, ReadOnlyAdmin, history_page
from cluster_portal.common.models import User

ACTS = {
    "add": gettext_lazy("add"),
    "change": gettext_lazy("edit"),
    "delete": gettext_lazy("delete"),
    "view": gettext_lazy("read"),
}


class SuperuserOnly(DeskAdmin):
    """A table that the superuser alone opens, whatever rights somebody was given."""

    def _may(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)


class PersonForm(forms.ModelForm):
    """What a superuser decides about an account; the name and the password are the person's own."""

    class Meta:
        model = User
        fields = ("full_name", "language", "is_active", "is_staff", "is_superuser", "groups")

    def __init__(self, *args: Any, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        kept = ("is_active", "is_staff", "is_superuser")
        if self.by is not None and self.instance.pk == self.by.pk and not all(values.get(name) for name in kept):
            raise ValidationError(_("You cannot take your own rights away: ask another superuser."), code="own_rights")
        return values


@admin.register(User)
class PersonAdmin(SuperuserOnly):
    """Who may sign in and at which desk they work. People sign up by themselves; nobody is deleted here."""

    form = PersonForm
    list_display = ("email", "full_name", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("email", "full_name")
    search_help_text = gettext_lazy("Part of the address or of the name.")
    paginator = BoundedPaginator
    actions = None
    fields = ("email", "full_name", "language", "is_active", "is_staff", "is_superuser", "groups", "last_login")
    readonly_fields = ("email", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change=change, **kwargs)

        class Bound(made):  # type: ignore[misc, valid-type]  # made anew for each request, to know who edits
            def __init__(self, *args: Any, **values: Any) -> None:
                super().__init__(*args, by=request.user, **values)

        return Bound

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        audit.record("person_edited", obj, by=request.user, fields=form.changed_data)  # type: ignore[arg-type]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not self._may(request):
            raise PermissionDenied
        return history_page(self, request, User.objects.get(pk=object_id), extra_context)


@admin.register(Group)
class GroupAdmin(SuperuserOnly, ReadOnlyAdmin):
    """The groups and what they may read; the rights themselves are in common/roles.py."""

    fields = ("name", "rights")

    @admin.display(description=gettext_lazy("rights"))
    def rights(self, group: Group) -> SafeString:
        """A line a table; the framework's own names of rights are English whatever the reader speaks."""
        lines: dict[str, list[str]] = {}
        for right in group.permissions.select_related("content_type").order_by("codename"):
            model = right.content_type.model_class()
            act = ACTS.get(right.codename.partition("_")[0])
            table = capfirst(str(model._meta.verbose_name_plural)) if model else right.content_type.model
            lines.setdefault(table, []).append(str(act or right.name))
        told = ((table, ", ".join(lines[table])) for table in sorted(lines))
        return format_html_join("", "<div>{}: {}</div>", told)


@admin.register(EmailAddress)
class EmailAddressAdmin(SuperuserOnly, ReadOnlyAdmin):
    """Which addresses are confirmed; changed by their owners on the account pages."""

    list_display = ("email", "user", "verified", "primary")
    list_select_related = ("user",)
    search_fields = ("=email",)
    paginator = BoundedPaginator
    fields = ("email", "user", "verified", "primary")


# The library names its model in English only; names are no part of a migration when they are set here.
Authenticator._meta.verbose_name = gettext_lazy("second factor")
Authenticator._meta.verbose_name_plural = gettext_lazy("second factors")


@admin.register(Authenticator)
class FactorAdmin(SuperuserOnly, ReadOnlyAdmin):
    """Who has a second factor. The secret is never shown; a lost factor is removed and set up anew."""

    list_display = ("person", "kind", "since", "last_used")
    list_select_related = ("user",)
    search_fields = ("=user__email",)
    paginator = BoundedPaginator
    fields = list_display
    readonly_fields = list_display

    @admin.display(description=gettext_lazy("person"), ordering="user")
    def person(self, factor: Authenticator) -> str:
        return str(factor.user)

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, factor: Authenticator) -> str:
        return str(factor.get_type_display())

    @admin.display(description=gettext_lazy("since"), ordering="created_at")
    def since(self, factor: Authenticator) -> Any:
        return factor.created_at

    @admin.display(description=gettext_lazy("last used"), ordering="last_used_at")
    def last_used(self, factor: Authenticator) -> Any:
        return factor.last_used_at

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request) and obj is not None and obj.user_id != request.user.pk

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        audit.record("factor_removed", obj.user, by=request.user, kind=obj.type)  # type: ignore[arg-type]
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        raise PermissionDenied
