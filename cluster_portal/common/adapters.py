"""Joins the account library to the portal: its letters leave through the outbox, in the person's language."""

import hashlib
import json
import secrets
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as running
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cluster_portal.common import outbox
from cluster_portal.common.models import User

_KEYS = ("key", "code")
"""What makes a letter with a key the letter that it is."""
_ADDRESSES = ("activate_url", "password_reset_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):
    """Letters about accounts are confidential: they carry keys."""

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """`template_prefix` is like "account/email/email_confirmation"; who hears it may not be the user yet.

        Only a letter to the address of the account greets the person by name. Every address in it begins with
        the configured address of the portal, whatever host was asked for.
        """
        person = context.get("user")
        user = person if isinstance(person, User) else None
        values = {name: value for name, value in context.items() if name not in {"request", "current_site", "user"}}
        outbox.post(
            f"account/{template_prefix.rsplit('/', 1)[-1]}",
            user if user is not None and user.email == email.lower() else email,
            cause=f"{template_prefix}:{_cause(context)}",
            about=user,
            language=user.language if user is not None else None,
            confidential=True,
            **{**values, "email": email, **{name: _ours(values[name]) for name in _ADDRESSES if name in values}},
        )

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells a person what changed in their account, in their language."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """With another address every other session ends: whoever had taken over one of them is out."""
        user = email_address.user
        before = user.email
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed and email_address.email != before:
            for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key or ""):
                session.end()
        return confirmed

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person begins who was on the way to no page: directors and the office at their desk."""
        at_desk = request.user.is_authenticated and request.user.is_staff
        return reverse("admin:index" if at_desk else settings.LOGIN_REDIRECT_URL)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Letters to a new person are in the language in which they signed up."""
        language = (translation.get_language() or settings.LANGUAGE_CODE)[:2]
        if language in dict(settings.LANGUAGES):
            user.language = language
        saved: User = super().save_user(request, user, form, commit)
        return saved


def _ours(address: str) -> str:
    """An address of the library under the configured address of the portal."""
    parts = urlsplit(address)
    return f"{settings.SITE_URL}{parts.path}{'?' if parts.query else ''}{parts.query}"


def _cause(context: dict[str, Any]) -> str:
    """What makes this letter another one than the last of its kind.

    With a key: the key, so that a double click that gave one key gives one letter. A notice of a change: the request
    that made the change, so that one request tells it once and the next change is told again. Neither (somebody typed
    an address): one letter a minute.
    """
    keys = [str(context[name]) for name in _KEYS if context.get(name)]
    if keys:
        return _digest(*keys)
    if "timestamp" in context:
        changed = [str(context[name]) for name in sorted(context) if name.endswith("_email")]
        return _digest(_request_nonce(), *changed)
    return timezone.now().strftime("%Y%m%d%H%M")


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _request_nonce() -> str:
    """A word of this request's own; of this moment's own when nobody asks over HTTP."""
    request = running.request
    if request is None:
        return secrets.token_hex(8)
    if not hasattr(request, "letter_nonce"):
        request.letter_nonce = secrets.token_hex(8)
    return str(request.letter_nonce)


class FactorAdapter(DefaultMFAAdapter):
    """The second factor. A code that comes too late, or from a phone whose clock is wrong, is told how to be right."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This was not accepted. A code of the app is good for half a minute and opens once: type the one that it "
            "shows now. If that is refused too, let your phone set its time automatically."
        ),
    }
