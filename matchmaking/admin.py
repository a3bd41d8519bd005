"""What the desk shows of matchmaking: so far the lines of the trail, which only the office reads."""

from django.db.models import Q
from django.http import HttpRequest

from cluster_portal.common.admin.trail import AuditEventAdmin
from members.permissions import standing


def of_matchmaking(request: HttpRequest) -> Q | None:
    """Who is interested in whom is between the two sides and the office: a director does not read it."""
    who = standing(request.user)
    return None if who.office or who.superuser else Q(target_type__startswith="matchmaking.")


AuditEventAdmin.hidden.append(of_matchmaking)
