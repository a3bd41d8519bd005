"""Spans of time that figures are told for: a quarter, a year, or everything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

ALL = "all"


@dataclass(frozen=True)
class Period:
    """From `begin` to the day before `end`; without either it is everything. `code` stands in addresses."""

    code: str = ALL
    begin: date | None = None
    end: date | None = None


def year(number: int) -> Period:
    return Period(str(number), date(number, 1, 1), date(number + 1, 1, 1))


def quarter(number: int, of: int) -> Period:
    """The quarter `of` 1 to 4 of a year."""
    first = 3 * of - 2
    end = date(number + 1, 1, 1) if of == 4 else date(number, first + 3, 1)
    return Period(f"{number}-q{of}", date(number, first, 1), end)


def periods(since: date, today: date) -> Iterator[Period]:
    """Everything, and then each year and its quarters from `since` to `today`, the newest first."""
    yield Period()
    for number in range(today.year, since.year - 1, -1):
        yield year(number)
        for of in (4, 3, 2, 1):
            found = quarter(number, of)
            assert found.begin is not None
            assert found.end is not None
            if found.begin <= today and found.end > since:
                yield found
