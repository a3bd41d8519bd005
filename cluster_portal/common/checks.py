"""Mistakes in the settings, found before they hurt; each message says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.validators import validate_email


@checks.register(checks.Tags.files)
def private_files_stay_private(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[checks.CheckMessage]:
    """Uploads never lie in a folder whose files are given to everybody."""
    uploads = Path(settings.MEDIA_ROOT)
    for public in (Path(settings.STATIC_ROOT), *map(Path, settings.STATICFILES_DIRS)):
        if uploads.is_relative_to(public) or public.is_relative_to(uploads):
            yield checks.Error(
                f"Uploads ({uploads}) and public files ({public}) lie inside each other.",
                hint="Set MEDIA_ROOT to a folder outside STATIC_ROOT.",
                id="portal.E001",
            )


@checks.register(checks.Tags.security)
def sender_is_an_address(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[checks.CheckMessage]:
    address = str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip(">")
    try:
        validate_email(address.replace("@localhost", "@localhost.localdomain"))
    except ValidationError:
        yield checks.Error(
            f"{settings.DEFAULT_FROM_EMAIL!r} is not a sender of letters.",
            hint="Set MAIL_FROM to something like: Portal <portal@example.org>",
            id="portal.E002",
        )


@checks.register(checks.Tags.security, deploy=True)
def ready_for_the_public(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[checks.CheckMessage]:
    """What is right for a trial and wrong for a real cluster."""
    if not settings.HTTPS:
        yield checks.Warning(
            f"SITE_URL is {settings.SITE_URL}: people would send passwords in the clear.",
            hint="Set SITE_URL to the https:// address of the portal.",
            id="portal.W001",
        )
    elif settings.PROXIES == 0:
        yield checks.Warning(
            "SITE_URL is https and PROXIES is 0: behind a proxy every page would redirect to itself for ever.",
            hint="Set PROXIES to the number of your own proxies in front of the portal (usually 1).",
            id="portal.W002",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield checks.Warning(
            "ALLOWED_HOSTS lets in every host name.",
            hint="Leave ALLOWED_HOSTS out: the name in SITE_URL is enough.",
            id="portal.W003",
        )
    if settings.DEMO:
        yield checks.Warning(
            "This is a demonstration: its data are invented and its passwords are printed at the start.",
            hint="Set DEMO=0 for a real cluster.",
            id="portal.W004",
        )
    elif settings.EMAIL.mailbox:
        yield checks.Warning(
            "Letters would stay in the portal: EMAIL_URL is not set.",
            hint="Set EMAIL_URL, for example smtps://user:password@mail.example.org:465",
            id="portal.W005",
        )
    if not settings.REQUIRE_STAFF_MFA:
        yield checks.Warning(
            "Directors and staff may sign in with a password alone.",
            hint="Leave REQUIRE_STAFF_MFA out, or set it to 1.",
            id="portal.W006",
        )
