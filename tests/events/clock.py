"""Times as tests write them."""

from datetime import UTC, datetime


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """What a clock in Bucharest shows."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 without a zone on purpose
