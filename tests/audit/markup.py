"""Every page through the Nu HTML checker: fetched as each role in each language, read by one run of the checker."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from tests.audit.tools import MODULES, Figure, emptied, version
from tests.browser.world import WHO, World

LANGUAGES = ("en", "ro")
CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
SECONDS = 900


def fetched(world: World) -> Iterator[tuple[str, str]]:
    """The name of each page (language, role, path) and its HTML."""
    with closing(HTTPConnection(urlsplit(world.address).netloc, timeout=60)) as line:
        yield from told(line, world)


def told(line: HTTPConnection, world: World) -> Iterator[tuple[str, str]]:
    for who in WHO:
        person = world.person(who)
        for language in LANGUAGES:
            cookies = {settings.LANGUAGE_COOKIE_NAME: language}
            if person is not None:
                cookies[settings.SESSION_COOKIE_NAME] = world.sessions[person.pk]
            head = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
            for path in world.pages(who):
                status, html = asked(line, path, head)
                assert status == world.status(who, path), (who, path, status)
                yield f"{language} {who} {path}", html


def asked(line: HTTPConnection, path: str, head: dict[str, str]) -> tuple[int, str]:
    """What a page answers, or the page that it sends on to."""
    line.request("GET", path, headers=head)
    answer = line.getresponse()
    html = answer.read().decode()
    return asked(line, answer.headers["Location"], head) if answer.status == 302 else (answer.status, html)


def check(world: World) -> tuple[Figure, list[str]]:
    """The errors of all pages; what is wrong in many is told of each."""
    folder = emptied("pages")
    named: dict[str, str] = {}
    for number, (name, html) in enumerate(fetched(world)):
        file = folder / f"{number:04}.html"
        file.write_text(html)
        named[file.name] = name
    done = subprocess.run(
        ["java", "-Xss1m", "-jar", CHECKER, "--format", "json", "--errors-only", folder],
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    found = json.loads(done.stderr)["messages"]
    wrong = [f"{named[Path(one['url']).name]}: {one['message']} ({one.get('extract', '')!r})" for one in found]
    count = str(len(wrong)) if wrong else "none"
    what = f"Errors in the HTML of {len(named)} pages: every kind of page, each role, both languages"
    return Figure(what, f"Nu HTML checker {version('vnu-jar')}", count, "none", not wrong), wrong
