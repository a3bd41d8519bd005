"""The cluster membership portal: wiring and the kernel that all apps share."""

from cluster_portal.celery import app as celery_app

__all__ = ["celery_app"]
