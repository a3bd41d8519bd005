"""Changes of identity that members asked for: old and new side by side, accepted or refused as a whole."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.actions.changes import IdentityRefused, accept_change, refuse_change
from members.admin.pages import done, only, page, person, status_of, told
from members.admin.tables import DeskTable
from members.enums import ChangeState, County, HelixRole, Side
from members.forms.desk import AnswerForm
from members.models import ChangeRequest, LegalForm, Organisation
from members.permissions import is_office
from members.rules.errors import RuleError
from members.wording import sentence

ADDRESS = "admin:members_changerequest_change"
LABELS: dict[str, dict[str, Any]] = {
    "county": dict(County.choices),
    "helix_role": dict(HelixRole.choices),
    "side": dict(Side.choices),
}


@admin.register(ChangeRequest)
class ChangeRequestAdmin(DeskTable):
    list_display = ("member", "fields_asked", "state", "asked_by", "asked_at")
    list_filter = ("state",)
    list_select_related = ("organisation", "asked_by")

    @admin.display(description=gettext_lazy("organisation"), ordering="organisation__sort_key")
    def member(self, change: ChangeRequest) -> str:
        return str(change.organisation)

    @admin.display(description=gettext_lazy("what"))
    def fields_asked(self, change: ChangeRequest) -> str:
        return ", ".join(str(_label(name)) for name in change.changes)

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        mine = [
            path(f"<int:pk>/{act}/", guard(answer_view), {"act": act}, f"members_changerequest_{act}")
            for act in ("accept", "refuse")
        ]
        return [*mine, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is asked, old beside new, and the two buttons."""
        change = self.get_object(request, object_id)
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, change):
            raise PermissionDenied
        if change is None:
            raise Http404
        return change_page(request, change)


def change_page(
    request: HttpRequest,
    change: ChangeRequest,
    form: AnswerForm | None = None,
    refusals: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    values = {
        "title": change.organisation.display_name,
        "change": change,
        "rows": [(_label(name), _shown(name, old), _shown(name, new)) for name, (old, new) in change.changes.items()],
        "may_answer": is_office(request.user) and change.state == ChangeState.PENDING,
        "form": form or AnswerForm(),
        "refusals": refusals or [],
        "accept": reverse("admin:members_changerequest_accept", args=[change.pk]),
        "refuse": reverse("admin:members_changerequest_refuse", args=[change.pk]),
    }
    return page(request, "change", values, status)


def _label(name: str) -> Any:
    return getattr(Organisation._meta.get_field(name), "verbose_name", name)


def _shown(name: str, value: str) -> Any:
    """A code by its word."""
    if name == "legal_form" and value:
        found = LegalForm.objects.filter(pk=value).first()
        return found or value
    return LABELS.get(name, {}).get(value, value)


def answer_view(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept or refuse; two people of the office at once: the second reads that it is answered."""
    only(is_office(request.user) and request.method == "POST")
    change = ChangeRequest.objects.select_related("organisation", "asked_by", "decided_by").filter(pk=pk).first()
    if change is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return change_page(request, change, form, status=422)
    action = accept_change if act == "accept" else refuse_change
    try:
        action(pk, by=person(request), answer=form.cleaned_data["answer"])
    except IdentityRefused as error:
        lines = [f"{_label(name)}: {sentence(wrong)}" for name, wrong in error.wrong.items()]
        return change_page(request, change, form, lines, 409)
    except RuleError as error:
        change.refresh_from_db()
        return change_page(request, change, form, [told(error)], status_of(error))
    words = _("Accepted; the register and the pages follow, and the member was written to.")
    if act == "refuse":
        words = _("Refused; the member was written to.")
    return done(request, words, reverse(ADDRESS, args=[pk]))
