"""The desk: Django admin with the portal's own sign-in, and the kernel's tables in it."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table that people read and nobody edits as fields, the superuser included."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PortalAdminSite(admin.AdminSite):
    """Sign-in by the account pages (rate limits, second factor), a desk as the first page."""

    site_title = _("Desk")
    site_header = _("Desk")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff only; with a second factor when the cluster requires one."""
        user = request.user
        if not (user.is_active and getattr(user, "is_staff", False)):
            return False
        return not settings.REQUIRE_STAFF_MFA or is_mfa_enabled(user)

    login = secure_admin_login(admin.AdminSite.login)
