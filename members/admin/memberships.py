"""Memberships: read by the desk; the office records suspensions, notices and ends, each with its basis."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.actions.membership import change_membership
from members.admin.pages import done, only, page, person, status_of, told
from members.admin.tables import DeskTable
from members.forms.desk import MembershipForm
from members.models import Membership
from members.permissions import is_office
from members.queries.statute import statute_in_force
from members.rules.errors import RuleError
from members.rules.lifecycle import MEMBERSHIP_TRANSITIONS
from members.rules.text import fold

ADDRESS = "admin:members_membership_change"
VERBS = {
    "suspend": (gettext_lazy("Suspend"), gettext_lazy("Suspend this membership?"), "suspension_effects"),
    "reinstate": (gettext_lazy("Reinstate"), gettext_lazy("Reinstate this member?"), "suspension_effects"),
    "give_notice": (
        gettext_lazy("Record a notice"),
        gettext_lazy("Record that the member gives notice?"),
        "withdrawal_notice_days",
    ),
    "cease": (gettext_lazy("Record the end"), gettext_lazy("Record that this membership ceased?"), "adhesion"),
}


@admin.register(Membership)
class MembershipAdmin(DeskTable):
    list_display = ("organisation", "type", "state", "admitted_on", "ended_on")
    list_filter = ("state", "type")
    list_select_related = ("organisation", "type")
    search_fields = ("organisation__sort_key",)
    search_help_text = gettext_lazy("A part of the name.")
    ordering = ("organisation__sort_key", "id")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Membership], search_term: str
    ) -> tuple[QuerySet[Membership], bool]:
        term = fold(search_term)
        return (queryset.filter(organisation__sort_key__contains=term) if term else queryset), False

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        view = guard(change_view)
        mine = [path(f"<int:pk>/{verb}/", view, {"verb": verb}, f"members_membership_{verb}") for verb in VERBS]
        return [*mine, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The membership with its lines in the register and the buttons of the office."""
        membership = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, membership):
            raise PermissionDenied
        if membership is None:
            raise Http404
        values = {
            "title": membership.organisation.display_name,
            "membership": membership,
            "lines": membership.events.select_related("by", "resolution").order_by("-effective_on", "-id"),
            "buttons": [(label, reverse(f"admin:members_membership_{verb}", args=[membership.pk]))
                        for verb, (label, _question, _key) in VERBS.items() if verb in lawful(membership)]
            if is_office(request.user)
            else [],
        }  # fmt: skip
        return page(request, "membership", values)


def lawful(membership: Membership) -> set[str]:
    """The changes that the present state allows."""
    return {one.verb for one in MEMBERSHIP_TRANSITIONS if one.source.value == membership.state}


def change_view(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Record one change, with its ground; it cannot be undone, only followed by another."""
    only(is_office(request.user))
    membership = Membership.objects.select_related("organisation", "type").filter(pk=pk).first()
    if membership is None:
        raise Http404
    label, question, key = VERBS[verb]
    back = reverse(ADDRESS, args=[pk])
    rules = statute_in_force().parameters
    initial = {"on": timezone.localdate(), "article": rules.article(key)}
    last = membership.events.order_by("-effective_on").first()
    form = MembershipForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        first=last.effective_on if last else membership.admitted_on,
        last=timezone.localdate(),
    )
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        try:
            change_membership(pk, verb, by=person(request), **form.cleaned_data)
        except RuleError as error:
            refusal, status = told(error), status_of(error)
        else:
            return done(request, _("Recorded in the register."), back)
    elif form.is_bound:
        status = 422
    elif verb not in lawful(membership):
        refusal, status = _("This membership is %(state)s.") % {"state": membership.get_state_display()}, 409
    values = {"title": membership.organisation.display_name, "membership": membership, "form": form, "back": back}
    return page(
        request, "membership_change", {**values, "refusal": refusal, "question": question, "button": label}, status
    )
