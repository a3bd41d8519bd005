"""The bare sparse product that a member's list comes down to, by scipy where somebody has installed it."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from matchmaking.models import MatchProfile, Reach, TagWeight


def bare_product() -> Callable[[int], object] | None:
    """What everybody could give a member and the reverse, as two rows times matrices in memory; None without scipy.

    Needs, weighed, stand in columns of a word and a band of maturity; so do offers: their product is the gain.
    """
    if find_spec("scipy") is None:
        return None
    matrix = import_module("scipy.sparse").csr_matrix
    members = {pk: at for at, pk in enumerate(MatchProfile.objects.order_by("pk").values_list("pk", flat=True))}
    delta = dict(TagWeight.objects.filter(delta__gt=0).values_list("node", "delta"))
    column = {node: 3 * at - 1 for at, node in enumerate(delta)}  # bands count from 1
    needs: tuple[list[int], ...] = ([], [], [])
    offers: tuple[list[int], ...] = ([], [], [])
    rows = Reach.objects.filter(node__in=delta).values_list("node", "member", "offer", "met_1", "met_2", "met_3")
    for node, member, offer, *met in rows.iterator():
        if offer:
            _put(offers, members[member], column[node] + offer, 1)
        for band, weight in enumerate(met, start=1):
            if weight:
                _put(needs, members[member], column[node] + band, weight * delta[node])
    shape = (len(members), 3 * len(delta) + 3)
    need, offer_of = (_matrix(matrix, cells, shape) for cells in (needs, offers))
    need_across, offer_across = need.T.tocsr(), offer_of.T.tocsr()

    def product(member: int) -> object:
        at = members[member]
        return need[at] @ offer_across, offer_of[at] @ need_across

    return product


def _put(cells: tuple[list[int], ...], row: int, column: int, value: int) -> None:
    for part, number in zip(cells, (row, column, value), strict=True):
        part.append(number)


def _matrix(matrix: Any, cells: tuple[list[int], ...], shape: tuple[int, int]) -> Any:
    rows, columns, values = cells
    return matrix((values, (rows, columns)), shape=shape, dtype="int64")
