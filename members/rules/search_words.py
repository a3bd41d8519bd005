"""Words of a search: what people type, cut to what it means, and the known word that a mistyped one stands for."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from members.rules.text import fold

MOST_WORDS = 8
LONGEST_WORD = 40
# Words that say nothing in a search, in both languages; "ai" is not one of them here.
FUNCTION_WORDS = frozenset(
    "a al ale cu de din in la pe pentru prin sau si un una and at by for from of on or the to with".split()
)
# Endings of Romanian nouns and adjectives, folded, and what stays of them; the longest first.
ENDINGS = tuple(
    sorted(
        {
            **dict.fromkeys("iilor elor ilor ului urilor urile iunea iunii iuni iune iile iei".split(), ""),
            **dict.fromkeys("ii ia ie ea ele ile ul le i e a u".split(), ""),
            **dict.fromkeys("oarelor oarele oarei oarea oare orilor orului orii orul ori or".split(), "o"),
            **dict.fromkeys("arilor arile area arii ari are".split(), "ar"),
        }.items(),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
)
SHORTEST_STEM = 4
MOST_MEANT = 1_000
CANDIDATES = 20  # words with the most groups of letters in common that are compared letter by letter


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a search, at most eight; words that say nothing only when there are no others."""
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(text[:400]))
    words = list(dict.fromkeys(word[:LONGEST_WORD] for word in letters.split()))[:MOST_WORDS]
    telling = tuple(word for word in words if word not in FUNCTION_WORDS)
    return telling or tuple(words)


def stem(word: str) -> str:
    """What the forms of a Romanian word begin with: "cercetare" and "cercetări" give "cercetar".

    Meant for a search by beginnings; a word that would become too short stays whole.
    """
    for ending, stays in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(stays) >= SHORTEST_STEM:
            return word.removesuffix(ending) + stays
    return word


def distance(one: str, other: str, most: int = LONGEST_WORD) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour; no longer exact above `most`."""
    one, other = _where_they_differ(one, other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row, last, older = [i], row, before
        before = last
        for j, wanted in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return row[-1]


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Both without the letters that they begin and end with together: of a slip of the finger little is left."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


class KnownWords:
    """Words that can be found, by their groups of three letters, for the nearest to a mistyped one."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted({word for word in words if len(word) >= 3})
        self.meant: dict[str, tuple[str, ...]] = {}  # mistyped words that were asked for before
        self.groups: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            for group in _groups(word):
                self.groups.setdefault(group, []).append(index)

    def knows(self, word: str) -> bool:
        """Whether some known word begins with this one."""
        at = bisect_left(self.words, word)
        return at < len(self.words) and self.words[at].startswith(word)

    def nearest(self, word: str, most: int = 3) -> tuple[str, ...]:
        """The known words that this one may have meant, the likeliest first; none for words under four letters."""
        if len(word) < 4 or self.knows(word):
            return ()
        if word not in self.meant:
            if len(self.meant) >= MOST_MEANT:
                self.meant.clear()
            self.meant[word] = self._nearest(word)
        return self.meant[word][:most]

    def _nearest(self, word: str) -> tuple[str, ...]:
        shared = Counter(index for group in _groups(word) for index in self.groups.get(group, ()))
        allowed = 1 if len(word) < 6 else 2
        found = []
        for index, count in shared.most_common(CANDIDATES):
            known = self.words[index]
            if abs(len(known) - len(word)) <= allowed and (wrong := distance(word, known, allowed)) <= allowed:
                found.append((wrong, -count, known))
        best = min(found, default=(0, 0, ""))[0]
        return tuple(known for wrong, _count, known in sorted(found) if wrong == best)


def _groups(word: str) -> set[str]:
    """The groups of letters of a word with its edges, and its pairs: a swap leaves few groups of three whole."""
    edged = f"  {word} "
    return {edged[at : at + 3] for at in range(len(edged) - 2)} | {first + second for first, second in pairwise(word)}
