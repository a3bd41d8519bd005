"""A person's saved searches and letters: the page, saving, changing, removing, and how matches are told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import see_other
from cluster_portal.common.models import User
from matchmaking.actions import searches as actions
from matchmaking.forms.searches import DigestForm, SearchForm, from_address, from_search, summary
from matchmaking.models.searches import MOST_SEARCHES
from matchmaking.queries import searches as reads
from matchmaking.queries.digest import choice_of
from matchmaking.wording import sentence
from members.permissions import standing
from members.rules.errors import RuleError

FORMS = ["GET", "HEAD", "POST"]


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # nobody comes here without signing in
    return request.user


@never_cache
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """One's own searches, and how one hears of new matches."""
    return _page(request, DigestForm(instance=choice_of(_person(request))))


def _page(request: HttpRequest, digest: DigestForm, status: int = 200) -> HttpResponse:
    person = _person(request)
    kept = [
        {"search": search, "asks": list(summary(search)), "query": reads.address_of(search)}
        for search in reads.of_person(person)
    ]
    context = {"kept": kept, "most": MOST_SEARCHES, "digest": digest if standing(person).member else None}
    return render(request, "matchmaking/searches/searches.html", context, status=status)


@never_cache
@require_http_methods(FORMS)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that the board's address asks."""
    form = SearchForm(request.POST or None, initial=from_address(request.GET))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.save_search(by=_person(request), name=data["name"], rhythm=data["rhythm"], wishes=form.wishes)
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("The search is saved."))
            return see_other("matchmaking:searches")
    return _form(request, form, {"title": _("Save a search")})


@never_cache
@require_http_methods(FORMS)
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Rename a search, ask for something else, or hear of it in another rhythm."""
    search = reads.of_person(_person(request)).filter(key=key).first()
    if search is None:
        raise Http404
    form = SearchForm(request.POST or None, initial=from_search(search), kept=search.word)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_search(
                key, by=_person(request), name=data["name"], rhythm=data["rhythm"], wishes=form.wishes
            )
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("The search is changed."))
            return see_other("matchmaking:searches")
    return _form(request, form, {"title": _("Change a saved search"), "search": search})


def _form(request: HttpRequest, form: SearchForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "matchmaking/searches/form.html", {"form": form, **context}, status=status)


@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a search up."""
    if not reads.of_person(_person(request)).filter(key=key).exists():
        raise Http404
    actions.remove_search(key, by=_person(request))
    messages.success(request, _("The search is removed; its letters end with it."))
    return see_other("matchmaking:searches")


@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Choose how new matches are told."""
    form = DigestForm(request.POST, instance=choice_of(_person(request)))
    if not form.is_valid():
        return _page(request, form, status=422)
    actions.choose_digest(by=_person(request), **form.cleaned_data)
    messages.success(request, _("Your choice is kept."))
    return see_other("matchmaking:searches")
