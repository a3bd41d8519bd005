"""The tree of words: what may stand where, and when a word is too broad to say much."""

from collections.abc import Iterable, Mapping

from members.rules.errors import RuleError
from members.rules.text import fold

DEEPEST = 8
"""Levels of the tree: whoever chooses a word goes down step by step."""
BROAD_PART, BROAD_LEAST = 4, 8
"""A word that a quarter of the members state, and at least eight of them, tells nobody apart."""
MOST_ALIASES = 30

Parents = Mapping[int, int | None]


def chain(parents: Parents, word: int) -> list[int]:
    """The word and the words above it, the root last; ends where it would go round."""
    found: list[int] = []
    at: int | None = word
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def check_place(parents: Parents, word: int, under: int) -> None:
    """Refuse a place below itself, and a tree that grows too deep. Raises RuleError: word_loop, word_too_deep."""
    above = chain(parents, under)
    if word in above:
        raise RuleError("word_loop")
    below = max((len(chain(parents, one)) - len(chain(parents, word)) for one in branch(parents, word)), default=0)
    if len(above) + 1 + below > DEEPEST:
        raise RuleError("word_too_deep", {"most": DEEPEST})


def branch(parents: Parents, word: int) -> set[int]:
    """The word and everything below it."""
    return {one for one in parents if word in chain(parents, one)}


def in_tree_order(places: Iterable[tuple[int, int | None, int]]) -> list[int]:
    """Ids as one reads the tree: a word, its narrower words, the next word. `places`: id, parent, position."""
    below: dict[int | None, list[int]] = {}
    for pk, parent, _position in sorted(places, key=lambda one: (one[2], one[0])):
        below.setdefault(parent, []).append(pk)
    found: list[int] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        pk = waiting.pop()
        found.append(pk)
        waiting += below.get(pk, [])[::-1]
    return found


def other_words(aliases: Iterable[str], *names: str) -> list[str]:
    """Aliases once each, without those that are the names themselves in another writing."""
    seen, kept = {fold(name) for name in names}, []
    for alias in aliases:
        folded = fold(alias)
        if folded and folded not in seen:
            seen.add(folded)
            kept.append(" ".join(alias.split()))
    return kept[:MOST_ALIASES]


def too_broad(stated: int, members: int) -> bool:
    """Whether so many of the members state the word itself that it should be split."""
    return stated >= BROAD_LEAST and stated * BROAD_PART >= members
