"""Hands letters to an SMTP server, and knows whether an error came before or after the server may have taken one."""

import smtplib
import ssl
from email.message import EmailMessage
from enum import StrEnum

from django.conf import settings

from cluster_portal.addresses import Mail

DATA_PATIENCE = 600
"""Seconds to wait for the answer to a whole letter (RFC 5321, 4.5.3.2.6)."""
CONNECT_PATIENCE = 20


class Trouble(StrEnum):
    RETRY = "retry"  # nothing was taken: try again later
    REFUSED = "refused"  # the server will never take it
    UNCERTAIN = "uncertain"  # the letter was handed over and no answer came: it may have arrived
    CONFIGURATION = "configuration"  # sign-in or certificate: no letter can go, do not burn attempts


class DeliveryError(Exception):
    """A letter was not accepted; `trouble` says what that means for a second attempt."""

    def __init__(self, trouble: Trouble, answer: str) -> None:
        super().__init__(answer)
        self.trouble = trouble
        self.answer = answer


class _Conversation(smtplib.SMTP):
    """An SMTP conversation that remembers whether the whole letter has been handed over."""

    handed_over = False

    def data(self, msg: object) -> tuple[int, bytes]:
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        payload = smtplib._fix_eols(msg) if isinstance(msg, str) else msg  # type: ignore[attr-defined]
        body = payload.encode("ascii") if isinstance(payload, str) else bytes(payload)  # type: ignore[call-overload]
        quoted = smtplib._quote_periods(body)  # type: ignore[attr-defined]
        if not quoted.endswith(b"\r\n"):
            quoted += b"\r\n"
        if self.sock is not None:
            self.sock.settimeout(DATA_PATIENCE)
        self.send(quoted)
        self.handed_over = True
        self.send(b".\r\n")
        code, reply = self.getreply()
        self.last_answer = f"{code} {reply.decode(errors='replace')}"
        return code, reply

    last_answer = ""


class _TlsConversation(_Conversation, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


def _open(transport: Mail) -> _Conversation:
    context = ssl.create_default_context()
    try:
        if transport.tls:
            talk: _Conversation = _TlsConversation(
                transport.host, transport.port, timeout=CONNECT_PATIENCE, context=context
            )
        else:
            talk = _Conversation(transport.host, transport.port, timeout=CONNECT_PATIENCE)
        if transport.starttls:
            talk.starttls(context=context)
        if transport.user:
            talk.login(transport.user, transport.password)
    except (ssl.SSLError, smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        raise DeliveryError(Trouble.CONFIGURATION, str(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(Trouble.RETRY, str(error)) from error
    return talk


def _trouble(code: int) -> Trouble:
    return Trouble.REFUSED if 500 <= code < 600 else Trouble.RETRY


def deliver(message: EmailMessage, transport: Mail | None = None) -> str:
    """Hand one letter over and return the server's answer.

    Raises DeliveryError. An error after the letter was handed over and before the answer is UNCERTAIN.
    """
    transport = transport or settings.EMAIL
    if transport.mailbox:
        return "250 kept in the portal's mailbox"
    talk = _open(transport)
    try:
        talk.send_message(message)
        answer = talk.last_answer
    except smtplib.SMTPRecipientsRefused as error:
        code, reply = next(iter(error.recipients.values()))
        raise DeliveryError(_trouble(code), f"{code} {reply!r}") from error
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(_trouble(error.smtp_code), f"{error.smtp_code} {error.smtp_error!r}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(Trouble.UNCERTAIN if talk.handed_over else Trouble.RETRY, repr(error)) from error
    finally:
        talk.close()
    return answer
