"""The public page of a member."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cluster_portal.common.found import findable, is_findable
from members.queries.profile import profile_for
from members.views.found import data_of, picture_of, sentence_of
from members.views.profile_page import page_of
from members.views.readers import reader


@findable
@login_not_required
@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """What this reader may see of a member; what they may not know of does not exist."""
    viewer = reader(request)
    found = profile_for(slug, viewer)
    if found is None:
        raise Http404
    context = page_of(found, own=found.organisation in viewer.own)
    if is_findable(request):
        context |= {"sentence": sentence_of(found), "picture": picture_of(found), "data": data_of(found)}
    return render(request, "members/profile.html", context)
