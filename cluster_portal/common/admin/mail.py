"""Letters at the office's desk: where each one stands, what the mail server said, and "send again"."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.common import delivery
from cluster_portal.common.admin.paging import BoundedPaginator
from cluster_portal.common.admin.site import ReadOnlyAdmin
from cluster_portal.common.models import MailState, OutgoingMail, User
from cluster_portal.common.templatetags.ui import status
from cluster_portal.common.views import shown_as_letter

LOOKS: dict[str, dict[str, str]] = {
    MailState.QUEUED: {"icon": "clock"},
    MailState.SENDING: {"icon": "clock"},
    MailState.SENT: {},
    MailState.UNCERTAIN: {"tone": "heed"},
    MailState.FAILED: {"tone": "stop"},
    MailState.HELD: {"tone": "heed"},
    MailState.CANCELLED: {"icon": "x"},
}


class StateFilter(admin.SimpleListFilter):
    """Where letters stand, with how many stand there; those that were sent are too many to be counted."""

    title = gettext_lazy("state")
    parameter_name = "state__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = OutgoingMail.objects.exclude(state=MailState.SENT).values("state").order_by("state")
        counts = dict(rows.annotate(number=Count("pk")).values_list("state", "number"))
        return [
            (
                state.value,
                f"{state.label} ({counts.get(state.value, 0)})" if state != MailState.SENT else str(state.label),
            )
            for state in MailState
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        chosen = self.value()
        return queryset.filter(state=chosen) if chosen in MailState.values else queryset


class AddressFilter(admin.SimpleListFilter):
    """Letters to addresses that refuse them."""

    title = gettext_lazy("address")
    parameter_name = "address"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("refusing", _("Refuses letters"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        return queryset.filter(recipient__in=delivery.refusing_addresses()) if self.value() == "refusing" else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """Read by the office. A letter that carries a key shows its text to nobody."""

    list_display = ("titled", "recipient", "stands", "attempts", "created_at")
    list_filter = (StateFilter, AddressFilter)
    search_fields = ("recipient",)
    search_help_text = gettext_lazy("Part of the recipient's address.")
    paginator = BoundedPaginator
    ordering = ("-id",)
    sortable_by = ()
    change_list_template = "admin/desk/letters.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        return super().get_queryset(request).defer("text", "html")

    @admin.display(description=gettext_lazy("subject"))
    def titled(self, mail: OutgoingMail) -> SafeString:
        """In the language of its reader, which need not be that of the page."""
        return format_html('<span lang="{}">{}</span>', mail.language, mail.subject)

    @admin.display(description=gettext_lazy("state"))
    def stands(self, mail: OutgoingMail) -> SafeString:
        return state_drawn(mail)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"trouble": delivery.trouble(), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One letter on a page of the desk."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        mail = self.letter(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": mail.subject,
            "mail": mail,
            "state": state_drawn(mail),
            "about": about(mail),
            "attachments": attached(mail),
            "refused": delivery.refusing_addresses().filter(recipient=mail.recipient).exists(),
            "wiped": mail.confidential and not mail.text,
            "on_its_way": delivery.on_its_way(mail),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/desk/letter.html", context)

    def letter(self, request: HttpRequest, object_id: str) -> OutgoingMail:
        """One letter, for who may see letters; words instead of a number are not found."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        return get_object_or_404(OutgoingMail, pk=int(object_id))

    # -- doors
    def get_urls(self) -> list[URLPattern]:
        doors = {
            "<str:object_id>/again/": ("again", require_POST(self.again)),
            "<str:object_id>/page/": ("page", require_safe(shown_as_letter(self.page))),
            "resume/": ("resume", require_POST(self.resume)),
        }
        mine = [
            path(route, self.admin_site.admin_view(view), name=f"common_outgoingmail_{name}")
            for route, (name, view) in doors.items()
        ]
        return [*mine, *super().get_urls()]

    def again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Send this letter once more."""
        mail = self.letter(request, object_id)
        assert isinstance(request.user, User)
        waits = delivery.on_its_way(mail)
        try:
            sent = delivery.send_again(mail.pk, by=request.user)
        except delivery.KeyForgotten:
            messages.error(request, _("The letter carried a key and is not kept. Ask the person to request a new one."))
            sent = mail
        else:
            words = _("The letter is on its way already.") if waits else _("The letter goes out again.")
            messages.success(request, words)
        return HttpResponseRedirect(reverse("admin:common_outgoingmail_change", args=[sent.pk]))

    def page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The HTML part, for the frame on the page of the letter; a letter with a key has none for anybody."""
        mail = self.letter(request, object_id)
        if mail.confidential:
            raise Http404
        return HttpResponse(mail.html)

    def resume(self, request: HttpRequest) -> HttpResponse:
        """Try the mail server now instead of at the end of the pause."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        delivery.resume()
        messages.success(request, _("The mail server is asked again. Load the page in a moment to see how it went."))
        return HttpResponseRedirect(reverse("admin:common_outgoingmail_changelist"))


def state_drawn(mail: OutgoingMail) -> SafeString:
    return status(mail.get_state_display(), **LOOKS[mail.state])


def attached(mail: OutgoingMail) -> list[Any]:
    """What travels with a letter: names and sizes, without what is in it."""
    return list(mail.attachments.annotate(size=Length("content")).values("name", "method", "size"))


def about(mail: OutgoingMail) -> tuple[str, str] | None:
    """What a letter is about and where the desk shows it, when the desk has a page for it."""
    for model in admin.site._registry:
        if model._meta.label_lower == mail.target_type:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            return str(model._meta.verbose_name), reverse(name, args=[mail.target_id])
    return None
