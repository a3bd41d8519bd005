"""What is one's own: registrations, trainings; and the page on which anybody checks a certificate."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.forms.registering import CodeForm
from events.models import TrainingRecord
from events.queries.registrations import certificate_by, registrations_of, trainings_of

PAGE = 20


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My registrations, what is to come first, and the trainings on my record."""
    rows = registrations_of(request.user)
    coming = rows.live().filter(event__ends_at__gt=timezone.now()).order_by("event__starts_at", "pk")
    past = rows.exclude(pk__in=coming.values("pk"))
    context = {
        "coming": list(coming),
        "page": Paginator(past, PAGE).get_page(request.GET.get("page")),
        "trainings": list(trainings_of(request.user)),
        "today": timezone.localdate(),
    }
    return render(request, "events/visitor/mine.html", context)


@login_not_required
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Type the code of a certificate."""
    form = CodeForm(request.GET or None)
    if request.GET and form.is_valid():
        found = certificate_by(form.cleaned_data["code"])
        if found is not None:
            return redirect("events:certificate", found.code)
        return render(request, "events/visitor/check.html", {"form": form, "unknown": True}, status=404)
    return render(request, "events/visitor/check.html", {"form": form})


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate says, for whoever holds it in their hand: its code opens this page and no other."""
    found = certificate_by(code)
    if found is None:
        return render(request, "events/visitor/check.html", {"form": CodeForm(), "unknown": True}, status=404)
    training = TrainingRecord.objects.filter(certificate=found).first()
    context = {
        "certificate": found,
        "event": found.registration.event,
        "training": training,
        "run_out": training is not None and training.renew_by is not None and training.renew_by < timezone.localdate(),
    }
    answer = render(request, "events/visitor/certificate.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
