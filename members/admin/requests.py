"""Adhesion requests at the desk: the queue, and the doors of every button on a file."""

import re
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cluster_portal.common.admin.paging import BoundedPaginator
from cluster_portal.common.admin.site import DeskAdmin, ReadOnlyAdmin
from cluster_portal.common.templatetags.ui import role, side, status
from members.admin import ballots, board, files, office
from members.admin.filters import MyVoteFilter, StateFilter, TermFilter
from members.admin.terms import term_words
from members.enums import AdhesionState
from members.models import AdhesionRequest
from members.permissions import is_director, works_at_desk
from members.queries.desk import is_found, queue, term_of
from members.rules.lifecycle import State

NUMBER = re.compile(r"\d{4}-\d{1,6}")


@admin.action(description=_("Vote on the selected requests"))
def vote_on_selected(model_admin: admin.ModelAdmin, request: HttpRequest, rows: QuerySet[AdhesionRequest]) -> Any:
    """Open the page on which several files are voted; nothing is written here."""
    ids = list(rows.filter(state=State.DELIBERATION).values_list("pk", flat=True)[: ballots.MOST])
    if not ids:
        messages.warning(request, _("None of the selected requests is in deliberation."))
        return None
    address = reverse("admin:members_adhesionrequest_votes")
    return HttpResponseRedirect(f"{address}?ids={','.join(str(pk) for pk in ids)}")


@admin.register(AdhesionRequest)
class AdhesionRequestAdmin(ReadOnlyAdmin):
    """The queue. No column of a request is edited here by anybody: the buttons call actions."""

    list_display = ("numbered", "organisation_named", "stands", "term", "file_state")
    list_display_links = None
    list_filter = (StateFilter, TermFilter, MyVoteFilter)
    search_fields = ("number",)
    search_help_text = _("Number of the request, name of the organisation, or tax number.")
    paginator = BoundedPaginator
    actions = (vote_on_selected,)
    sortable_by = ()
    change_list_template = "admin/desk/queue.html"

    # -- who
    def has_module_permission(self, request: HttpRequest) -> bool:
        return works_at_desk(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return works_at_desk(request.user)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if is_director(request.user) else {}

    # -- which
    def get_queryset(self, request: HttpRequest) -> QuerySet[AdhesionRequest]:
        return queue()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Open files: who waited longest comes first; with the decided ones: the newest first."""
        chosen = request.GET.get("stands", "")
        newest = chosen in {"all", "approved", "rejected", "ended"} or request.GET.get("q")
        return ("-id",) if newest else ("submitted_at", "id")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AdhesionRequest], search_term: str
    ) -> tuple[QuerySet[AdhesionRequest], bool]:
        """By number, by tax number, or by a part of the name (typing mistakes forgiven); each by its own index."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if NUMBER.fullmatch(term):
            return queryset.filter(Q(number=term) | Q(number__startswith=term)), False
        return queryset.filter(is_found("organisation_id", term)), False

    # -- what a row says
    @admin.display(description=_("number"))
    def numbered(self, adhesion: AdhesionRequest) -> SafeString:
        return format_html('<a class="code" href="{}">{}</a>', f"{adhesion.pk}/change/", adhesion.number)

    @admin.display(description=_("organisation"))
    def organisation_named(self, adhesion: AdhesionRequest) -> SafeString:
        organisation = adhesion.organisation
        return format_html(
            '<a class="name" href="{}">{}</a><span class="org__meta">{}{}</span>',
            f"{adhesion.pk}/change/",
            organisation.legal_name,
            side(organisation.side),
            role(organisation.helix_role),
        )

    @admin.display(description=_("stands"))
    def stands(self, adhesion: AdhesionRequest) -> SafeString:
        icons = {"deliberation": "users", "returned": "rotate-ccw", "approved": "check", "rejected": "x"}
        label = AdhesionState(adhesion.state).label  # get_state_display translates every label, for each row
        return status(label, icon=icons.get(adhesion.state, "clock"))

    @admin.display(description=_("term"))
    def term(self, adhesion: AdhesionRequest) -> str:
        return term_words(term_of(adhesion, timezone.localdate()), getattr(adhesion, "round_closes_at", None))

    @admin.display(description=_("file"))
    def file_state(self, adhesion: AdhesionRequest) -> str:
        """What the check of completeness last said of it."""
        if adhesion.state == State.RETURNED:
            asked = len(adhesion.returned_for)
            return ngettext("%(number)d thing asked for", "%(number)d things asked for", asked) % {"number": asked}
        if adhesion.declared_complete_at:
            return str(_("declared complete"))
        return str(_("sent as complete, to be checked"))

    # -- doors
    def get_urls(self) -> list[URLPattern]:
        steps = {
            "return": office.return_view,
            "complete": office.complete_view,
            "appeal": office.appeal_view,
            "open": board.open_view,
            "ballot": board.ballot_view,
            "aside": board.aside_view,
            "presence": board.presence_view,
            "close": board.close_view,
            "demand": board.demand_view,
        }
        guard = self.admin_site.admin_view
        name = "members_adhesionrequest_{}".format
        mine = [path(f"<int:pk>/{step}/", guard(view), name=name(step)) for step, view in steps.items()]
        mine += [
            path("votes/", guard(ballots.votes_view), name=name("votes")),
            path("<int:pk>/rounds/<int:number>/", guard(board.round_view), name=name("round")),
        ]
        return [*mine, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A POST opens the page of votes for directors; any other is refused."""
        if request.method == "POST" and request.POST.get("action") == "vote_on_selected" and is_director(request.user):
            return DeskAdmin.changelist_view(self, request, extra_context)
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The file. There is no form to change it by."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return files.file_view(request, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history is a part of the file."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return files.file_view(request, object_id)
