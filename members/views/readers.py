"""With whose eyes a page is read."""

from django.conf import settings
from django.http import HttpRequest

from cluster_portal.common.http import factor_shown
from cluster_portal.common.visibility import ANYONE, Viewer
from members.permissions import viewer_of


def reader(request: HttpRequest) -> Viewer:
    """What this person may see. Staff who have not shown their second factor yet see what everybody sees."""
    user = request.user
    guarded = settings.REQUIRE_STAFF_MFA and user.is_authenticated and user.is_staff
    return ANYONE if guarded and not factor_shown(request) else viewer_of(user)
