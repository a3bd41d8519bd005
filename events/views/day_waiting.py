"""The waiting list as the office sees it: who is next, and whose offers run."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.common.http import see_other
from events.actions.places import offer_places
from events.queries.desk import offers, waiting_list
from events.views.day_doors import opened
from events.wording import sentence
from members.rules.errors import RuleError


@never_cache
@require_safe
def waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """Who waits, in order; who has been offered a place, and until when; the seats and their quotas."""
    event, _user = opened(request, pk)
    context = {
        "event": event,
        "waiting": waiting_list(event),
        "offers": offers(event),
        "quotas": list(event.quotas.all()),
    }
    return render(request, "events/day/waiting.html", context)


@require_POST
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offers what is free to whoever is next, where a free place was left lying."""
    event, user = opened(request, pk)
    try:
        count = offer_places(event.pk, by=user)
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        if count:
            words = ngettext("%(count)s place was offered.", "%(count)s places were offered.", count)
            messages.success(request, words % {"count": count})
        else:
            messages.info(request, _("Nothing to offer: no place is free for anybody on the list."))
    return see_other("events:manage-waiting", event.pk)
