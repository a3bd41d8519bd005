"""Items on the board of opportunities and a saved search, for the doors that open on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchmaking.actions.searches import save_search
from matchmaking.models import Opportunity

if TYPE_CHECKING:
    from tests.permissions.world import World


def items_of_the_board(world: World) -> None:
    """Of R's member one item for each level, of a suspended member one for everybody; a search that R keeps."""
    things = world.things
    for name, owner, level in (
        ("open_item", "own", "public"),
        ("inner_item", "own", "members"),
        ("contact_item", "own", "contact"),
        ("office_item", "own", "office"),
        ("item_of_suspended", "suspended", "public"),
        ("item_of_hidden_member", "members_only", "public"),
    ):
        items = Opportunity.objects.filter(capability__organisation=things[owner]["pk"], capability__visibility=level)
        things[name] = {"key": items.order_by("-pk")[0].key}
    name = world.canaries.plant("name of a saved search", "R")
    search = save_search(by=world.person("R"), name=name, rhythm="none", wishes={"trl": 5})
    things["own_search"] = {"key": search.key}
