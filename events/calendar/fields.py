"""The properties of one component that is read, as texts, addresses and numbers."""

from urllib.parse import unquote, urlsplit

from icalendar.parser import split_on_unescaped_comma, unescape_backslash

from events.calendar.contents import Component, ContentLine
from events.calendar.problems import Problem, Problems, Refused
from events.calendar.texts import tidy

GREATEST_SEQUENCE = 2**31 - 1


class Fields:
    """What a VEVENT says, by name. What is read with a doubt is noted with the entry's title."""

    def __init__(self, component: Component, problems: Problems) -> None:
        self.line = component.line
        self.problems = problems
        self.refused = False
        self.properties: dict[str, list[ContentLine]] = {}
        for line in component.lines:
            self.properties.setdefault(line.name, []).append(line)
        self.title = " ".join(self.text("SUMMARY").split())

    def all(self, name: str) -> list[ContentLine]:
        return self.properties.get(name, [])

    def first(self, name: str) -> ContentLine | None:
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        line = self.first(name)
        return tidy(unescape_backslash(line.value)).strip() if line else ""

    def note(self, code: str, line: ContentLine, **params: object) -> None:
        self.problems.note(code, line.number, self.title, **params)

    def refuse(self, code: str, line: int, **params: object) -> None:
        """Leaves the entry out, and lets its other mistakes be found."""
        self.refused = True
        self.problems.add(Problem(code, line, params, title=self.title))

    def number(self, name: str) -> int:
        """A whole number from 0 on; 0 when there is none."""
        line = self.first(name)
        value = line.value.strip() if line else "0"
        if value.isascii() and value.isdigit() and len(value) <= 10 and int(value) <= GREATEST_SEQUENCE:
            return int(value)
        assert line
        self.note("calendar_number_broken", line, name=name)
        return 0

    def categories(self) -> tuple[str, ...]:
        found = [tidy(text).strip() for line in self.all("CATEGORIES") for text in split_on_unescaped_comma(line.value)]
        return tuple(dict.fromkeys(text for text in found if text))

    def web_address(self, name: str) -> str:
        """An address that a browser may be led to."""
        line = self.first(name)
        address = tidy(line.value).strip() if line else ""
        if line and address and not is_web_address(address):
            self.note("calendar_address_left_out", line)
            return ""
        return address

    def person(self, name: str) -> tuple[str, str]:
        """(name, e-mail address) of ORGANIZER; each "" when it is not told."""
        line = self.first(name)
        if not line:
            return "", ""
        scheme, _, address = line.value.strip().partition(":")
        return " ".join(tidy(parameter(line, "CN")).split()), unquote(address) if scheme.lower() == "mailto" else ""


def parameter(line: ContentLine, name: str) -> str:
    try:
        return line.parameter(name)
    except ValueError as error:
        raise Refused("calendar_line_broken", line.number, text=f"{line.name}{line.parameters}"[:60]) from error


def is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, address))
