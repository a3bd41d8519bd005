"""The portal as a Django app: it holds the commands that need all apps, the system checks, the choice of admin site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin

from cluster_portal.common import checks

__all__ = ["PortalAdminConfig", "PortalConfig", "checks"]  # importing the checks registers them


class PortalConfig(AppConfig):
    name = "cluster_portal"
    label = "cluster_portal"


class PortalAdminConfig(admin.AdminConfig):
    default = False  # of this module; the settings name it in full
    default_site = "cluster_portal.common.admin.site.PortalAdminSite"

    def ready(self) -> None:
        """Import the kernel's tables first: were they imported while the site is made, they would enter another one."""
        import_module("cluster_portal.common.admin")
        super().ready()
