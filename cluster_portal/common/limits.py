"""How often a person may do something: counted in PostgreSQL, so that it holds when Valkey is gone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

View = Callable[..., HttpResponse]


def limited(act: str, rate: str) -> Callable[[View], View]:
    """Answer 429 to POSTs beyond `rate`, such as "60/h/user"; `act` names what is counted."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if ratelimit.consume(request, app="portal", action=act, config={act: rate}) is None:
                return HttpResponse(render_to_string("429.html", request=request), status=429)
            return view(request, *args, **kwargs)

        return counting

    return decorate
