"""With whose eyes a page is read."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from cluster_portal.common.http import factor_shown
from cluster_portal.common.visibility import Viewer
from members.permissions import Anyone, viewer_of


def reader(request: HttpRequest) -> Viewer:
    """What this person may see. Staff who have not shown their second factor yet see what everybody sees."""
    return viewer_of(known_as(request))


def known_as(request: HttpRequest) -> Anyone:
    """Who is reading: nobody in particular as long as staff have not shown their second factor."""
    user = request.user
    guarded = settings.REQUIRE_STAFF_MFA and user.is_authenticated and user.is_staff
    return AnonymousUser() if guarded and not factor_shown(request) else user
