"""What was typed and could not be taken, because the session had ended or the form had grown old: it is not lost.

The text waits in the browser's session, and the form is filled with it once the person is signed in again.
Files cannot wait, and the person is told so. A view takes part with `@keeps_typed` and `typed(request)`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]
KEY = "unsent"
KEPT_SECONDS = 2 * 60 * 60
MOST_CHARACTERS = 200_000
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "code", "credential"})  # beside everything called a password


def keeps_typed(view: View) -> View:
    """What is posted to this view is kept for the signed-out; the page that shows the form asks for it by `typed`."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.session.pop(KEY, None)  # it has arrived
        return view(request, *args, **kwargs)

    keeping.keeps_typed = True  # type: ignore[attr-defined]  # read by SignInFirst and csrf_failure
    return keeping


def typed(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form of this page and never arrived; `?saved` in the address lets it go."""
    left = request.session.get(KEY)
    if request.method != "GET" or not left or left["page"] != request.path:
        return None
    if "saved" in request.GET or time.time() - left["at"] > KEPT_SECONDS:
        del request.session[KEY]
        return None
    values = QueryDict(mutable=True)
    for name, texts in left["texts"]:
        values.setlist(name, texts)
    values._mutable = False
    return values


class SignInFirst(LoginRequiredMiddleware):
    """Asks for the sign-in and leads back to the page that was left, never to an address that only takes POST."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> Any:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        page = page_left(request)
        if getattr(view_func, "keeps_typed", False):
            _keep(request, page)
        if request.headers.get("Accept") == "application/json":  # a behaviour asks in the background, nobody reads
            return JsonResponse({"signed_out": True}, status=401)
        if KEY in request.session:
            messages.warning(request, _explained(request))
        return redirect_to_login(page, self.get_login_url(view_func), self.get_redirect_field_name(view_func))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that has grown old. Only what our own pages sent is kept or shown."""
    page, kept, texts = "/", False, []
    if _is_ours(request):
        page = page_left(request)
        view = request.resolver_match.func if request.resolver_match else None
        if getattr(view, "keeps_typed", False):
            kept = _keep(request, page)
        if not kept:
            texts = [(name, value) for name, values in _texts(request) for value in values if value]
    values = {"page": page, "kept": kept, "texts": texts, "files": bool(request.FILES)}
    return HttpResponse(render_to_string("403_csrf.html", values), status=403)


def page_left(request: HttpRequest) -> str:
    """The path of the page that holds the form: where the browser says it comes from, if that is ours."""
    referer = request.headers.get("Referer", "")
    parts = urlsplit(referer)
    ours = parts.netloc == request.get_host() and parts.path.startswith("/") and not parts.path.startswith("//")
    return parts.path if ours else request.path


def _is_ours(request: HttpRequest) -> bool:
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(said).netloc == request.get_host()


def may_be_repeated(name: str) -> bool:
    """Whether a page may show again what was typed into a field of this name; never passwords, codes and tokens."""
    return name not in NEVER_KEPT and "password" not in name.lower()


def _texts(request: HttpRequest) -> list[tuple[str, list[Any]]]:
    return [(name, values) for name, values in request.POST.lists() if may_be_repeated(name)]


def _keep(request: HttpRequest, page: str) -> bool:
    """Put the texts into the session; False when they are too long for that."""
    texts = _texts(request)
    if sum(len(str(value)) for _name, values in texts for value in values) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {"page": page, "texts": texts, "at": time.time(), "files": bool(request.FILES)}
    return True


def _explained(request: HttpRequest) -> str:
    if request.session[KEY]["files"]:
        return _(
            "You were signed out before this was saved. Sign in again: what you typed waits for you. Files "
            "cannot wait; please choose them again."
        )
    return _("You were signed out before this was saved. Sign in again: what you typed waits for you.")
