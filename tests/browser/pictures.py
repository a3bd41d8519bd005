"""The pictures of the README, taken from the demonstration: `make pictures` makes them anew. No part of the tests."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from members.models import AdhesionRequest
from tests.browser.conftest import Look
from tests.browser.world import World

FOLDER = settings.BASE_DIR / "docs" / "images"
SIZE = {"width": 1280, "height": 860}
COLOURS = 96
HEAVIEST = 150_000

pytestmark = pytest.mark.django_db


def shown(world: World) -> dict[str, tuple[str, str]]:
    """Name of the picture -> who looks, and at what."""
    draft = AdhesionRequest.objects.get(applicant=world.person("applicant")).key
    return {
        "home": ("visitor", "/"),
        "directory": ("visitor", "/members/?side=dual&stage=mid"),
        "adhesion": ("applicant", reverse("members:request-step", args=[draft, "role"])),
        "desk": ("director3", reverse("admin:members_adhesionrequest_change", args=[world.live().request_id])),
    }


def test_pictures(world: World, look: Look) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, (who, path) in shown(world).items():
        page = look(world.person(who), "en", color_scheme="light", viewport=SIZE).new_page()
        answer = page.goto(path, wait_until="networkidle")
        assert answer is not None and answer.ok, path
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        file = FOLDER / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        assert file.stat().st_size < HEAVIEST, name
