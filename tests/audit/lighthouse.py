"""Lighthouse on five public pages, as it measures by default: a mid-range telephone on a slow network."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any
from urllib.request import urlopen

from events.models import Event
from members.models import Membership
from tests.audit.tools import MODULES, Figure, version
from tests.browser.world import World

TARGETS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
SECONDS = 240
WARM = 12
"""Visits before a page is measured: each process of the server has read its templates by then."""
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def pages() -> dict[str, str]:
    member = Membership.objects.listed().filter(organisation__show_profile="public").earliest("pk").organisation
    event = Event.objects.published().filter(audience="public").latest("starts_at")
    return {
        "home": "/",
        "directory": "/members/",
        "profile": f"/members/{member.slug}/",
        "seminar": f"/events/{event.slug}/",
        "sign-in": "/accounts/login/",
    }


def report(address: str, tries: int = 3) -> dict[str, Any]:
    """What Lighthouse says of a page. On a busy machine the browser sometimes records nothing: then once more."""
    done = subprocess.run(
        [
            *("node", MODULES / "lighthouse" / "cli" / "index.js", address, "--quiet", "--output=json"),
            *(f"--only-categories={','.join(TARGETS)}", f"--chrome-flags={FLAGS}"),
        ],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=os.environ | {"CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")},
    )
    if done.returncode and tries > 1:
        return report(address, tries - 1)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def median(address: str) -> dict[str, Any]:
    """The report in the middle of three, as Lighthouse advises, of a page that the server has shown before."""
    for _ in range(WARM):
        with urlopen(address) as answer:  # our own server
            answer.read()
    reports = sorted(
        (report(address) for _ in range(3)), key=lambda one: float(one["categories"]["performance"]["score"])
    )
    return reports[1]


def measure(world: World) -> tuple[list[Figure], list[str]]:
    """A line for each page, and which audits took points away where a target was missed."""
    figures, wrong = [], []
    tool = f"Lighthouse {version('lighthouse')}"
    for name, path in pages().items():
        found = median(world.address + path)
        scores = {one: round(found["categories"][one]["score"] * 100) for one in TARGETS}
        met = all(scores[one] >= least for one, least in TARGETS.items())
        figures.append(
            Figure(
                f"Performance, accessibility, best practices, SEO: {name}",
                tool,
                " · ".join(map(str, scores.values())),
                " · ".join(map(str, TARGETS.values())),
                met,
            )
        )
        if not met:
            wrong += [
                f"{name}: {audit['title']} {audit.get('displayValue', '')} {str(audit.get('details'))[:600]}"
                for audit in found["audits"].values()
                if audit["score"] is not None and audit["score"] < 0.9
            ]
    return figures, wrong
