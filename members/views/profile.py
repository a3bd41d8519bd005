"""The public page of a member."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.queries.profile import profile_for
from members.views.profile_page import page_of
from members.views.readers import reader


@login_not_required
@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """What this reader may see of a member; what they may not know of does not exist."""
    viewer = reader(request)
    found = profile_for(slug, viewer)
    if found is None:
        raise Http404
    return render(request, "members/profile.html", page_of(found, own=found.organisation in viewer.own))
