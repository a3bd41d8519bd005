"""Pages of tables that grow without end: counted only as far as anybody leafs."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST = 3_000


class BoundedPaginator(Paginator):
    """Counts to MOST rows and no further, so a page costs the same with a thousand rows and with a million.

    Rows beyond are reached by searching or filtering; the page says so.
    """

    most = MOST

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list[:MOST]  # type: ignore[assignment]  # the admin gives a queryset
        return rows.count()
