"""Reads the head of a page as search engines and messengers do."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any


class Head(HTMLParser):
    """Title, named and linked values of a page, and its data of schema.org."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.named: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.feed(html)
        self.title = re.sub(r"\s+", " ", re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1])  # type: ignore[index]
        self.data = machine_data(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := values.get("name") or values.get("property")):
            self.named[name] = values.get("content", "")
        elif tag == "link":
            self.links.append(values)

    def link(self, rel: str) -> list[dict[str, str]]:
        return [one for one in self.links if one.get("rel") == rel]


def machine_data(html: str) -> list[dict[str, Any]]:
    """Every piece of JSON-LD of a page."""
    return [
        json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]
