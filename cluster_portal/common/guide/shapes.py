"""What a guide is: for one role, its tasks, each with the door behind which it is done."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """One thing to do: the name of its address, what it is, and how it is done."""

    door: str
    title: Any
    how: Any


@dataclass(frozen=True)
class Guide:
    """What one role does; `words`: those of the glossary that it meets."""

    key: str
    title: Any
    lede: Any
    words: tuple[str, ...]
    tasks: tuple[Task, ...]
