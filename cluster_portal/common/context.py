"""What every page knows: the cluster, the ways through the portal, where the reader stands, the demonstration."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.demonstration import PASSWORD, SIGN_INS
from cluster_portal.common.models import Cluster

# The addresses that people expect; they do not move when views are renamed.
NAVIGATION = (
    (_("Home"), "/"),
    (_("Members"), "/members/"),
    (_("Matches"), "/matchmaking/"),
    (_("Opportunities"), "/matchmaking/opportunities/"),
    (_("Seminars"), "/events/"),
    (_("Join"), "/members/join/"),
)

ELSEWHERE = (
    ("/members/requests/", "/members/join/"),  # who asks to join is on the way that begins there
    ("/matchmaking/searches/", "/matchmaking/opportunities/"),
)
"""Pages that belong to another entry of the navigation than their address says."""

CLUSTER_SECONDS = 60
LANGUAGE = "lang"
"""The language in an address (found.py). Who then chooses another one is led to the address without it."""


@dataclass
class Memory:
    """The cluster's row as this process last read it."""

    row: Cluster | None = None
    until: float = 0.0


memory = Memory()


def forget_cluster() -> None:
    """Read the row again at the next page; called after it is edited, and between tests."""
    memory.row, memory.until = None, 0.0


def current_cluster() -> Cluster | None:
    """The cluster that this portal serves, read at most once a minute by each process; None before a preset."""
    if memory.row is None or monotonic() > memory.until:
        memory.row = Cluster.objects.first()
        memory.until = monotonic() + CLUSTER_SECONDS
    return memory.row


@dataclass(frozen=True)
class Way:
    """One entry of the main navigation."""

    label: Any
    href: str
    current: bool


def ways(path: str) -> list[Way]:
    """The navigation with the longest matching entry marked as the place where the reader is."""
    path = next((place for prefix, place in ELSEWHERE if path.startswith(prefix)), path)
    under = [href for _label, href in NAVIGATION if path == href or (href != "/" and path.startswith(href))]
    here = max(under, key=len, default="")
    return [Way(label, href, href == here) for label, href in NAVIGATION]


def here(request: HttpRequest) -> str:
    """Where the reader is, as an address to come back to."""
    if request.method not in ("GET", "HEAD"):
        return "/"
    if LANGUAGE not in request.GET:
        return request.get_full_path()
    asked = request.GET.copy()
    del asked[LANGUAGE]
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def portal(request: HttpRequest) -> dict[str, Any]:
    """Values for base.html. The cluster is lazy, so a page that does not name it asks nothing."""
    return {
        "cluster": SimpleLazyObject(current_cluster),
        "navigation": ways(request.path),
        "here": here(request),
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
        "demo_sign_ins": SIGN_INS if settings.DEMO else (),
        "demo_password": PASSWORD if settings.DEMO else "",
        "has_mailbox": settings.DEMO and settings.EMAIL.mailbox,
    }
