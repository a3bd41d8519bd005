"""The board as search engines may know it: the map of what members show to everybody."""

from datetime import datetime

from django.urls import reverse

from cluster_portal.common.sitemaps import Map
from cluster_portal.common.visibility import ANYONE
from matchmaking.queries.board import board


class Opportunities(Map):
    """Offers and needs that everybody may open and that have not run out."""

    def items(self) -> list[tuple[str, datetime]]:
        rows = board(ANYONE).order_by("pk").values_list("key", "changed_at")
        return [(reverse("matchmaking:opportunity", args=[key]), changed_at) for key, changed_at in rows]
