"""After the event: certificates of attendance, trainings on record, and what participants thought."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.http import file, see_other
from events.actions.afterwards import issue_certificates
from events.filters.day import SOON, TrainingFilter
from events.models import AttendanceCertificate
from events.papers.certificates import certificate
from events.queries.afterwards import certificates_due, certificates_of, trainings_on_record
from events.queries.figures import FEWEST, feedback_of
from events.queries.papers import certificate_of
from events.views.day_doors import office, opened
from events.wording import sentence
from members.rules.errors import RuleError

A_PAGE = 50


@never_cache
@require_safe
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificates of an event with their numbers, and how many are still to be issued."""
    event, _user = opened(request, pk)
    context = {"event": event, "certificates": certificates_of(event), "due": certificates_due(event)}
    return render(request, "events/day/certificates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Says to how many, then issues; a second click finds everybody served."""
    event, user = opened(request, pk)
    back = reverse("events:manage-certificates", args=[event.pk])
    if request.method != "POST":
        due = certificates_due(event)
        return render(request, "events/day/issue.html", {"event": event, "due": due, "back": back})
    try:
        issued = issue_certificates(event.pk, by=user)
    except RuleError as error:
        messages.error(request, sentence(error))
        return see_other(back)
    if issued:
        words = ngettext("%(count)s certificate was issued.", "%(count)s certificates were issued.", len(issued))
        messages.success(request, words % {"count": len(issued)})
    else:
        messages.info(request, _("Everybody who came has a certificate; nothing was issued."))
    return see_other(back)


@never_cache
@require_safe
def certificate_file(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """One certificate as its person gets it."""
    event, _user = opened(request, pk)
    rows = AttendanceCertificate.objects.select_related("registration__event", "registration__organisation")
    issued = rows.select_related("issued_by").filter(registration__event=event, pk=part).first()
    if issued is None:
        raise Http404
    name = f"certificate-{issued.year}-{issued.number}.pdf"
    return file(certificate(certificate_of(issued)), "application/pdf", name)


@never_cache
@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """Who has completed which training, and by when it has to be renewed."""
    office(request)
    sieve = TrainingFilter(request.GET, trainings_on_record())
    page = Paginator(sieve.qs, A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "filter": sieve,
        "page": page,
        "rows": list(page.object_list),
        "in_use": any(request.GET.get(name) for name in ("q", "due")),
        "today": today,
        "soon": today + timedelta(days=SOON),
    }
    return render(request, "events/day/trainings.html", context)


@never_cache
@require_safe
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """What participants thought, from so many answers on that nobody can be guessed."""
    event, _user = opened(request, pk)
    found = feedback_of(event)
    labels = {"overall": _("Overall"), "content": _("Content"), "speakers": _("Speakers")}
    labels["organisation"] = _("Organisation of the event")
    ratings = [(labels[name], average, counts) for name, (average, counts) in found.ratings.items()]
    context = {"event": event, "found": found, "ratings": ratings, "fewest": FEWEST}
    return render(request, "events/day/feedback.html", context)
