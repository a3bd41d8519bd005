"""An SMTP server that misbehaves as it is told, and keeps a ledger of every letter that it took or may have taken."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Naughty:
    """Handler: `mode` is what goes wrong; letters that the server has accepted are in `taken`."""

    mode: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    conversations: int = 0
    greeted: list[Session] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    async def handle_EHLO(  # noqa: N802  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.conversations += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mode == "one letter each" and session in self.greeted:
            return "421 one letter in one conversation"
        if self.mode == "hang up after one" and session in self.greeted:
            hang_up(server)
        self.greeted.append(session)
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        for word in ("RCPT", address):
            if word in self.answers:
                return self.answers[word]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.mode == "drop before taking":
            hang_up(server)
            return "451 gone"
        if "DATA" in self.answers:
            return self.answers["DATA"]
        if self.seconds:
            await asyncio.sleep(self.seconds)
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.mode == "take and drop":
            hang_up(server)
            return "250 never heard"
        return "250 taken"

    def recipients(self) -> list[str]:
        return sorted(str(letter["To"]) for letter in self.taken)


def hang_up(server: SMTP) -> None:
    """End the conversation without a word."""
    assert server.transport is not None
    server.transport.close()


def refuse(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=False, handled=False)


class Post:
    """The server on a port of its own; it can be taken down and brought back to the same port."""

    def __init__(self, handler: Naughty | None = None, **options: Any) -> None:
        self.handler = handler or Naughty()
        self.options = options
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.controller: Controller | None = None

    def start(self) -> Post:
        self.controller = Controller(self.handler, hostname="127.0.0.1", port=self.port, **self.options)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None
