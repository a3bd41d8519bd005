"""Words that members miss: the member's form, and the office's answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.limits import limited
from members.actions.suggestions import answer_with_word, decline_suggestion, promote_suggestion, suggest_word
from members.enums import SuggestionState
from members.forms.vocabulary import DeclineForm, MeantForm, PromoteForm, SuggestForm
from members.models import TagSuggestion
from members.queries.word_desk import suggestion, suggestions
from members.views.editing_doors import opened
from members.views.editing_parts import KINDS
from members.views.vocabulary import FORMS, keeper, sent, tried


@never_cache
@require_http_methods(FORMS)
@limited("word_suggest", "30/h/user")
def suggest(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """A member misses a word; the office answers with a letter."""
    kind, door = KINDS[part], opened(request, slug, writing=True)
    form = SuggestForm(sent(request), initial={"name": request.GET.get("q", "")[:80]})

    def act() -> None:
        data = form.cleaned_data
        suggest_word(door.organisation.pk, by=door.user, direction=kind.direction, name=data["name"], note=data["note"])

    if request.method == "POST" and tried(form, act):
        messages.success(request, _("Sent to the cluster office. You get a letter with its answer."))
        return redirect("members:profile-part", slug, part)
    context = {"door": door, "organisation": door.organisation, "kind": kind, "form": form}
    return render(request, "members/editing/suggest.html", context)


@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What members have suggested: what waits first, then what was answered last."""
    keeper(request)
    return render(request, "members/vocabulary/suggestions.html", {"rows": suggestions()})


def _answer(request: HttpRequest, pk: int, form: Any, act: Callable[[], object], name: str) -> HttpResponse:
    """One of the three answers: asks, then does it once."""
    row = _suggested(pk)
    if request.method == "POST" and tried(form, act):
        messages.success(request, _("Answered. Who asked has a letter."))
        return redirect("members:word-suggestions")
    if row.state != SuggestionState.WAITING and request.method == "POST":
        messages.info(request, _("This suggestion has been answered already."))
        return redirect("members:word-suggestions")
    return render(request, "members/vocabulary/answer.html", {"row": row, "form": form, "answer": name})


def _suggested(pk: int) -> TagSuggestion:
    row = suggestion(pk)
    if row is None:
        raise Http404
    return row


@never_cache
@require_http_methods(FORMS)
def promote(request: HttpRequest, pk: int) -> HttpResponse:
    """It becomes a word of the tree."""
    user, row = keeper(request), _suggested(pk)
    form = PromoteForm(sent(request), initial={"name_ro": row.name, "name_en": row.name})

    def act() -> None:
        promote_suggestion(pk, form.naming, by=user, under=form.cleaned_data["under"].pk)

    return _answer(request, pk, form, act, "promote")


@never_cache
@require_http_methods(FORMS)
def meant(request: HttpRequest, pk: int) -> HttpResponse:
    """A word that is there means it."""
    user, form = keeper(request), MeantForm(sent(request))
    return _answer(request, pk, form, lambda: answer_with_word(pk, form.cleaned_data["word"].pk, by=user), "meant")


@never_cache
@require_http_methods(FORMS)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Not taken up, and why."""
    user, form = keeper(request), DeclineForm(sent(request))
    return _answer(request, pk, form, lambda: decline_suggestion(pk, form.cleaned_data["answer"], by=user), "decline")
