"""Pages of mail preferences: the link of a letter, which needs no account, and the switches of an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.common import topics
from cluster_portal.common.forms import TopicsForm
from cluster_portal.common.http import see_other
from cluster_portal.common.models import RefusalWay, User

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What the server of a mail program sends, without anybody looking at a page (RFC 8058, 3.2)."""


def _unknown(request: HttpRequest) -> HttpResponse:
    """The page for a link that we did not sign."""
    return render(request, "letters/unknown.html", status=404)


@csrf_exempt  # mail programs have no token of ours; what they may do is in the signed address and nothing else
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, because programs that look for harmful links open every one of them; a POST refuses the topic.

    A mail program is answered at once and sent nowhere else, as RFC 8058 wants it.
    """
    known = topics.read_token(token)
    if known is None:
        return _unknown(request)
    address, code = known
    if request.method == "POST":
        one_click = request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]
        topics.refuse(address, code, way=RefusalWay.ONE_CLICK if one_click else RefusalWay.PAGE, by=None)
        if one_click:
            return HttpResponse("OK\n", content_type="text/plain; charset=utf-8")
        return see_other("common:unsubscribe", token)
    refused = topics.has_refused(address, code)
    context = {"address": address, "topic": topics.topic_of(code), "refused": refused, "token": token}
    return render(request, "letters/unsubscribe.html", context)


@csrf_exempt  # as above: whoever holds the signed address may take back what it did
@login_not_required
@require_POST
def subscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Take a refusal back, for whoever clicked by mistake."""
    known = topics.read_token(token)
    if known is None:
        return _unknown(request)
    topics.accept(*known, by=None)
    return see_other("common:unsubscribe", token)


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """A switch for every topic, for the address of the account."""
    assert isinstance(request.user, User)
    address = request.user.email
    posted = request.POST if request.method == "POST" else None
    form = TopicsForm(posted, refused=topics.refused_by(address))
    if posted is not None and form.is_valid():
        topics.choose(address, form.wanted, by=request.user)
        messages.success(request, _("Your choice of letters is kept."))
        return see_other("common:topics")
    return render(request, "letters/topics.html", {"form": form, "address": address})
