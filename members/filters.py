"""What the address of the directory asks for."""

from django.http import QueryDict

from members.queries.directory import Wanted
from members.queries.facets import FACETS, MOST_CODES

LONGEST_TEXT = 200
LONGEST_CODE = 80
LONGEST_EDGE = 600


def wanted_of(query: QueryDict) -> Wanted:
    """Read an address. Nothing in it is an error: what is too long is cut, what does not exist is ignored later."""
    facets = {
        name: tuple(dict.fromkeys(code for code in query.getlist(name)[:MOST_CODES] if 0 < len(code) <= LONGEST_CODE))
        for name in FACETS
        if name in query
    }
    return Wanted(
        text=query.get("q", "").strip()[:LONGEST_TEXT],
        facets=facets,
        order=query.get("sort", ""),
        after=query.get("after", "")[:LONGEST_EDGE],
        before=query.get("before", "")[:LONGEST_EDGE],
        unfolded=query.get("all", "") if query.get("all") in FACETS else "",
    )
