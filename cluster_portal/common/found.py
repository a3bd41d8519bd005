"""How the portal is found: which pages search engines may keep, the language in an address, data that machines read."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from cluster_portal.common.context import LANGUAGE, current_cluster

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Answer = Callable[[HttpRequest], HttpResponse]


def findable(view: View) -> View:
    """Mark a view as one that search engines may keep. What it shows to strangers is then what they show."""
    view.findable = True  # type: ignore[attr-defined]  # a function takes a mark, its type knows of none
    return view


def is_findable(request: HttpRequest) -> bool:
    """Whether this answer may be kept by search engines: of a marked view, for a stranger, without any choice.

    Nothing else may, nor what is shown to somebody with a session.
    """
    match = request.resolver_match
    return (
        match is not None
        and getattr(match.func, "findable", False)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and all(_plain(name, value) for name, values in request.GET.lists() for value in values)
    )


def _plain(name: str, value: str) -> bool:
    """A language or a page of a list; a search or a filter makes endless addresses of the same things."""
    return value in LANGUAGES if name == LANGUAGE else name == "page" and value.isdecimal()


class KeepOut:
    """Closed by default to search engines too: they are told so with every answer that is not `is_findable`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 200 or not is_findable(request):  # a view may say it of a page of its own
            response.headers["X-Robots-Tag"] = "noindex"
        return response


class AskedLanguage(LocaleMiddleware):
    """`?lang=en` is the page in English whoever opens it; without it cookie and browser decide, as always."""

    def process_request(self, request: HttpRequest) -> None:
        asked = request.GET.get(LANGUAGE)
        if asked not in LANGUAGES:
            super().process_request(request)
            return
        translation.activate(asked)
        request.LANGUAGE_CODE = asked


def address(path: str, **query: object) -> str:
    """An address as the world writes it; of `query` what is empty is left out."""
    asked = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"{settings.SITE_URL}{path}" + (f"?{asked}" if asked else "")


def structured(data: Mapping[str, Any]) -> SafeString:
    """Data for machines (schema.org), as a script element that its content cannot end; what is empty is left out."""
    text = json.dumps({"@context": "https://schema.org", **_filled(data)}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  # no sign of HTML is left


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what is empty."""
    filled = {name: _filled(value) if isinstance(value, Mapping) else value for name, value in data.items()}
    return {name: value for name, value in filled.items() if value not in ("", None, [], {})}


def cluster_data() -> dict[str, Any]:
    """The cluster as an organisation of schema.org; empty before a preset."""
    cluster = current_cluster()
    if cluster is None:
        return {}
    return {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#cluster",
        "name": cluster.name,
        "alternateName": cluster.short_name,
        "description": cluster.tagline,
        "url": f"{settings.SITE_URL}/",
        "email": cluster.email,
        "address": cluster.seat,
        "foundingDate": cluster.founded_on,
        "sameAs": cluster.website,
    }


def way_to(here: str, places: tuple[str, ...], last: str) -> dict[str, Any]:
    """The crumbs as a BreadcrumbList of schema.org."""
    steps = [*zip(places[::2], places[1::2], strict=True), (last, here)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address(path)}
        for number, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
