"""Content lines of RFC 5545: escaped, with parameters, folded. Written here and not by the `icalendar` library, which
writes a backslash before a capital N in a title as the end of a line, and takes twice as long."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote

from events.calendar.texts import tidy

LONGEST = 75
"""Octets of a line, without its end (3.1)."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_NEEDS_QUOTES = re.compile("[ ',:;]")
_URI = "!#$%&'()*+,/:;=?@[]~"


def text_line(name: str, text: str, **parameters: str) -> str:
    """A line whose value is text for people."""
    return line(name, tidy(text).translate(_ESCAPES), **parameters)


def texts_line(name: str, texts: Iterable[str]) -> str:
    """A line whose value is a list of texts."""
    return line(name, ",".join(tidy(text).translate(_ESCAPES) for text in texts))


def uri_line(name: str, address: str, **parameters: str) -> str:
    return line(name, quote(tidy(address), safe=_URI), **parameters)


def person_line(name: str, email: str, called: str, **parameters: str) -> str:
    """ORGANIZER or ATTENDEE. Quotation marks in a name become apostrophes: parameters cannot hold them (3.2), and not
    every program knows the escape of RFC 6868; a circumflex needs that escape."""
    words = " ".join(tidy(called).split()).replace('"', "'").replace("^", "^^")
    return line(name, f"mailto:{quote(email, safe='@!$*+-._~')}", **parameters, **({"CN": words} if words else {}))


def line(name: str, value: str, **parameters: str) -> str:
    """A line of a value that is written already."""
    told = "".join(f";{key}={_parameter(text)}" for key, text in parameters.items())
    return f"{name}{told}:{value}"


def _parameter(text: str) -> str:
    return f'"{text}"' if _NEEDS_QUOTES.search(text) else text


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def as_bytes(lines: Iterable[str]) -> bytes:
    return b"".join(_folded(text.encode()) for text in lines)


def _folded(octets: bytes) -> bytes:
    """The line in pieces of at most 75 octets, none of which begins inside a letter or an escape."""
    pieces = []
    room = LONGEST
    while len(octets) > room:
        end = room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        backslashes = end - len(octets[:end].rstrip(b"\\"))
        end -= backslashes % 2
        pieces.append(octets[:end])
        octets = octets[end:]
        room = LONGEST - 1
    return b"\r\n ".join([*pieces, octets]) + b"\r\n"
