"""Mandates of directors: read by the desk; the office or the superuser records a mandate and its end."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.actions.mandates import appoint_director, end_mandate
from members.admin.pages import done, only, page, person, status_of, told
from members.admin.tables import DeskTable
from members.forms.desk import EndMandateForm, MandateForm
from members.models import Directorship
from members.permissions import can_appoint
from members.rules.errors import RuleError

LIST = "admin:members_directorship_changelist"


@admin.register(Directorship)
class DirectorshipAdmin(DeskTable):
    list_display = ("user", "role", "starts_on", "ends_on", "in_office")
    list_filter = ("role",)
    list_select_related = ("user",)
    ordering = ("-starts_on", "-id")
    fields = ("user", "role", "starts_on", "ends_on")
    change_list_template = "admin/desk/mandates.html"

    @admin.display(description=gettext_lazy("in office"), boolean=True)
    def in_office(self, mandate: Directorship) -> bool:
        today = timezone.localdate()
        return mandate.starts_on <= today and (mandate.ends_on is None or mandate.ends_on >= today)

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        mine = [
            path("appoint/", guard(appoint_view), name="members_directorship_appoint"),
            path("<int:pk>/end/", guard(end_view), name="members_directorship_end"),
        ]
        return [*mine, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_appoint": can_appoint(request.user), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One mandate, and the way to end it."""
        mandate = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, mandate):
            raise PermissionDenied
        if mandate is None:
            raise Http404
        values = {
            "title": str(mandate.user),
            "mandate": mandate,
            "may_end": can_appoint(request.user) and self._runs(mandate),
        }
        return page(request, "mandate", values)

    def _runs(self, mandate: Directorship) -> bool:
        return mandate.ends_on is None or mandate.ends_on >= timezone.localdate()


def appoint_view(request: HttpRequest) -> HttpResponse:
    """Record a mandate that the assembly gave."""
    only(can_appoint(request.user))
    form = MandateForm(request.POST if request.method == "POST" else None, initial={"starts_on": timezone.localdate()})
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        try:
            mandate = appoint_director(by=person(request), **form.cleaned_data)
        except RuleError as error:
            refusal, status = told(error), status_of(error)
        else:
            return done(request, _("%(person)s is appointed.") % {"person": mandate.user}, reverse(LIST))
    elif form.is_bound:
        status = 422
    values = {"title": _("Appoint a director"), "form": form, "refusal": refusal, "back": reverse(LIST)}
    return page(request, "appoint", values, status)


def end_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the last day of a mandate."""
    only(can_appoint(request.user))
    mandate = Directorship.objects.select_related("user").filter(pk=pk).first()
    if mandate is None:
        raise Http404
    form = EndMandateForm(request.POST if request.method == "POST" else None, initial={"ends_on": timezone.localdate()})
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        try:
            end_mandate(pk, by=person(request), ends_on=form.cleaned_data["ends_on"])
        except RuleError as error:
            refusal, status = told(error), status_of(error)
        else:
            return done(request, _("The last day of the mandate is recorded."), reverse(LIST))
    elif form.is_bound:
        status = 422
    back = reverse("admin:members_directorship_change", args=[pk])
    values = {"title": str(mandate.user), "mandate": mandate, "form": form, "refusal": refusal, "back": back}
    return page(request, "end_mandate", values, status)
