"""What is wrong with a file that is read: a code, its parameters and the line; the sentences are in
`events.wording_imports`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_TITLE = 80
MOST_PROBLEMS = 200
"""Told of one file; whoever has more has the wrong file, and is told how many more there are."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `refused`: the entry, or the file, was left out because of it; otherwise it was read
    and the problem says how. `line` is that of the file, from 1; `title` is the entry's beginning, when it is known."""

    code: str
    line: int = 1
    params: Mapping[str, object] = field(default_factory=dict)
    refused: bool = True
    title: str = ""

    def __post_init__(self) -> None:
        if len(self.title) > LONGEST_TITLE:
            object.__setattr__(self, "title", f"{self.title[:LONGEST_TITLE]}…")


class Refused(ValueError):
    """Why one entry cannot be read."""

    def __init__(self, code: str, line: int, **params: object) -> None:
        super().__init__(code, line, params)
        self.code = code
        self.line = line
        self.params = params

    def as_problem(self, title: str = "") -> Problem:
        return Problem(self.code, self.line, self.params, title=title)


class Problems:
    """The problems of one file, as many as a person can read."""

    def __init__(self) -> None:
        self._told: list[Problem] = []
        self._more = 0

    def add(self, problem: Problem) -> None:
        if len(self._told) < MOST_PROBLEMS:
            self._told.append(problem)
        else:
            self._more += 1

    def note(self, code: str, line: int, title: str = "", **params: object) -> None:
        """Something that was read all the same."""
        self.add(Problem(code, line, params, refused=False, title=title))

    def told(self) -> tuple[Problem, ...]:
        """In the order of the file; when there are too many, the last says how many more."""
        told = sorted(self._told, key=lambda problem: problem.line)
        if self._more:
            told.append(Problem("file_more_problems", told[-1].line, {"count": self._more}))
        return tuple(told)
