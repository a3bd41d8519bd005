"""Words for constraints and triggers that many tables share."""

from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q


class ClockTimestamp(Func):
    """The database's own clock, read at the moment of the statement: the only clock of leases and trails."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class TransactionId(Func):
    """Number of the current transaction, so that rows written together can be told from rows written apart."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class DateRange(Func):
    """A range of days, both ends included; an empty end is open."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"


def one_of(field: str, choices: Iterable[str], name: str) -> CheckConstraint:
    """A column of words may hold only the words of its vocabulary."""
    return CheckConstraint(condition=Q(**{f"{field}__in": [str(value) for value in choices]}), name=name)


def together(name: str, *fields: str) -> CheckConstraint:
    """Columns that are filled together or not at all (who and when)."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    every = Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(condition=none | every, name=name)


def in_order(name: str, earlier: str, later: str) -> CheckConstraint:
    """An end is never before its start; an open end is allowed."""
    return CheckConstraint(condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)}), name=name)


def append_only() -> list[pgtrigger.Trigger]:
    """Rows are written once: no UPDATE, DELETE or TRUNCATE, whoever asks."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="never_emptied",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
        ),
    ]
