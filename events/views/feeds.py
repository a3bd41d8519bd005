"""Calendars to subscribe to and news of events: public, of one capability, and a person's own by its key."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_POST, require_safe

from cluster_portal.common.found import findable
from cluster_portal.common.models import Cluster
from events.actions.feeds import make_feed, revoke_feed
from events.calendar import Entry, Item, atom, feed
from events.enums import FeedScope
from events.models import FeedToken
from events.permissions import visible_to
from events.queries.feeds import REFRESH, private_entries, public_entries
from events.queries.links import event_link, index_link
from events.queries.tokens import feed_by
from events.views.doors import CALENDAR, person
from members.models import Tag

NEWS = 30
ATOM = "application/atom+xml; charset=utf-8"


def _language(request: HttpRequest) -> str:
    """Programs send no cookie: `?language=en` chooses, else what the portal speaks to this reader."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else (get_language() or "ro")[:2]


def _calendar(
    request: HttpRequest, entries: Sequence[Entry], name: str, language: str, *, busy: bool = False
) -> HttpResponse:
    """The feed, with a mark by which a program learns that nothing has changed."""
    steady = [replace(entry, stamp=entry.changed) for entry in entries]
    content = feed(steady, name, language, REFRESH, address=f"{settings.SITE_URL}{request.path}", busy=busy)
    return _marked(request, content, CALENDAR)


def _marked(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    mark = f'"{hashlib.sha256(content).hexdigest()[:32]}"'

    @condition(etag_func=lambda _request: mark)
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})

    return answer(request)


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Every public event; cancelled ones stay and say so."""
    language = _language(request)
    with override(language):
        name = _("Events of %(cluster)s") % {"cluster": Cluster.objects.get().short_name}
    return _calendar(request, public_entries(language), name, language)


@login_not_required
@require_safe
def tagged(request: HttpRequest, code: str) -> HttpResponse:
    """The public events about one capability."""
    tag = get_object_or_404(Tag, code=code)
    language = _language(request)
    with override(language):
        name = _("Events of %(cluster)s: %(capability)s") % {
            "cluster": Cluster.objects.get().short_name,
            "capability": tag.name,
        }
    return _calendar(request, public_entries(language, tag), name, language)


@login_not_required
@never_cache
@require_safe
def private(request: HttpRequest, token: str) -> HttpResponse:
    """A person's own calendar, by its key alone."""
    found = feed_by(token)
    if found is None:
        raise Http404
    language = found.user.language
    with override(language):
        name = _("My events: %(cluster)s") % {"cluster": Cluster.objects.get().short_name}
    answer = _calendar(request, private_entries(found), name, language, busy=found.scope == FeedScope.MINE)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What was announced lately, for news readers (Atom)."""
    language, cluster = _language(request), Cluster.objects.get()
    events = visible_to(AnonymousUser()).announced().order_by("-published_at", "-pk").prefetch_related("tags")[:NEWS]
    with override(language):
        items = [
            Item(
                key=f"urn:uuid:{event.key}",
                title=event.title,
                address=event_link(event),
                published=event.published_at or event.created_at,
                changed=event.changed_at,
                summary=f"{event.when}. {event.where}. {event.summary}",
                categories=(str(event.get_kind_display()), *(str(tag) for tag in event.tags.all())),
            )
            for event in events
        ]
        content = atom(
            items,
            title=_("Events of %(cluster)s") % {"cluster": cluster.short_name},
            author=cluster.name,
            language=language,
            address=f"{settings.SITE_URL}{request.path}",
            page=index_link(),
            since=datetime(2020, 3, 1, tzinfo=UTC),
        )
    return _marked(request, content, ATOM)


def _subscriptions(path: str) -> dict[str, str]:
    """The same address for a browser, and for a program that is to subscribe to it."""
    parts = urlsplit(settings.SITE_URL)
    return {"https": f"{settings.SITE_URL}{path}", "webcal": f"webcal://{parts.netloc}{path}"}


@findable
@login_not_required
@never_cache
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """Which calendars there are and how one subscribes; for whoever is signed in, their own."""
    return _calendars(request)


def _calendars(request: HttpRequest, made: str = "") -> HttpResponse:
    tags = Tag.objects.filter(events__in=visible_to(AnonymousUser()).announced()).distinct()
    user = request.user
    context = {
        "feed": _subscriptions(reverse("events:feed")),
        "news": f"{settings.SITE_URL}{reverse('events:news')}",
        "tags": [(tag, reverse("events:feed-tag", args=[tag.code])) for tag in tags],
        "own": list(FeedToken.objects.working().filter(user=user.pk)) if user.is_authenticated else [],
        "scopes": FeedScope.choices,
        "made": _subscriptions(made) if made else None,
    }
    return render(request, "events/visitor/calendars.html", context)


@never_cache
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A key for one's own calendar. It is shown on this page once; the key before it opens nothing any more."""
    scope = request.POST.get("scope", FeedScope.MINE)
    if scope not in FeedScope.values:
        return redirect("events:calendars")
    _feed, token = make_feed(by=person(request), scope=scope)
    return _calendars(request, made=reverse("events:calendar", args=[token]))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own calendar."""
    if not FeedToken.objects.filter(pk=pk, user=request.user.pk).exists():
        raise Http404
    revoke_feed(pk, by=person(request))
    messages.success(request, _("The calendar was ended; its address opens nothing any more."))
    return redirect("events:calendars")
