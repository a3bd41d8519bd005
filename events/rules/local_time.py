"""The wall clock of Bucharest: times that do not exist or exist twice at the clock change, and days before by it."""

from datetime import UTC, datetime, timedelta

from members.rules.deadlines import BUCHAREST
from members.rules.errors import RuleError


def instant(wall: datetime) -> datetime:
    """The instant of a wall clock time (naive), in UTC.

    Raises RuleError: "local_time_missing" for a time that the clock jumps over in March, "local_time_twice" for one
    that comes twice in October: nobody can know which one is meant.
    """
    first, second = _readings(wall)
    if first == second:
        return first
    if first > second:
        raise RuleError("local_time_missing", {"time": wall, "first": local(_end_of_gap(second, first))})
    raise RuleError("local_time_twice", {"time": wall})


def local(moment: datetime) -> datetime:
    """What the clock on the wall shows at an instant, without a zone."""
    return moment.astimezone(BUCHAREST).replace(tzinfo=None)


def days_before(moment: datetime, days: int) -> datetime:
    """The same time by the wall clock so many days earlier, in UTC.

    Where it comes twice, the first time; where the clock jumps over it, the moment of the jump.
    """
    first, second = _readings(local(moment) - timedelta(days=days))
    return _end_of_gap(second, first) if first > second else first


def _readings(wall: datetime) -> tuple[datetime, datetime]:
    """Both ways to read a wall clock time: the same instant but for the hours of the clock change."""
    return (
        wall.replace(tzinfo=BUCHAREST, fold=0).astimezone(UTC),
        wall.replace(tzinfo=BUCHAREST, fold=1).astimezone(UTC),
    )


def _end_of_gap(before: datetime, after: datetime) -> datetime:
    """The first minute after the jump that lies between the two readings of a time which does not exist."""
    offset = before.astimezone(BUCHAREST).utcoffset()
    moment = before.replace(second=0, microsecond=0)
    while moment < after and moment.astimezone(BUCHAREST).utcoffset() == offset:
        moment += timedelta(minutes=1)
    return moment
