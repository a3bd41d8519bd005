"""What a word of the glossary is."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    """A word of the field and what the portal means by it; `code`: the type that carries it."""

    key: str
    word: Any
    meaning: Any
    code: str = ""

    @property
    def short(self) -> str:
        """The word as a label: of several, the first."""
        return str(self.word).split(", ")[0]


@dataclass(frozen=True)
class Group:
    """Words that belong together, under a heading."""

    key: str
    title: Any
    terms: tuple[Term, ...]
