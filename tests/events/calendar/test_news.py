"""The Atom feed of new events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring
from hypothesis import given

from events.calendar import Item, atom
from events.calendar.texts import tidy
from tests.events.calendar.made import local
from tests.events.calendar.strategies import texts

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}

FIRST = Item(
    key="https://portal.example.org/events/first/",
    title="Detecție chimică & <aparate>",
    address="https://portal.example.org/events/first/?a=1&b=2",
    published=local(2026, 9, 1, 10),
    changed=local(2026, 9, 3, 10),
    summary="14 octombrie 2026, Brașov",
    categories=("Radar", 'Senzori "laser"'),
)
SECOND = Item("tag:second", "Second", "https://portal.example.org/b/", local(2026, 9, 2, 10), local(2026, 9, 2, 10), "")


def written(*items: Item, **changes: Any) -> bytes:
    told = {
        "title": "Evenimente",
        "author": "Clusterul Exemplu",
        "language": "ro",
        "address": "https://portal.example.org/events/news.atom",
        "page": "https://portal.example.org/events/",
        "since": SINCE,
    }
    return atom(items, **{**told, **changes})


def root(content: bytes) -> ET.Element:
    read: ET.Element = fromstring(content, forbid_dtd=True)
    return read


def texts_of(element: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, ATOM)]


def test_a_feed_has_what_rfc_4287_asks_of_it() -> None:
    content = written(FIRST, SECOND, subtitle="Noutăți")
    assert content.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"')
    feed = root(content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ro"
    assert texts_of(feed, "a:id") == ["https://portal.example.org/events/news.atom"]
    assert texts_of(feed, "a:title") + texts_of(feed, "a:subtitle") == ["Evenimente", "Noutăți"]
    assert texts_of(feed, "a:updated") == ["2026-09-03T07:00:00Z"]
    assert texts_of(feed, "a:author/a:name") == ["Clusterul Exemplu"]
    assert [(link.get("rel"), link.get("href")) for link in feed.findall("a:link", ATOM)] == [
        ("self", "https://portal.example.org/events/news.atom"),
        ("alternate", "https://portal.example.org/events/"),
    ]
    assert texts_of(feed, "a:entry/a:id") == ["tag:second", FIRST.key]
    entry = feed.findall("a:entry", ATOM)[1]
    assert texts_of(entry, "a:title") == ["Detecție chimică & <aparate>"]
    assert texts_of(entry, "a:published") + texts_of(entry, "a:updated") == [
        *("2026-09-01T07:00:00Z", "2026-09-03T07:00:00Z")
    ]
    assert [link.get("href") for link in entry.findall("a:link", ATOM)] == [FIRST.address]
    assert [found.get("term") for found in entry.findall("a:category", ATOM)] == list(FIRST.categories)
    assert texts_of(entry, "a:summary") == [FIRST.summary]


def test_the_same_items_make_the_same_bytes() -> None:
    assert written(FIRST, SECOND) == written(SECOND, FIRST)


def test_a_feed_without_items_says_since_when() -> None:
    feed = root(written())
    assert texts_of(feed, "a:updated") == ["2026-01-01T00:00:00Z"]
    assert feed.findall("a:entry", ATOM) == []


@given(texts, texts)
def test_any_text_makes_a_feed_that_can_be_read(title: str, summary: str) -> None:
    item = Item("tag:x", title, "https://portal.example.org/", SINCE, SINCE, summary, (title,))
    (entry,) = root(written(item)).findall("a:entry", ATOM)
    assert (texts_of(entry, "a:title"), texts_of(entry, "a:summary")) == ([tidy(title)], [tidy(summary)])
