"""The site of the desk: who enters, what its first page and its menu show, and tables that nobody edits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.utils import unquote
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from cluster_portal.common import audit, wording
from cluster_portal.common.http import factor_shown


@dataclass(frozen=True)
class Panel:
    """A part of the desk's first page: a template and its values."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class MenuLink:
    """A way in the desk's bar, with how many things wait there (0 is not shown)."""

    label: Any
    href: str
    count: int = 0


PanelMaker = Callable[[HttpRequest], Iterable[Panel]]
MenuMaker = Callable[[HttpRequest], Iterable[MenuLink]]


class PortalAdminSite(admin.AdminSite):
    """Sign-in by the account pages; apps add panels to the first page and ways to the bar."""

    site_title = gettext_lazy("Desk")
    site_header = gettext_lazy("Desk")
    index_title = gettext_lazy("What waits")
    index_template = "admin/desk/index.html"
    enable_nav_sidebar = False
    final_catch_all_view = False  # an address that does not exist is a 404 for everybody

    # Doors of the stock site that this desk does without: passwords are changed on the account pages.
    closed_doors: ClassVar = {"password_change", "password_change_done", "view_on_site"}

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.panel_makers: list[PanelMaker] = []
        self.menu_makers: list[MenuMaker] = []
        self.disable_action("delete_selected")

    def panels(self, maker: PanelMaker) -> PanelMaker:
        """Decorator: `maker(request)` gives the panels of an app, none for those whom they do not concern."""
        self.panel_makers.append(maker)
        return maker

    def menu(self, maker: MenuMaker) -> MenuMaker:
        """Decorator: `maker(request)` gives the ways of an app in the bar."""
        self.menu_makers.append(maker)
        return maker

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Tables that libraries would open for editing (keys, sessions, groups) stay closed."""
        if admin_class is not None and admin_class.__module__.startswith(("allauth.", "django.", "pghistory.")):
            return
        super().register(model_or_iterable, admin_class, **options)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The account pages sign in, with limits and second factor; staff who are signed in are sent to the desk.

        The form of the stock admin, which counts no attempts, is shown to nobody.
        """
        answer: HttpResponse = secure_admin_login(lambda _request: redirect("admin:index"))(request)
        return answer

    def get_urls(self) -> list[Any]:
        return [one for one in super().get_urls() if getattr(one, "name", "") not in self.closed_doors]

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff only; with a second factor shown in this session when one is required. Asked once a request."""
        known: bool | None = request.__dict__.get("_desk_opens")
        if known is None:
            known = request.__dict__["_desk_opens"] = self._opens(request)
        return known

    def _opens(self, request: HttpRequest) -> bool:
        user = request.user
        if not (user.is_active and getattr(user, "is_staff", False)):
            return False
        if not settings.REQUIRE_STAFF_MFA:
            return True
        return factor_shown(request) and is_mfa_enabled(user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Who is signed in but does not work at a desk is refused; sending them to sign in again would not help."""
        guarded = super().admin_view(view, cacheable)

        def entrance(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            if "" in request.GET.getlist("_to_field"):  # the stock admin looks it up as a name
                raise DisallowedModelAdminToField("The field without a name cannot be referenced.")
            response: HttpResponse = guarded(request, *args, **kwargs)
            return response

        return update_wrapper(entrance, guarded)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """As on every admin page; the list of tables and the counts of the menu are asked only where they are drawn."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": "/",
            "has_permission": self.has_permission(request),
            "available_apps": SimpleLazyObject(lambda: self.get_app_list(request)),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "log_entries": None,
            "desk_menu": SimpleLazyObject(lambda: [way for make in self.menu_makers for way in make(request)]),
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk: what waits for this person, then the tables they may open."""
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "panels": [panel for make in self.panel_makers for panel in make(request)],
            "app_list": self.get_app_list(request),
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, self.index_template, context)


class DeskAdmin(admin.ModelAdmin):
    """What all tables of the desk share."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    list_per_page = 30
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, headed by what is in it."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


class ReadOnlyAdmin(DeskAdmin):
    """A table that people read and nobody edits as fields, the superuser included."""

    actions: Any = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The trail of this thing, for who may read both."""
        thing = self.get_object(request, unquote(object_id))
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, thing):
            raise PermissionDenied
        if thing is None:
            raise Http404
        return history_page(self, request, thing, extra_context)


def history_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, thing: models.Model, extra: dict[str, Any] | None = None
) -> TemplateResponse:
    """What the trail says of one thing, newest first; the last hundred lines."""
    events = audit.of(thing).select_related("actor")[:100]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What happened: %(thing)s") % {"thing": thing},
        "opts": model_admin.opts,
        "thing": thing,
        "entries": [
            {"at": event.at, "text": wording.told(event), "by": event.actor_name or _("the portal")} for event in events
        ],
        **(extra or {}),
    }
    return TemplateResponse(request, "admin/desk/history.html", context)
