"""The mailbox of the demonstration: what would have left by post, for anybody to read, because it is all invented."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cluster_portal.common.models import OutgoingMail
from cluster_portal.common.views import shown_as_letter

PER_PAGE = 30


class RecipientForm(forms.Form):
    """Whose letters to show."""

    to = forms.CharField(label=_("Recipient"), max_length=254, required=False, help_text=_("Part of the address."))


def letters(to: str) -> QuerySet[OutgoingMail]:
    """The letters to addresses that contain `to`, newest first, without their texts."""
    found = OutgoingMail.objects.defer("text", "html").order_by("-pk")
    return found.filter(recipient__icontains=to) if to else found


def addresses_in(mail: OutgoingMail) -> list[str]:
    """The portal's own addresses in a letter, as paths: they work under whatever name the portal is reached."""
    found = re.findall(rf"{re.escape(settings.SITE_URL)}(/[^\s<>\"]*)", mail.text)
    return list(dict.fromkeys(found))


def in_the_demonstration(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The page exists only where letters are kept instead of sent, among invented people."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (settings.DEMO and settings.EMAIL.mailbox):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@login_not_required
@require_safe
@in_the_demonstration
def mailbox(request: HttpRequest) -> HttpResponse:
    """All letters, newest first, or those to one address."""
    form = RecipientForm(request.GET)
    to = form.cleaned_data["to"] if form.is_valid() else ""
    page = Paginator(letters(to), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mailbox/mailbox.html", {"form": form, "to": to, "page": page})


@login_not_required
@require_safe
@in_the_demonstration
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its page, its text, and the addresses in it to follow."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    context = {"mail": mail, "sender": settings.DEFAULT_FROM_EMAIL, "addresses": addresses_in(mail)}
    return render(request, "mailbox/letter.html", context)


@login_not_required
@require_safe
@in_the_demonstration
@shown_as_letter
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part of a letter, for the frame on its page."""
    return HttpResponse(get_object_or_404(OutgoingMail, pk=pk).html)
