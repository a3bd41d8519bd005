"""The pages that are measured, the bare page they are held against, and the targets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.sessions.backends.cache import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from cluster_portal.benchmarks.measuring import Cost, Page, ratio, visits
from cluster_portal.common.models import User
from members.models import AdhesionRequest, DirectoryEntry, Organisation, StatuteVersion

CARDS = engines["django"].from_string(
    "<ul>{% for one in rows %}<li><h3><a href='/members/{{ one.0 }}/'>{{ one.1 }}</a></h3><p>{{ one.2 }} {{ one.3 }}"
    " {{ one.4 }}</p><p>{{ one.5 }}</p></li>{% endfor %}</ul>"
)


def bare() -> bytes:
    """A view without middleware: one query of 25 rows through the ORM, one template."""
    entries = DirectoryEntry.objects.filter(audience="public").order_by("sort_key", "id")
    rows = entries.values_list("slug", "name", "side", "helix_role", "place", "summary_en")[:25]
    return CARDS.render({"rows": list(rows)}).encode()


def directory_pages(handler: WSGIHandler) -> dict[str, Page]:
    """The directory as strangers visit it. Filters and words vary from visit to visit, so no answer is remembered."""
    roles, counties = ("industry", "university", "government", "catalyst"), ("SB", "BV", "IS", "CJ", "TM", "B", "CT")
    filtered = [
        f"/members/?role={role}&area={county}&maturity={band}"
        for band in ("research", "development", "deployment")
        for role in roles
        for county in counties
    ]
    words = (
        "senzori",
        "textile",
        "securitate",
        "detectoare",
        "composites",
        "filters",
        "atleierul",
        "cibernetca",
        "energy",
    )
    entries = DirectoryEntry.objects.filter(audience="public").order_by("pk")
    slugs = list(entries.values_list("slug", flat=True)[:200])
    return {
        "bare page": bare,
        "directory": visits(handler, ["/members/"]),
        "directory, filtered": visits(handler, filtered),
        "directory, searched": visits(handler, [f"/members/?q={one}+{other}" for one in words for other in words]),
        "member": visits(handler, [f"/members/{slug}/" for slug in slugs]),
        "home": visits(handler, ["/"]),
    }


@transaction.atomic
def invent_requests() -> int:
    """A decided request for every organisation, and three hundred that wait; written past the doors, to be measured."""
    statute, applicant = StatuteVersion.objects.get(), User.objects.create_user("applicant@example.org")
    now = timezone.now()
    made = [
        AdhesionRequest(
            organisation=organisation,
            applicant=applicant,
            membership_type_id="associate",
            number=f"{now.year}-{place:05d}",
            statute=statute,
            submitted_at=now - timedelta(days=place % 700),
            state="submitted" if place <= 300 else "rejected",
            decided_at=None if place <= 300 else now,
        )
        for place, organisation in enumerate(Organisation.objects.order_by("pk"), start=1)
    ]
    AdhesionRequest.objects.bulk_create(made, batch_size=2000)
    return len(made)


def queue_pages() -> dict[str, Page]:
    """The Board's list of requests, and the list that Django makes of the same table without help."""
    person = User.objects.create_superuser("board@example.org")
    ours = admin.site._registry[AdhesionRequest]

    class Stock(admin.ModelAdmin):  # type: ignore[type-arg]  # takes none at run time
        list_display = ("number", "organisation", "state", "submitted_at")
        list_filter = ("state",)
        search_fields = ("number", "organisation__legal_name")
        list_per_page = ours.list_per_page

        def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
            return ChangeList

    def visit(model_admin: Any, query: str = "") -> Callable[[], bytes]:
        def page() -> bytes:
            request = RequestFactory().get(f"/admin/members/adhesionrequest/{query}")
            request.user = User.objects.get(pk=person.pk)
            request.session = SessionStore()
            return bytes(model_admin.changelist_view(request).render().content)

        return page

    return {
        "stock list of requests": visit(Stock(AdhesionRequest, admin.site)),
        "Board's list": visit(ours, "?state=all"),
    }


@dataclass(frozen=True)
class Result:
    """One line of the report."""

    name: str
    figure: str
    target: str
    met: bool


def results(costs: dict[str, Cost], small: dict[str, Cost], memory: float, weight: int) -> list[Result]:
    """Hold the costs against the targets. `small` are the costs of the same pages at a tenth of the members."""

    def times(name: str, base: str, most: float) -> Result:
        found = ratio(costs[name], costs[base])
        return Result(f"{name}, CPU", f"{found:.2f} x {base}", f"<= {most} x", found <= most)

    def growth(name: str, most: float) -> Result:
        found = costs[name].milliseconds / small[name].milliseconds
        return Result(f"{name}, growth from a tenth", f"{found:.2f} x", f"<= {most} x", found <= most)

    def asks(name: str, most: int) -> Result:
        return Result(f"{name}, queries", str(costs[name].queries), f"<= {most}", costs[name].queries <= most)

    html = costs["directory"].compressed
    return [
        times("directory", "bare page", 1.5),
        times("directory, filtered", "bare page", 1.8),
        times("directory, searched", "bare page", 2.0),
        times("member", "bare page", 1.5),
        growth("directory, filtered", 1.3),
        growth("directory", 1.3),
        times("Board's list", "stock list of requests", 1.2),
        asks("directory", 2),
        asks("member", 3),
        asks("Board's list", 8),
        Result("directory, HTML compressed", f"{html / 1024:.1f} KB", "<= 6 KB", html <= 6 * 1024),
        Result("first visit, compressed", f"{weight / 1024:.1f} KB", "<= 30 KB", weight <= 30 * 1024),
        Result("memory of the process", f"{memory:.0f} MB", "<= 90 MB", memory <= 90),
    ]
