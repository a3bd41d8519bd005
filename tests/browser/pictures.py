"""The pictures of the README and of the guides, taken from the demonstration.

`make pictures` makes them anew. No part of the tests.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from events.models import Event
from matchmaking.models import Pair
from members.models import AdhesionRequest
from tests.browser.conftest import Look
from tests.browser.world import World

FOLDER = settings.BASE_DIR / "docs" / "images"
SIZE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
COLOURS = 96
HEAVIEST = 150_000

ON_A_PHONE = {"event-door"}

pytestmark = pytest.mark.django_db


def shown(world: World) -> dict[str, tuple[str, str]]:
    """Name of the picture -> who looks, and at what."""
    draft = AdhesionRequest.objects.get(applicant=world.person("applicant")).key
    full = Event.objects.get(registrations__state="offered")
    return {
        "home": ("visitor", "/"),
        "directory": ("visitor", "/members/?side=dual&stage=mid"),
        "adhesion": ("applicant", reverse("members:request-step", args=[draft, "role"])),
        "profile": ("visitor", f"/members/{world.organisation('member').slug}/"),
        "mine": ("member", reverse("members:mine")),
        "match": ("member", best_match(world)),
        "guide": ("visitor", reverse("common:guide", args=["director"])),
        "desk": ("director3", reverse("admin:members_adhesionrequest_change", args=[world.live().request_id])),
        "events": ("visitor", reverse("events:index")),
        "event-office": ("office", reverse("events:manage-event", args=[full.pk])),
        "event-registrations": ("office", reverse("events:manage-registrations", args=[full.pk])),
        "event-door": ("office", reverse("events:manage-door", args=[full.pk])),
    }


def best_match(world: World) -> str:
    own = world.organisation("member")
    return reverse(
        "matchmaking:match", args=[own.slug, Pair.objects.filter(member=own).order_by("-score")[0].partner.slug]
    )


def test_pictures(world: World, look: Look) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, (who, path) in shown(world).items():
        size = PHONE if name in ON_A_PHONE else SIZE
        page = look(world.person(who), "en", color_scheme="light", viewport=size).new_page()
        answer = page.goto(path, wait_until="networkidle")
        assert answer is not None and answer.ok, path
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        file = FOLDER / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        assert file.stat().st_size < HEAVIEST, name
