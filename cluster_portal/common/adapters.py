"""Joins the account library to the portal: its letters leave through the outbox, and directors need a second factor."""

import hashlib
import json
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from cluster_portal.common import outbox
from cluster_portal.common.models import User

_CAUSES = ("key", "code", "activate_url", "password_reset_url", "timestamp")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Letters about accounts are confidential: they carry keys."""

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """`template_prefix` is like "account/email/email_confirmation"; each letter of it is its own cause."""
        person = context.get("user")
        user = person if isinstance(person, User) and person.email == email else None
        seed = json.dumps([str(context.get(name)) for name in _CAUSES])
        digest = hashlib.sha256(f"{seed}{context.get('timestamp', '')}".encode()).hexdigest()[:24]
        values = {name: value for name, value in context.items() if name not in {"request", "current_site"}}
        outbox.post(
            f"account/{template_prefix.rsplit('/', 1)[-1]}",
            user or email,
            cause=f"{template_prefix}:{digest}",
            about=user,
            confidential=True,
            **values,
        )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True
