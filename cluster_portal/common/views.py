"""Pages of the kernel: assembled stylesheets, guides, glossary, privacy, accessibility, security contact, style."""

from collections.abc import Callable
from datetime import timedelta

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from cluster_portal.common import assets
from cluster_portal.common.cards import FOR_EVER, cluster_card, picture
from cluster_portal.common.context import current_cluster
from cluster_portal.common.found import findable
from cluster_portal.common.glossary import GROUPS, TERMS
from cluster_portal.common.guide import GUIDES
from cluster_portal.common.specimens import specimens


@login_not_required
@require_safe
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """One bundle. Asked for by an old digest, it answers the present content and is not kept."""
    if name not in assets.MAKERS:
        raise Http404
    found = assets.asset(name)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(found.compressed if packed else found.body, content_type=found.content_type)
    answer["Cache-Control"] = FOR_EVER if digest == found.digest else "no-cache"
    answer["Vary"] = "Accept-Encoding"
    answer["X-Content-Type-Options"] = "nosniff"
    if packed:
        answer["Content-Encoding"] = "gzip"
    return answer


@findable
@login_not_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The guides, one for each role."""
    return render(request, "pages/guides.html", {"guides": GUIDES.values()})


@findable
@login_not_required
@require_safe
def guide(request: HttpRequest, role: str) -> HttpResponse:
    """What one role does, each task with its door."""
    if role not in GUIDES:
        raise Http404
    found = GUIDES[role]
    tabs = [(one.title, reverse("common:guide", args=[one.key]), one is found) for one in GUIDES.values()]
    words = [TERMS[key] for key in found.words]
    return render(request, "pages/guide.html", {"guide": found, "tabs": tabs, "words": words})


@findable
@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word of the field with what the portal means by it."""
    return render(request, "pages/glossary.html", {"groups": GROUPS})


@findable
@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal keeps about people, why and how long."""
    return render(request, "pages/privacy.html", {"dpo": settings.DPO_CONTACT})


@findable
@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and where to say so."""
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    cluster = current_cluster()
    if cluster is None:
        raise Http404
    lines = [
        f"Contact: mailto:{cluster.email}",
        f"Expires: {(timezone.now() + timedelta(days=180)).strftime('%Y-%m-%dT00:00:00Z')}",
        "Preferred-Languages: ro, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Where search engines need not knock, and where the map is (RFC 9309)."""
    return render(request, "pages/robots.txt", {"site": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The picture beside a link to home, and to every page without one of its own."""
    return picture(request, cluster_card())


def may_see_style_guide(request: HttpRequest) -> bool:
    return settings.DEMO or request.user.is_staff


@login_not_required
@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; for staff, and for everybody on a demonstration."""
    if not may_see_style_guide(request):
        raise Http404
    return render(request, "pages/style_guide.html", specimens())


def shown_as_letter(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For views that answer a letter's HTML to the frame of `{% letter %}`.

    Mail needs inline styles; in return the answer runs nothing, loads only our own images and opens no form.
    """
    rules = {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups"],
    }
    return xframe_options_sameorigin(csp_replace(rules)(view))


@login_not_required
@require_safe
@shown_as_letter
def style_guide_letter(request: HttpRequest) -> HttpResponse:
    """A letter as it leaves, for the frame on the style guide; it may carry the inline styles that mail needs."""
    if not may_see_style_guide(request):
        raise Http404
    return render(request, "pages/style_guide_letter.html")
