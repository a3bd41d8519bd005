"""A member's own pages: my organisation, the profile by sections, the preview with other eyes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.coming import what_is_coming, what_waits
from cluster_portal.common.models import User
from cluster_portal.common.visibility import ANYONE, Viewer, viewer
from members.actions.profile import Overtaken, edit_profile
from members.forms.profile import LEVELS, SECTIONS, SectionForm
from members.models import Organisation
from members.queries.announced import announced, can_read_announced
from members.queries.editing import complete, mine, my_requests
from members.queries.profile import profile_for
from members.rules.errors import RuleError
from members.views.editing_doors import clash_page, opened
from members.views.profile_page import page_of
from members.wording import sentence

TITLES = {
    "texts": gettext_lazy("Texts"),
    "contact": gettext_lazy("Contact"),
    "classification": gettext_lazy("Classification"),
    "visibility": gettext_lazy("Who sees what"),
}
WORDS = {
    "texts": "visibility",
    "contact": "visibility",
    "classification": "helix value-chain sme",
    "visibility": "visibility",
}
"""The words of the glossary that explain themselves on each section."""


@never_cache
@require_safe
def my_organisation(request: HttpRequest) -> HttpResponse:
    """Everything that a person acts for, and what needs them."""
    user = request.user
    assert isinstance(user, User)
    reads, waiting = can_read_announced(user), what_waits(user)
    context = {
        "mine": mine(user, waiting),
        "own": waiting.get(None, []),
        "coming": what_is_coming(user),
        "today": timezone.localdate(),
        "requests": my_requests(user),
        "reads_announced": reads,
        "announced": announced(user) if reads else [],
    }
    return render(request, "members/editing/mine.html", context)


@never_cache
@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The sections of the profile, each with what is there and what is missing."""
    door = opened(request, slug)
    return render(
        request,
        "members/editing/overview.html",
        {"door": door, "organisation": door.organisation, "complete": complete(door.organisation)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One section: shown, and saved at once."""
    if section not in SECTIONS:
        raise Http404
    door = opened(request, slug)
    form = SECTIONS[section](request.POST if request.method == "POST" else None, instance=door.organisation)
    if not door.may:
        form.lock()
    if request.method == "POST" and form.is_valid():
        answer = _saved(request, form, door.organisation.pk, door.user)
        if answer is not None:
            return answer
    context = {
        "door": door,
        "organisation": door.organisation,
        "form": form,
        "title": TITLES[section],
        "levels": LEVELS,
        "words": WORDS[section],
    }
    return render(request, f"members/editing/{_template(section)}.html", context)


def _template(section: str) -> str:
    return section if section in {"texts", "visibility"} else "section"


def _saved(request: HttpRequest, form: SectionForm, pk: int, user: User) -> HttpResponse | None:
    """Save a valid form; None when the rules refuse, which the form then says."""
    try:
        changed = edit_profile(pk, by=user, version=form.seen_version(), values=form.values(), seen=form.seen())
    except Overtaken as error:
        row = Organisation.objects.get(pk=pk)
        return clash_page(request, form, error, row, request.path)
    except RuleError as error:
        form.add_error(None, sentence(error))
        return None
    tell(request, len(changed))
    return redirect("members:profile-edit", form.instance.slug)


def tell(request: HttpRequest, changed: int) -> None:
    """Say what a save did."""
    if not changed:
        messages.info(request, _("Nothing was different, so nothing was saved."))
        return
    words = ngettext("%(count)d field saved. It is live now.", "%(count)d fields saved. They are live now.", changed)
    messages.success(request, words % {"count": changed})


# ------------------------------------------------------------------ with other eyes
def _eyes(organisation: int) -> dict[str, tuple[Any, Viewer]]:
    """The audiences of the preview: their name, and what they see."""
    return {
        "visitor": (_("A visitor"), ANYONE),
        "member": (_("Another member"), viewer(member=True)),
        "partner": (_("A partner after an accepted introduction"), viewer(member=True, partners=[organisation])),
    }


@never_cache
@require_safe
def preview(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """The public page as somebody else sees it, marked as a preview."""
    door = opened(request, slug)
    eyes = _eyes(door.organisation.pk)
    if audience not in eyes:
        raise Http404
    tabs = [
        (name, reverse("members:profile-preview", args=[slug, key]), key == audience)
        for key, (name, _v) in eyes.items()
    ]
    context = {"organisation": door.organisation, "tabs": tabs, "audience": eyes[audience][0]}
    found = profile_for(slug, eyes[audience][1])
    if found is None:
        return render(request, "members/preview/nothing.html", context)
    return render(request, "members/preview/preview.html", {**page_of(found, own=False), **context})
