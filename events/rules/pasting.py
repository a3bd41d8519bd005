"""People as somebody pastes them, one a line, out of a letter or a spreadsheet: read, or the lines that are wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from members.rules.errors import Remark

ADDRESS = re.compile(r"[^\s<>;,\"'()]+@[^\s<>;,\"'()]+")
MOST_REMARKS = 20
"""Wrong lines that are told one by one; whoever pastes the wrong column has a thousand."""


@dataclass(frozen=True)
class Pasted:
    """Somebody on the list; `line` is the number of their first line."""

    full_name: str
    email: str
    line: int


@dataclass(frozen=True)
class Reading:
    """Who is on the list, each address once; what is wrong with it; how many lines said something twice."""

    people: tuple[Pasted, ...]
    remarks: tuple[Remark, ...]
    repeated: int


def read_people(text: str) -> Reading:
    """Read lines such as "Ana Pop <ana@example.org>", "Ana Pop; ana@example.org" or two columns of a spreadsheet.

    An address that comes again with the same name counts once; with another name it is a mistake somebody must see.
    """
    found: dict[str, Pasted] = {}
    remarks: list[Remark] = []
    repeated = 0
    for number, line in _lines(text):
        address = ADDRESS.search(line)
        if address is None:
            remarks.append(Remark("pasted_without_address", {"line": number, "text": line[:60]}))
            continue
        person = Pasted(_name(line, address[0]), address[0].strip(".").lower(), number)
        known = found.get(person.email)
        if not person.full_name:
            remarks.append(Remark("pasted_without_name", {"line": number, "email": person.email}))
        elif known is None:
            found[person.email] = person
        elif known.full_name.casefold() == person.full_name.casefold():
            repeated += 1
        else:
            remarks.append(
                Remark("pasted_under_two_names", {"line": number, "first": known.line, "email": person.email})
            )
    return Reading(tuple(found.values()), _shortened(remarks), repeated)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    for number, line in enumerate(text.splitlines(), 1):
        words = " ".join(line.split())
        if words:
            yield number, words


def _name(line: str, address: str) -> str:
    """What stands on the line besides the address, without the marks that separate the two."""
    rest = re.sub(r"[<>\";,()\t]+", " ", line.replace(address, " ", 1))
    return " ".join(rest.split()).strip(" -–:")


def _shortened(remarks: list[Remark]) -> tuple[Remark, ...]:
    if len(remarks) <= MOST_REMARKS:
        return tuple(remarks)
    more = Remark("pasted_more_wrong", {"count": len(remarks) - MOST_REMARKS})
    return (*remarks[:MOST_REMARKS], more)
