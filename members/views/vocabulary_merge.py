"""Merging two words: first what would happen, in numbers, then the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.actions.word_merging import merge_words
from members.forms.vocabulary import HeirForm
from members.queries.word_merge import merge_preview
from members.rules.errors import RuleError
from members.views.vocabulary import FORMS, keeper, line_of
from members.wording import sentence


@never_cache
@require_http_methods(FORMS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the heir (`?into=`), read what will happen, and merge."""
    user, line = keeper(request), line_of(pk)
    data = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = HeirForm(data)
    context: dict[str, Any] = {"line": line, "form": form}
    if data is not None and form.is_valid():
        heir = form.cleaned_data["into"]
        if request.method == "POST":
            version = request.POST.get("version", "")
            try:
                merge_words(pk, heir.pk, by=user, version=int(version) if version.isdecimal() else 0)
            except RuleError as error:
                messages.error(request, sentence(error))
                return redirect("members:word", pk)
            messages.success(request, _("Merged. Everything that was said with the word is said with this one."))
            return redirect("members:word", heir.pk)
        context |= {"heir": heir, "preview": merge_preview(line.tag, heir)}
    return render(request, "members/vocabulary/merge.html", context)
