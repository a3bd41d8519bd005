"""Gives numbers without a gap: the counter's row is locked until the transaction ends."""

from members.models import Counter


def next_number(series: str, year: int) -> int:
    """The next number of a series in a year; given back when the transaction is rolled back."""
    Counter.objects.bulk_create([Counter(series=series, year=year)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update().get(series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
