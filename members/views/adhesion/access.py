"""Whose request it is: finds it for who may read or change it, and answers everybody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cluster_portal.common.models import User
from members.models import AdhesionRequest
from members.permissions import can_read_file, is_director, is_tied_to, owns_request
from members.rules.errors import RuleError
from members.rules.lifecycle import EDITABLE_STATES
from members.wording import sentence

View = Callable[..., HttpResponse]


def person(request: HttpRequest) -> User:
    """Who is signed in; every page of this folder asks for a sign-in."""
    assert isinstance(request.user, User)
    return request.user


def file_to_read(request: HttpRequest, key: UUID) -> AdhesionRequest:
    """The request for its owner, the office and directors without an interest in it; 404 for everybody else."""
    found = AdhesionRequest.objects.select_related(
        "organisation", "organisation__legal_form", "organisation__helix_subtype", "statute", "membership_type"
    ).filter(key=key)
    adhesion = found.first()
    if adhesion is None:
        raise Http404
    if can_read_file(person(request), adhesion):
        return adhesion
    if adhesion.number is not None and is_director(person(request)) and is_tied_to(person(request), adhesion):
        raise PermissionDenied  # knows that it exists, has stepped aside
    raise Http404


def file_to_change(request: HttpRequest, key: UUID) -> AdhesionRequest:
    """The request for its owner; 403 for the desks, which read it only; 404 for everybody else."""
    adhesion = file_to_read(request, key)
    if not owns_request(person(request), adhesion):
        raise PermissionDenied
    return adhesion


def under_a_statute(view: View) -> View:
    """409 with a sentence when no statute is in force: nobody can say then what a draft lacks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RuleError as error:
            if error.code != "no_statute":
                raise
            return render(request, "members/adhesion/not_now.html", {"words": sentence(error)}, status=409)

    return guarded


def is_editable(adhesion: AdhesionRequest) -> bool:
    return adhesion.state in EDITABLE_STATES


def not_now(request: HttpRequest, adhesion: AdhesionRequest, words: Any) -> HttpResponse:
    """409: what was asked cannot be done in the state the request is in; says why, and leads back to it."""
    values = {"adhesion": adhesion, "words": words}
    return render(request, "members/adhesion/not_now.html", values, status=409)
