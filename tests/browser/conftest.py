"""The demonstration, served for a whole module, and the people who look at it in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page

from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import User
from cluster_portal.demonstration.seeding import seed
from tests.browser.windows import Opened
from tests.browser.world import World, session_of
from tests.conftest import free_port, served
from tests.factories import a_cluster

Look = Callable[..., BrowserContext]


@contextmanager
def demonstration(preset: str, folder: Path) -> Iterator[World]:
    """A cluster with its demonstration behind a web server; everything is taken away afterwards.

    What is written here is committed, so the server sees it; what a test writes by itself it does not see.
    """
    forget_cluster()
    a_cluster(preset)
    said: list[str] = []
    port = free_port()
    with override_settings(SITE_URL=f"http://localhost:{port}"):  # letters name the address where they will be read
        assert seed(said.append), said
    try:
        with served(folder, port, DEMO="1") as address:
            yield World(address, {person.pk: session_of(person) for person in User.objects.filter(is_active=True)})
    finally:
        call_command("flush", verbosity=0, interactive=False)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        forget_cluster()


@pytest.fixture(scope="module", params=["dual-use"])
def world(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    with django_db_blocker.unblock():
        assert str(connection.settings_dict["NAME"]).startswith("test_")
        with demonstration(request.param, tmp_path_factory.mktemp("web")) as world:
            yield world


@pytest.fixture
def look(browser: Browser, world: World) -> Iterator[Look]:
    """A browser of its own for a person (None: a visitor), in one language and one theme."""
    opened: list[BrowserContext] = []

    def context(person: User | None, language: str, **options: Any) -> BrowserContext:
        values = {"locale": "ro-RO" if language == "ro" else "en-GB", "base_url": world.address, **options}
        found = browser.new_context(**values)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if person is not None:
            cookies[settings.SESSION_COOKIE_NAME] = world.sessions[person.pk]
        found.add_cookies([{"name": name, "value": value, "url": world.address} for name, value in cookies.items()])
        opened.append(found)
        return found

    yield context
    for one in opened:
        one.close()


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Opened]:
    """A page of one's own, for a person or for a guest, in one language; without scripts where it is asked for."""
    contexts: list[BrowserContext] = []

    def window(person: User | None, language: str, *, scripts: bool = True) -> Page:
        locale = "ro-RO" if language == "ro" else "en-GB"
        context = browser.new_context(locale=locale, base_url=server, java_script_enabled=scripts)
        cookies: Any = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": server}]
        if person is not None:
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": server})
        context.add_cookies(cookies)
        contexts.append(context)
        return context.new_page()

    yield window
    for one in contexts:
        one.close()
