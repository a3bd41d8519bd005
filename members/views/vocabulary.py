"""The vocabulary desk of the office: the tree with who states each word; rename, add, move, retire, bring back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.models import User
from members.actions.vocabulary import add_word, bring_back_word, edit_word, move_word, retire_word
from members.forms.vocabulary import NamingForm, NewWordForm, PlaceForm
from members.models import Tag
from members.permissions import can_keep_vocabulary
from members.queries.word_desk import Line, desk, narrower, word_line
from members.rules.errors import RuleError
from members.wording import sentence

FORMS = ["GET", "HEAD", "POST"]
STATES = ("", "retired", "unused")


def keeper(request: HttpRequest) -> User:
    """The person who keeps the vocabulary; 403 for everybody else."""
    if not can_keep_vocabulary(request.user):
        raise PermissionDenied
    assert isinstance(request.user, User)
    return request.user


def line_of(pk: int) -> Line:
    """A word with its counts; 404 when there is none."""
    line = word_line(pk)
    if line is None:
        raise Http404
    return line


def sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def tried(form: Any, act: Callable[[], object]) -> bool:
    """Do it when the form is right; a refusal is said by the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except RuleError as error:
        form.add_error(None, sentence(error))
        return False
    return True


@never_cache
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The tree, searched and narrowed."""
    keeper(request)
    query, state = request.GET.get("q", "")[:80], request.GET.get("state", "")
    found = desk(query, state if state in STATES else "")
    context = {"desk": found, "query": query, "state": state, "narrowed": bool(query or state)}
    return render(request, "members/vocabulary/words.html", context)


@never_cache
@require_http_methods(FORMS)
def add(request: HttpRequest) -> HttpResponse:
    """A new word; `?under=` names the word above it."""
    user = keeper(request)
    form = NewWordForm(sent(request), initial={"under": request.GET.get("under", "")})

    def act() -> None:
        under = form.cleaned_data["under"]
        add_word(form.naming, by=user, under=under.pk if under else None)

    if request.method == "POST" and tried(form, act):
        messages.success(request, _("“%(word)s” was added.") % {"word": form.naming.name_ro})
        return redirect("members:words")
    return render(request, "members/vocabulary/add.html", {"form": form})


@never_cache
@require_http_methods(FORMS)
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """One word: its names, its place, who states it, and what can be done with it."""
    user, line = keeper(request), line_of(pk)
    form = NamingForm(sent(request), initial=NamingForm.shown(line.tag))

    def act() -> None:
        edit_word(pk, form.naming, by=user, version=form.seen_version())

    if request.method == "POST" and tried(form, act):
        messages.success(request, _("Saved. Pages, searches and matches show it from now on."))
        return redirect("members:word", pk)
    context = {"line": line, "form": form, "narrower": narrower(pk), "now": Tag.objects.get(pk=pk)}
    return render(request, "members/vocabulary/word.html", context)


@never_cache
@require_http_methods(FORMS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another place in the tree, with everything below the word."""
    user, line = keeper(request), line_of(pk)
    above = line.tag.parent.code if line.tag.parent else ""
    form = PlaceForm(sent(request), initial={"version": line.tag.version, "under": above})

    def act() -> None:
        move_word(pk, form.cleaned_data["under"].pk, by=user, version=form.seen_version())

    if request.method == "POST" and tried(form, act):
        messages.success(request, _("Moved. Matches and the directory follow."))
        return redirect("members:word", pk)
    return render(request, "members/vocabulary/move.html", {"line": line, "form": form})


@never_cache
@require_http_methods(FORMS)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, with who states the word."""
    user, line = keeper(request), line_of(pk)
    if request.method == "POST":
        return _done(request, pk, lambda version: retire_word(pk, by=user, version=version), _("The word was retired."))
    return render(request, "members/vocabulary/retire.html", {"line": line})


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A retired word may be chosen again."""
    user = keeper(request)
    line_of(pk)
    words = _("The word may be chosen again.")
    return _done(request, pk, lambda version: bring_back_word(pk, by=user, version=version), words)


def _done(request: HttpRequest, pk: int, act: Callable[[int], bool], said: str) -> HttpResponse:
    """A button with the version of the word that it stood beside; pressed twice, it says that it is done."""
    version = request.POST.get("version", "")
    try:
        changed = act(int(version) if version.isdecimal() and len(version) < 10 else 0)
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, said if changed else _("This was done already."))
    return redirect("members:word", pk)
