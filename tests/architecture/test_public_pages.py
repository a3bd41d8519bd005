"""Every address is closed unless it is in public_pages.txt: opening a page is a decision that shows in a diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

LIST = Path(__file__).with_name("public_pages.txt")


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def listed(mark: str = "") -> list[str]:
    """The addresses of the list, or those whose reason begins with a mark."""
    lines = [line.partition("#") for line in LIST.read_text().splitlines()]
    return [address.strip() for address, _sign, reason in lines if address.strip() and reason.strip().startswith(mark)]


def test_search_engines_may_keep_exactly_the_marked_pages() -> None:
    findable = {f"/{route}" for route, view in addresses(get_resolver()) if getattr(view, "findable", False)}
    assert sorted(findable) == listed("[found]")


def test_public_pages_are_exactly_the_listed_ones() -> None:
    public = {f"/{route}" for route, view in addresses(get_resolver()) if not getattr(view, "login_required", True)}
    assert sorted(public) == sorted(listed())
    assert listed() == sorted(set(listed())), "keep the list sorted"


def test_every_public_page_has_its_reason() -> None:
    lines = [line for line in LIST.read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert [line for line in lines if not line.partition("#")[2].strip()] == []
