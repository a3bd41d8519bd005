"""Pictures for links that people share: drawn once, kept under a digest of what they say."""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from cluster_portal.common.context import current_cluster
from cluster_portal.common.found import address
from cluster_portal.common.press import drawn
from cluster_portal.common.press.setting import HERE, HOUSE
from cluster_portal.common.uploads import image

TEMPLATE = HERE / "card.typ"
WIDTH, HEIGHT = 1200, 630
KEPT = 30 * 24 * 60 * 60  # seconds in Valkey; drawing one anew takes a quarter of a second
FOR_EVER = "public, max-age=31536000, immutable"


@lru_cache(maxsize=1)
def style() -> str:
    """Which templates draw it: with other ones every picture has another address."""
    return sha256(TEMPLATE.read_bytes() + HOUSE.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Card:
    """What a picture says; `side` gives the colour. Public words only: whoever has the address sees it."""

    title: str
    label: str = ""
    line: str = ""
    foot: str = ""
    side: str = ""

    def data(self) -> dict[str, str]:
        cluster = current_cluster()
        said = {name: str(value) for name, value in vars(self).items()}  # plain text, whatever kind of text it was
        return said | {"language": get_language() or "ro", "cluster": cluster.short_name if cluster else ""}

    @property
    def digest(self) -> str:
        return sha256((style() + json.dumps(self.data())).encode()).hexdigest()[:12]

    def at(self, path: str) -> str:
        """The address of this picture; `path` belongs to a view that answers `picture` of the same card."""
        return address(path, lang=get_language(), v=self.digest)


def cluster_card() -> Card:
    """The picture of home and of every page without one of its own."""
    cluster = current_cluster()
    if cluster is None:
        return Card("Portal")
    return Card(cluster.name, line=cluster.headline, foot=cluster.seat)


def picture(request: HttpRequest, card: Card) -> HttpResponse:
    """The card as a PNG. Asked for by an old digest, it answers the present one and is not kept."""
    digest, fast = card.digest, caches["fast"]
    content = fast.get(f"card-{digest}")
    if content is None:
        content = image.lighter(drawn(TEMPLATE, card.data()))
        fast.set(f"card-{digest}", content, KEPT)
    kept = FOR_EVER if request.GET.get("v") == digest else "no-cache"
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": kept})
