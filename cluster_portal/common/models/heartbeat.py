"""Signs of life of the background processes, for the health page."""

from django.db import models

from cluster_portal.common.constraints import ClockTimestamp


class Heartbeat(models.Model):
    """When a process last showed that it works; one row per kind of process."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField(db_default=ClockTimestamp())

    def __str__(self) -> str:
        return self.name
