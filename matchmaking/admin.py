"""What the desk shows of matchmaking: the way to its pages, and the lines of the trail, which only the office reads."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.common.admin.site import MenuLink
from cluster_portal.common.admin.trail import AuditEventAdmin
from matchmaking.permissions import can_broker
from members.permissions import standing


def menu(request: HttpRequest) -> Iterable[MenuLink]:
    """The way from the desk to the office's pages of matchmaking."""
    if can_broker(request.user):
        yield MenuLink(_("Matches"), reverse("matchmaking:office"))


admin.site.menu(menu)  # type: ignore[attr-defined]  # the portal's own site


def of_matchmaking(request: HttpRequest) -> Q | None:
    """Who is interested in whom is between the two sides and the office: a director does not read it."""
    who = standing(request.user)
    return None if who.office or who.superuser else Q(target_type__startswith="matchmaking.")


AuditEventAdmin.hidden.append(of_matchmaking)
