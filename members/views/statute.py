"""The statute, and how one becomes a member under it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_countries import countries

from cluster_portal.common.found import findable
from members.permissions import can_start_adhesion
from members.queries.home import statute_today
from members.queries.joining import joining
from members.queries.statute import articles_of

CITED = (
    "eligibility",
    "required_documents",
    "declarations",
    "completion_grace_days",
    "objection_window_days",
    "decision_deadline_days",
    "result_notice_days",
    "appeal",
)


@findable
@login_not_required
@require_safe
def statute(request: HttpRequest) -> HttpResponse:
    """The articles of the version in force, each with an address of its own."""
    version = statute_today()
    articles = list(articles_of(version)) if version else []
    return render(request, "members/statute.html", {"statute": version, "articles": articles})


@findable
@login_not_required
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """What the statute asks for, the terms, and the button that starts a request."""
    version = statute_today()
    if version is None:
        return render(request, "members/join.html", {"statute": None})
    rules = version.parameters
    context = {
        "statute": version,
        "rules": rules,
        "joining": joining(version),
        "article": {key: rules.article(key) for key in CITED} | {"decision": rules.article("matters.admission")},
        "countries": [str(countries.name(code)) for code in rules.eligibility.countries],
        "may_start": can_start_adhesion(request.user),
    }
    return render(request, "members/join.html", context)
