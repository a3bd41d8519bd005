"""Windows of people in a browser, and the letters that they read beside it."""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message

from playwright.sync_api import Page

from tests.conftest import Sink

Opened = Callable[..., Page]


def letter(sink: Sink, to: str, subject: str) -> str:
    """The words of the letter that this person got about this, as soon as it has arrived."""

    def found() -> Message | None:
        return next((one for one in sink.letters if one["To"] == to and subject in read(one)), None)

    for awaited in range(1, 40):
        one = found()
        if one is not None:
            return read(one)
        sink.wait_for(max(awaited, len(sink.letters) + 1))
    raise AssertionError(f"no letter to {to} says {subject}")


def read(message: Message) -> str:
    """The plain text of a letter."""
    part = next(one for one in message.walk() if one.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()
