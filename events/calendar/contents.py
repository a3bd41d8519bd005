"""Bytes of a calendar file to content lines with their numbers, and to the components that they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Parameters

from events.calendar.problems import Problem, Problems, Refused

LAST_RESORT = "cp1250"
"""What old Romanian programs write when they do not write Unicode."""
DEEPEST = 10
"""Components inside each other; a calendar has four."""
READ = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"})

_LINE_END = re.compile(rb"\r\n|\r|\n")
_PARTS = re.compile(r'([A-Za-z0-9-]++)((?:;(?:[^":;]|"[^"]*+")*+)*+):(.*)', re.DOTALL)


@dataclass(frozen=True)
class ContentLine:
    """`parameters` is as written, from its first semicolon on."""

    number: int
    name: str
    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """The value of a parameter, "" when there is none. Raises ValueError when they cannot be read."""
        if not self.parameters:
            return ""
        value = Parameters.from_ical(self.parameters[1:]).get(name, "")  # type: ignore[no-untyped-call]
        return value if isinstance(value, str) else ",".join(value)


@dataclass
class Component:
    """What stands between BEGIN and END. `damage` is the first problem that makes it unfit to be read."""

    name: str
    line: int
    lines: list[ContentLine] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    damage: Problem | None = None


def unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines with the number of their first piece. On octets: old programs fold in the middle of a letter."""
    number, pieces = 0, [b""]
    for at, raw in enumerate(_LINE_END.split(content), start=1):
        if raw[:1] in (b" ", b"\t") and number:
            pieces.append(raw[1:])
        elif raw:
            if number:
                yield number, b"".join(pieces)
            number, pieces = at, [raw]
    if number:
        yield number, b"".join(pieces)


def content_lines(content: bytes, problems: Problems) -> Iterator[tuple[int, str]]:
    """Lines of text. A file that is not Unicode is taken as windows-1250, and that is said."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode()
    lines = list(unfolded(content.removeprefix(b"\xef\xbb\xbf")))
    encoding = "utf-8"
    for number, octets in lines:
        try:
            octets.decode()
        except UnicodeDecodeError:
            problems.note("calendar_encoding", number)
            encoding = LAST_RESORT
            break
    for number, octets in lines:
        yield number, octets.decode(encoding, errors="replace")


def components(content: bytes, problems: Problems) -> list[Component]:
    """What the file holds at its top level, with everything inside. Whatever has no end, or a line that is no content
    line, is marked as damaged; its neighbours stay whole. Raises Refused: calendar_too_deep."""
    builder = _Builder(problems)
    number = 1
    for number, text in content_lines(content, problems):
        parts = _PARTS.fullmatch(text)
        name = parts[1].upper() if parts else ""
        if parts and name == "BEGIN":
            builder.begin(parts[3].strip().upper(), number)
        elif parts and name == "END":
            builder.end(parts[3].strip().upper(), number)
        elif parts:
            builder.take(ContentLine(number, name, parts[2], parts[3]))
        else:
            builder.broken(number, text)
    builder.finish(number)
    return builder.top


class _Builder:
    """Components that are open, the outermost first."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.top: list[Component] = []
        self.open: list[Component] = []

    def begin(self, name: str, number: int) -> None:
        if name == "VCALENDAR" and self.open:
            self._close_until(self.open[0], number)
        events = [component for component in self.open if component.name == "VEVENT"]
        if name == "VEVENT" and events:
            self._close_until(events[0], number)
        if len(self.open) >= DEEPEST:
            raise Refused("calendar_too_deep", number)
        component = Component(name, number)
        (self.open[-1].parts if self.open else self.top).append(component)
        self.open.append(component)

    def end(self, name: str, number: int) -> None:
        matching = [component for component in self.open if component.name == name]
        if not matching:
            self.problems.note("calendar_end_alone", number, name=name)
            return
        while self.open[-1] is not matching[-1]:
            self._damage(self.open.pop(), number)
        self.open.pop()

    def take(self, line: ContentLine) -> None:
        if not self.open:
            self.problems.note("calendar_line_outside", line.number, text=_short(line.name))
        elif self.open[-1].name in READ:
            self.open[-1].lines.append(line)

    def broken(self, number: int, text: str) -> None:
        """A line without a name or a value. What a program added for itself (X-…) is not worth an entry."""
        if not self.open:
            self.problems.note("calendar_line_outside", number, text=_short(text))
        elif self.open[-1].name in READ:
            if text.upper().startswith("X-"):
                self.problems.note("calendar_line_broken", number, text=_short(text))
            elif not self.open[-1].damage:
                self.open[-1].damage = Problem("calendar_line_broken", number, {"text": _short(text)})

    def finish(self, number: int) -> None:
        if self.open:
            self.problems.note("calendar_cut_off", number)
            self._close_until(self.open[0], number)

    def _close_until(self, last: Component, number: int) -> None:
        while self.open and self.open[-1] is not last:
            self._damage(self.open.pop(), number)
        self._damage(self.open.pop(), number)

    def _damage(self, component: Component, number: int) -> None:
        if component.name != "VCALENDAR" and not component.damage:
            component.damage = Problem("calendar_not_ended", component.line, {"name": component.name, "at": number})


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
