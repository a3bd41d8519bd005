"""What every request passes: refusal of NUL, the second factor of staff, privacy of pages, ways to forms, errors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cluster_portal.common.health import examine
from cluster_portal.common.unsent import may_be_repeated

Answer = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER = 10  # seconds


class SeeOther(HttpResponseRedirect):
    """303: what was posted has been done; the page to look at now is another one."""

    status_code = 303


def see_other(to: Any, *args: Any, **kwargs: Any) -> SeeOther:
    """Answer a successful POST. `to`: a model, the name of an address with its arguments, or a path."""
    return SeeOther(resolve_url(to, *args, **kwargs))


def file(content: bytes | str, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file to keep or (`inline`) to open: never in a shared cache, never guessed to be something else."""
    way = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f'{way}; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


class LeadToForm:
    """Who opens the address that a form is sent to (a reload, another language) gets a page that leads to the form."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or not request.accepts("text/html"):
            return response
        page = render_to_string("405.html", {"form": _page_above(request.path)})
        return HttpResponse(page, status=405, headers={"Allow": response.headers["Allow"]})


def _page_above(path: str) -> str:
    """The nearest address above this one that the portal knows."""
    parts = path.strip("/").split("/")
    above = (f"/{'/'.join(parts[:length])}/" for length in range(len(parts) - 1, 0, -1))
    return next((address for address in above if is_valid_path(address)), "/")


class RefuseNul:
    """PostgreSQL cannot store the character NUL: such a request is refused before anything reads it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            found = any("\0" in text for text in _texts(request))
        except UnreadablePostError:  # the visitor went away in the middle of sending
            return HttpResponse(status=400)
        if found:
            return bad_request(request)
        return self.get_response(request)


def _texts(request: HttpRequest) -> Iterator[str]:
    """Everything in a request that can reach the database as text."""
    yield request.path_info
    for data in (request.GET, request.POST):
        for name, values in data.lists():
            yield name
            yield from values
    for name, uploads in request.FILES.lists():
        yield name
        yield from (upload.name or "" for upload in uploads)


def factor_shown(request: HttpRequest) -> bool:
    """Whether the person who is signed in has shown their second factor in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


TO_SHOW_A_FACTOR = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
"""All that a session without the second factor opens to staff who have one: it must not remove or replace it."""


class RequireSecondFactor:
    """Staff and directors work behind a second factor, when the installation asks for it (REQUIRE_STAFF_MFA)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Answer, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        if not settings.REQUIRE_STAFF_MFA or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated or not request.user.is_staff:
            return None
        match = request.resolver_match
        name = (match.url_name or "") if match and not match.namespace else ""
        if name in TO_SHOW_A_FACTOR or factor_shown(request):
            return None
        if is_mfa_enabled(request.user):
            redirection: HttpResponse = suspend_request(request, _factor_page(request))
            return redirection
        if name.startswith(("account_", "mfa_", "usersessions_")):
            return None
        messages.warning(request, _("Your role needs a second factor: set one up to go on."))
        return redirect("mfa_index")


def _factor_page(request: HttpRequest) -> str:
    """Where this person shows the second factor that they have."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    return next(str(method["url"]) for method in methods if str(method["id"]).startswith("mfa"))


class KeepPrivate:
    """A page for somebody who is signed in stays in no cache: not behind the back button, not at a proxy.

    Whether somebody is signed in is not looked up: the cookie of a session is reason enough, and so is a cookie that
    the answer sets. A view that says something about caching itself is left alone. After the sign-out the browser
    forgets what it kept before.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            response.headers.setdefault("Cache-Control", "private, no-store")
        match = request.resolver_match
        if request.method == "POST" and match and match.url_name in {"account_logout", "logout"}:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what went wrong; when it was the database that did not answer, the visitor may simply try again."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 without a query; what was typed stays on the page and can be sent again."""
    typed = [
        (name, value)
        for name, values in (request.POST.lists() if request.method == "POST" else ())
        if may_be_repeated(name)
        for value in values
    ]
    page = render_to_string("503.html", {"typed": typed, "path": request.get_full_path(), "token": get_token(request)})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For monitors and for people: 200 while the portal serves pages, 503 when it cannot."""
    found = examine()
    status = 503 if found.status == "down" else 200
    if request.get_preferred_type(["application/json", "text/plain"]) == "text/plain":
        text = "".join(f"{name}: {value}\n" for name, value in found.lines().items())
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    return JsonResponse(found.lines(), status=status)
