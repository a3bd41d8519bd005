"""New events as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from events.calendar import elements

NAMESPACE = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Item:
    """One event that was announced. `key` never changes and is a URI; `address` is its page."""

    key: str
    title: str
    address: str
    published: datetime
    changed: datetime
    summary: str
    categories: tuple[str, ...] = ()


def atom(
    items: Iterable[Item],
    *,
    title: str,
    author: str,
    language: str,
    address: str,
    page: str,
    since: datetime,
    subtitle: str = "",
) -> bytes:
    """The feed, newest first. `address` is where it is itself, `page` what a person opens, `since` the instant of a
    feed in which nothing stands yet."""
    ordered = sorted(items, key=lambda item: (item.published, item.key), reverse=True)
    root = ET.Element("feed", {"xmlns": NAMESPACE, LANGUAGE: language})
    elements.add(root, "id", address)
    elements.add(root, "title", title)
    if subtitle:
        elements.add(root, "subtitle", subtitle)
    elements.add(root, "updated", _instant(max((item.changed for item in ordered), default=since)))
    elements.add(elements.add(root, "author"), "name", author)
    elements.add(root, "link", rel="self", type="application/atom+xml", href=address)
    elements.add(root, "link", rel="alternate", type="text/html", href=page, hreflang=language)
    for item in ordered:
        _entry(root, item)
    return elements.as_bytes(root)


def _entry(root: ET.Element, item: Item) -> None:
    entry = elements.add(root, "entry")
    elements.add(entry, "id", item.key)
    elements.add(entry, "title", item.title)
    elements.add(entry, "published", _instant(item.published))
    elements.add(entry, "updated", _instant(item.changed))
    elements.add(entry, "link", rel="alternate", type="text/html", href=item.address)
    for category in item.categories:
        elements.add(entry, "category", term=category)
    elements.add(entry, "summary", item.summary)


def _instant(moment: datetime) -> str:
    """RFC 3339, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
