"""What stands around every page: the masthead and the footer. Used by base.html; `{% load furniture %}`."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cluster_portal.common.context import ways
from cluster_portal.common.templatetags.drawing import draw, kept

register = template.Library()

HERE = "«here»"  # stands in the remembered masthead where the page's own address goes
READER = "«reader»"


@register.simple_tag(takes_context=True)
def masthead(context: template.RequestContext) -> SafeString:
    """The brand, the ways through the portal, the reader, the other language."""
    request, user = context["request"], context["user"]
    current = next((way.href for way in context["navigation"] if way.current), "")
    name = context["cluster"].short_name if context["cluster"] else ""
    html = kept_masthead(get_language(), name, current, user.is_authenticated).replace(HERE, escape(context["here"]))
    if user.is_authenticated:
        html = html.replace(READER, render_to_string("components/me.html", {"user": user}, request))
    return SafeString(html)


@kept
def kept_masthead(language: str | None, name: str, current: str, known: bool) -> SafeString:
    languages = settings.LANGUAGES
    return draw(
        "masthead", name=name, navigation=ways(current), known=known, here=HERE, reader=READER, languages=languages
    )


@register.simple_tag(takes_context=True)
def demonstration(context: template.Context) -> SafeString:
    """The line above every page of a demonstration."""
    return kept_demonstration(get_language(), bool(context["has_mailbox"]))


@kept
def kept_demonstration(language: str | None, has_mailbox: bool) -> SafeString:
    return draw("demo", has_mailbox=has_mailbox)


@register.simple_tag(takes_context=True)
def foot(context: template.RequestContext) -> SafeString:
    """The cluster, and what the law asks to say."""
    cluster: Any = context["cluster"]
    said = (cluster.name, cluster.seat, cluster.email) if cluster else ("", "", "")
    return kept_foot(get_language(), *said)


@kept
def kept_foot(language: str | None, name: str, seat: str, email: str) -> SafeString:
    return draw("foot", name=name, seat=seat, email=email)
