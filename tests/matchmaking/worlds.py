"""Random clusters for comparing the database with the definition, and clusters with planted partners."""

from __future__ import annotations

from random import Random

from tests.matchmaking.definition import Item, Member

ORIENTATIONS = ["civil", "civil", "defence", "dual"]


def a_tree(
    chance: Random, roots: int = 4, domains: int = 36, groups: int = 130, leaves: int = 430
) -> dict[str, str | None]:
    """A tree of about 600 words in four levels."""
    tree: dict[str, str | None] = {f"r{n}": None for n in range(roots)}
    tree |= {f"d{n}": f"r{n % roots}" for n in range(domains)}
    tree |= {f"g{n}": f"d{chance.randrange(domains)}" for n in range(groups)}
    tree |= {f"l{n}": f"g{chance.randrange(groups)}" for n in range(leaves)}
    return tree


def a_cluster_of(chance: Random, tree: dict[str, str | None], count: int) -> dict[str, Member]:
    """Members with random items anywhere in the tree, roots included, every tenth for the office alone."""
    words = list(tree)
    weights = [1 / (rank + 1) for rank in range(len(words))]
    chance.shuffle(words)

    def items(most: int) -> list[Item]:
        chosen = dict.fromkeys(chance.choices(words, weights, k=chance.randint(0, most)))
        return [Item(word, chance.randint(1, 3), chance.randint(1, 2), chance.random() < 0.9) for word in chosen]

    return {f"M{n:04}": Member(chance.choice(ORIENTATIONS), items(9), items(6)) for n in range(count)}
