"""The pages that are measured, and the bare page they are held against."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from urllib.parse import quote_plus

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.sessions.backends.cache import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from cluster_portal.benchmarks.visiting import Page, visits
from cluster_portal.common.models import User
from members.models import AdhesionRequest, DirectoryEntry, Organisation, StatuteVersion
from members.queries.directory import written

CARDS = engines["django"].from_string(
    "<ul>{% for one in rows %}<li><h3><a href='/members/{{ one.0 }}/'>{{ one.1 }}</a></h3><p>{{ one.2 }} {{ one.3 }}"
    " {{ one.4 }}</p><p>{{ one.5 }}</p></li>{% endfor %}</ul>"
)


def bare() -> bytes:
    """A view without middleware: one query of 25 rows through the ORM, one template."""
    entries = DirectoryEntry.objects.filter(audience="public").order_by("sort_key", "id")
    rows = entries.values_list("slug", "name", "side", "helix_role", "place", "summary_en")[:25]
    return CARDS.render({"rows": list(rows)}).encode()


ROLES, COUNTIES = ("industry", "university", "government", "catalyst"), ("SB", "BV", "IS", "CJ", "TM", "B", "CT")
FREQUENT = "senzori textile securitate detectoare composites filters energy".split()
"""Words that stand in a great part of the invented texts. As on any day, the same ones are asked for again."""


def directory_pages(handler: WSGIHandler) -> dict[str, Page]:
    """The directory as strangers visit it. What is asked for varies from visit to visit, so no answer is remembered."""
    filtered = [
        f"/members/?role={role}&area=RO-{county}&maturity={band}"
        for band in ("research", "development", "deployment")
        for role in ROLES
        for county in COUNTIES
    ]
    frequent = [f"/members/?q={one}+{other}" for one in FREQUENT for other in FREQUENT]
    deep = deep_pages()
    long_lists = {
        "first pages": visits(handler, [path for path, _deep in deep]),
        "deep pages": visits(handler, [path for _path, path in deep]),
    }
    return {
        "bare page": bare,
        "directory": visits(handler, ["/members/"]),
        "directory, filtered": visits(handler, filtered),
        "directory, searched": visits(handler, [f"/members/?q={quote_plus(words)}" for words in searches()]),
        "directory, frequent words": visits(handler, frequent),
        **(long_lists if deep else {}),  # a small cluster has none
        "member": visits(handler, member_paths()),
        "home": visits(handler, ["/"]),
    }


def member_paths() -> list[str]:
    entries = DirectoryEntry.objects.filter(audience="public").order_by("pk")
    return [f"/members/{slug}/" for slug in entries.values_list("slug", flat=True)[:200]]


def searches() -> list[str]:
    """What people look for, a few hundred times something else: two words of a member's text, or of its name.

    Every third name has two letters swapped, as fast fingers do.
    """
    chance = Random(11)  # noqa: S311  # invented, no secret
    entries = DirectoryEntry.objects.filter(audience="public").exclude(summary_ro="").order_by("pk")
    made = []
    for number, (name, text) in enumerate(entries.values_list("name", "summary_ro")[:300]):
        if number % 2:
            made.append(" ".join(chance.sample(text.lower().rstrip(".").split(), 2)))
            continue
        first, second = name.split()[:2]
        made.append(f"{swapped(first) if number % 3 == 0 else first} {second}")
    return made


def swapped(word: str) -> str:
    """The word with its third and fourth letter in each other's place."""
    return word[:2] + word[3:4] + word[2:3] + word[4:]


LONG = 30  # fewer members than this fill one page and a half: nothing lies deep


def deep_pages() -> list[tuple[str, str]]:
    """First pages of filtered lists, each with a page that lies in the middle of the same list."""
    found = []
    for side in ("civil", "dual", "defence"):
        for order in ("name", "newest", "maturity"):
            for role in ROLES:
                path = f"/members/?side={side}&role={role}" + (f"&sort={order}" if order != "name" else "")
                entries = DirectoryEntry.objects.filter(audience="public", side=side, helix_role=role)
                if entries.count() < LONG:
                    continue
                found.append((path, f"{path}&after={quote_plus(middle(entries, order))}"))
    return found


def middle(entries: QuerySet[DirectoryEntry], order: str) -> str:
    """The edge that lies in the middle of a list."""
    columns = {"newest": ("-admitted_on",), "maturity": ("-trl",)}.get(order, ())
    ordered = entries.order_by(*columns, "sort_key", "organisation_id")
    one = ordered[ordered.count() // 2]
    first = {"newest": -(one.admitted_on - date(2000, 1, 1)).days, "maturity": -one.trl}.get(order, 0)
    return written((first, one.sort_key, one.organisation_id))


@transaction.atomic
def invent_requests() -> int:
    """A decided request for every organisation that has none, three hundred of the first ones waiting.

    Written past the doors, to be measured. Returns how many there are.
    """
    statute, now = StatuteVersion.objects.get(), timezone.now()
    applicant = User.objects.filter(email="applicant@example.org").first()
    applicant = applicant or User.objects.create_user("applicant@example.org")
    there = AdhesionRequest.objects.count()
    without = Organisation.objects.filter(requests=None).order_by("pk")
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
        for place, organisation in enumerate(without, start=there + 1)
    ]
    AdhesionRequest.objects.bulk_create(made, batch_size=2000)
    return there + len(made)


def queue_pages() -> dict[str, Page]:
    """The Board's list of requests, and the list that Django makes of the same table without help."""
    person = User.objects.filter(email="board@example.org").first() or User.objects.create_superuser(
        "board@example.org"
    )
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

    stock = Stock(AdhesionRequest, admin.site)
    return {
        "stock list of requests": visit(stock),
        "Board's list": visit(ours, "?stands=all"),
        "stock list, searched": visit(stock, "?q=Optica"),
        "Board's list, searched": visit(ours, "?stands=all&q=Optica"),
    }
