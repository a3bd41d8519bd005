"""The portal as a Django app: it holds the commands that need all apps, the system checks, the choice of admin site."""

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
