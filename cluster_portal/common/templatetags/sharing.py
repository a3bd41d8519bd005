"""What stands in the head of a page that may be found and shared: `{% load sharing %}`."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from cluster_portal.common.cards import HEIGHT, WIDTH, cluster_card
from cluster_portal.common.context import LANGUAGE
from cluster_portal.common.found import LANGUAGES, address, is_findable, structured

register = template.Library()
LONGEST = 200  # search engines show about 160 signs, and cut the rest themselves


@register.simple_tag(takes_context=True)
def sharing(context: template.RequestContext, title: object, text: object, picture: str = "") -> SafeString:
    """Description, languages and the card of a link. `text`: a sentence or more; `picture`: an address of a card.

    Draws nothing on a page that search engines may not keep: there it would be of no use.
    """
    request = context["request"]
    if not is_findable(request):
        return SafeString("")
    asked = {"page": request.GET.get("page", "")}
    here = request.GET.get(LANGUAGE, "")
    values: dict[str, Any] = {
        "title": title,
        "text": Truncator(" ".join(str(text).split())).chars(LONGEST),
        "address": address(request.path, lang=here, **asked),
        "languages": [(code, address(request.path, lang=code, **asked)) for code in LANGUAGES],
        "plain": address(request.path, **asked),
        "name": context["cluster"].short_name if context["cluster"] else "",
        "picture": picture or cluster_card().at(reverse("common:card")),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return SafeString(render_to_string("components/sharing.html", values).strip())


@register.simple_tag(takes_context=True)
def machine_data(context: template.RequestContext, data: dict[str, Any]) -> SafeString:
    """Data of schema.org, on pages that search engines may keep."""
    return structured(data) if data and is_findable(context["request"]) else SafeString("")
