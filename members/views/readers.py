"""With whose eyes a page is read."""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from cluster_portal.common.visibility import ANYONE, Viewer
from members.permissions import viewer_of


def reader(request: HttpRequest) -> Viewer:
    """What this person may see. Staff who have not shown their second factor yet see what everybody sees."""
    user = request.user
    guarded = settings.REQUIRE_STAFF_MFA and user.is_authenticated and user.is_staff
    if guarded and not any(record.get("method") == "mfa" for record in get_authentication_records(request)):
        return ANYONE
    return viewer_of(user)
