"""The home page: what the cluster is, for whom, how many, and how one becomes a member."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cluster_portal.common.coming import what_is_coming
from cluster_portal.common.found import cluster_data, findable
from members.queries.home import numbers, rules_of, statute_today
from members.views.readers import known_as, reader


@findable
@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counted = numbers(reader(request))
    statute = statute_today()
    members = reverse("members:directory")
    rows = [
        {"role": role.role, "label": role.label, "civil": role.civil, "dual": role.dual, "defence": role.defence}
        | ({"href": f"{members}?role={role.role}"} if role.civil + role.dual + role.defence else {})
        for role in counted.roles
    ]
    counties = [(one.code, one.label, one.count, f"{members}?area={one.area}") for one in counted.counties]
    abroad = [(one.label, one.count, f"{members}?area={one.area}") for one in counted.abroad]
    rules = rules_of(statute) if statute else None
    context = {"about_cluster": cluster_data(), "numbers": counted, "helix": rows, "counties": counties}
    context |= {"abroad": abroad, "rules": rules, "statute": statute}
    context["coming"] = what_is_coming(known_as(request))
    if rules:
        context["objection_article"] = rules.article("objection_window_days")
        context["decision_article"] = rules.article("matters.admission")
        context["completion_article"] = rules.article("completion_grace_days")
    return render(request, "members/home.html", context)
