"""The map for search engines: a base for the apps' own maps, and the pages of the kernel."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils.translation import get_language

from cluster_portal.common.context import LANGUAGE


class Map(Sitemap):  # type: ignore[type-arg]  # takes no argument at run time
    """Every address in both languages, under the portal's configured address.

    Each entry names the other language and the address that asks for none.
    `items` are pairs: a path, and the instant of its last change or None.
    """

    i18n = True
    alternates = True
    limit = 10_000  # of 50,000 that the protocol allows: a page is one answer of about three megabytes

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> Any:
        """With the address that leaves the language to the reader's browser: the `x-default` of the pages."""
        entries: Any = super().get_urls(page, site, protocol)
        for entry in entries:
            (path, _changed), _language = entry["item"]
            entry["alternates"].append({"location": settings.SITE_URL + path, "lang_code": "x-default"})
        return entries

    def location(self, item: Any) -> str:
        return f"{item[0]}?{LANGUAGE}={get_language()}"

    def lastmod(self, item: Any) -> Any:
        return item[1]


class Pages(Map):
    """Pages that stand for themselves, by their paths."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def items(self) -> list[tuple[str, None]]:
        return [(path, None) for path in self.paths]
