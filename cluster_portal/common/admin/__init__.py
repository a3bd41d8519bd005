"""The desk: Django admin with the portal's own sign-in, first page and menu, and the kernel's tables in it."""

from cluster_portal.common.admin import cluster, mail, people, trail
from cluster_portal.common.admin.site import DeskAdmin, MenuLink, Panel, PortalAdminSite, ReadOnlyAdmin

__all__ = [
    "DeskAdmin",
    "MenuLink",
    "Panel",
    "PortalAdminSite",
    "ReadOnlyAdmin",
    "cluster",
    "mail",
    "people",
    "trail",
]
