"""Hands letters to an SMTP server, and knows whether an error came before or after the server may have taken one."""

import smtplib
import ssl
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings

from cluster_portal.addresses import Mail

DATA_PATIENCE = 600
"""Seconds to wait for the answer to a whole letter (RFC 5321, 4.5.3.2.6)."""
PATIENCE = 20
"""Seconds to wait for a connection and for the answer to any other command."""
SIGN_IN_CODES = {530, 534, 535, 538}
TOO_BIG = 552


class Trouble(StrEnum):
    RETRY = "retry"  # nothing was taken: try this letter again later
    REFUSED = "refused"  # the server will never take this letter
    UNCERTAIN = "uncertain"  # the letter was handed over and no answer came: it may have arrived
    UNREACHABLE = "unreachable"  # no conversation with the server: no letter can go now
    CONFIGURATION = "configuration"  # sign-in, certificate or sender refused: no letter can go until that is mended

    @property
    def stops_the_queue(self) -> bool:
        """Whether it is about the server and not about one letter."""
        return self in {Trouble.UNREACHABLE, Trouble.CONFIGURATION}


class DeliveryError(Exception):
    """A letter was not accepted; `trouble` says what that means for a second attempt.

    `broken`: the conversation ended before anything was handed over.
    """

    def __init__(self, trouble: Trouble, answer: str, *, broken: bool = False) -> None:
        super().__init__(answer)
        self.trouble = trouble
        self.answer = answer
        self.broken = broken


class _Conversation(smtplib.SMTP):
    """An SMTP conversation that remembers whether the whole letter has been handed over, and the answer to it."""

    handed_over = False
    last_answer = ""

    def data(self, msg: object) -> tuple[int, bytes]:
        """As in the library, but with patience for the answer and a note of how far it came."""
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        body = smtplib._fix_eols(msg).encode("ascii") if isinstance(msg, str) else msg  # type: ignore[attr-defined]
        quoted = smtplib._quote_periods(body)  # type: ignore[attr-defined]
        if not quoted.endswith(b"\r\n"):
            quoted += b"\r\n"
        self._wait_up_to(DATA_PATIENCE)
        self.send(quoted + b".\r\n")  # in one piece: an error here means that its end has not left
        self.handed_over = True
        code, reply = self.getreply()
        self._wait_up_to(PATIENCE)
        self.last_answer = f"{code} {reply.decode(errors='replace')}"
        return code, reply

    def _wait_up_to(self, seconds: int) -> None:
        if self.sock is not None:
            self.sock.settimeout(seconds)


class _TlsConversation(_Conversation, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


def _open(transport: Mail) -> _Conversation:
    """Connect, encrypt and sign in. Every trouble here concerns all letters."""
    context = ssl.create_default_context()
    ours = urlsplit(settings.SITE_URL).hostname or "localhost"
    talk: _Conversation | None = None
    try:
        if transport.tls:
            talk = _TlsConversation(transport.host, transport.port, ours, timeout=PATIENCE, context=context)
        else:
            talk = _Conversation(transport.host, transport.port, ours, timeout=PATIENCE)
        if transport.starttls:
            talk.starttls(context=context)
        if transport.user:
            talk.login(transport.user, transport.password)
    except (ssl.SSLCertVerificationError, smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        _close(talk)
        raise DeliveryError(Trouble.CONFIGURATION, _told(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        _close(talk)
        trouble = Trouble.CONFIGURATION if isinstance(error, ssl.SSLError) else Trouble.UNREACHABLE
        raise DeliveryError(trouble, _told(error)) from error
    return talk


def _close(talk: _Conversation | None) -> None:
    if talk is not None:
        talk.close()


def _told(error: Exception) -> str:
    """What the server said, or what happened, in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return f"{error.smtp_code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}"
    return f"{type(error).__name__}: {error}"


class Courier:
    """Carries letters over one conversation, opened for the first letter and again whenever it broke."""

    def __init__(self, transport: Mail | None = None) -> None:
        self.transport = transport or settings.EMAIL
        self.talk: _Conversation | None = None
        self.reached = False
        """Whether the server was talked to and let us in."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.talk is not None and self.talk.sock is not None and not self.talk.handed_over:
            self._say_goodbye()
        _close(self.talk)

    def _say_goodbye(self) -> None:
        assert self.talk is not None
        try:
            self.talk.quit()
        except (OSError, smtplib.SMTPException):
            return  # everything has its answer already; how the server hangs up does not matter

    def deliver(self, sender: str, recipient: str, letter: bytes) -> str:
        """Hand one letter over and return the server's answer; raises DeliveryError.

        A conversation that the server ended between two letters is opened anew, once.
        """
        if self.transport.mailbox:
            self.reached = True
            return "250 kept in the portal's mailbox"
        fresh = self.talk is None or self.talk.sock is None
        try:
            return self._hand_over(sender, recipient, letter)
        except DeliveryError as error:
            if fresh or not error.broken:
                raise
        return self._hand_over(sender, recipient, letter)

    def _hand_over(self, sender: str, recipient: str, letter: bytes) -> str:
        if self.talk is None or self.talk.sock is None:
            self.talk = _open(self.transport)
            self.reached = True
        talk = self.talk
        talk.handed_over = False
        try:
            talk.sendmail(sender, [recipient], letter)
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            raise self._error(code, smtplib.SMTPResponseException(code, reply)) from error
        except smtplib.SMTPSenderRefused as error:
            if 500 <= error.smtp_code < 600 and error.smtp_code != TOO_BIG:
                raise DeliveryError(Trouble.CONFIGURATION, _told(error)) from error
            raise self._error(error.smtp_code, error) from error
        except smtplib.SMTPResponseException as error:
            raise self._error(error.smtp_code, error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise self._error(0, error) from error
        talk.handed_over = False
        return talk.last_answer

    def _error(self, code: int, error: Exception) -> DeliveryError:
        """What an answer, or none (code 0), means; the conversation stays usable only after a proper answer."""
        assert self.talk is not None
        handed_over, self.talk.handed_over = self.talk.handed_over, False
        if code in SIGN_IN_CODES:
            return DeliveryError(Trouble.CONFIGURATION, _told(error))
        if 400 <= code < 600 and code != 421:
            return DeliveryError(Trouble.REFUSED if code >= 500 else Trouble.RETRY, _told(error))
        self.talk.close()
        if code == 421:
            return DeliveryError(Trouble.RETRY, _told(error), broken=not handed_over)
        if handed_over:
            return DeliveryError(Trouble.UNCERTAIN, _told(error))
        return DeliveryError(Trouble.RETRY, _told(error), broken=True)
