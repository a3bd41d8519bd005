"""Membership at the desk: the queue and the file, the Board, the register, and the words of the cluster."""

from django.contrib import admin

from members.admin import (
    changes,
    mandates,
    memberships,
    organisations,
    panels,
    register,
    requests,
    resolutions,
    statutes,
    trail,
    vocabulary,
)

admin.site.panels(panels.director_panel)  # type: ignore[attr-defined]  # the portal's own site
admin.site.panels(panels.office_panel)  # type: ignore[attr-defined]
admin.site.menu(panels.menu)  # type: ignore[attr-defined]

__all__ = [
    "changes",
    "mandates",
    "memberships",
    "organisations",
    "panels",
    "register",
    "requests",
    "resolutions",
    "statutes",
    "trail",
    "vocabulary",
]
