"""Words that nobody could guess, one for each text of a level: who reads one on any page must be allowed to.

A word stands in a description, a street, a motive, the name of a file; `found` finds all words in a page, a file or a
letter, and the rule is: the role that got it is among those for whom it was planted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MEMBERS = "R E D DR M S"
OFFICE = "M S"
DESKS = "D DR M S"
EVERYBODY = "V U A R E X D DR M S N"
WORD = re.compile(r"cnry[0-9]{3}q", re.IGNORECASE)


@dataclass
class Canaries:
    """The planted words: where each one stands, and which roles may read it."""

    places: dict[str, str] = field(default_factory=dict)
    readers: dict[str, frozenset[str]] = field(default_factory=dict)

    def plant(self, place: str, readers: str) -> str:
        """A new word; `readers` are roles with spaces between."""
        word = f"cnry{len(self.places):03d}q"
        self.places[word], self.readers[word] = place, frozenset(readers.split())
        return word

    def sung(self, text: str, role: str) -> list[str]:
        """The places whose words stand in a text that this role got, and should not have."""
        words = {found.lower() for found in WORD.findall(text)}
        return sorted(self.places[word] for word in words if role not in self.readers[word])
