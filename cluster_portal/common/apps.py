"""The kernel app: people, letters, audit trail; it knows none of the domain apps."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "cluster_portal.common"
    label = "common"
    verbose_name = "Portal"
