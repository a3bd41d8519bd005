"""The pages of a list, drawn once for each place in a list of a length."""

from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cluster_portal.common.templatetags.drawing import draw, kept

SHORT = 200  # a longer address is nobody's habit: its pages are not worth remembering


def pager(context: template.Context, page: Page[Any], parameter: str = "page", of: str = "") -> SafeString:
    """The pages of a list; other parameters of the address are kept. `page`: a page of Django's Paginator.

    `of` names the list where a page has several.
    """
    if page.paginator.num_pages < 2:
        return SafeString("")
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    rest = query.urlencode()
    draw_it = kept_pager if len(rest) < SHORT else draw_pager
    return draw_it(get_language(), rest, parameter, page.number, page.paginator.count, page.paginator.per_page, str(of))


def draw_pager(
    language: str | None, rest: str, parameter: str, number: int, total: int, at_once: int, of: str
) -> SafeString:
    page = Paginator(range(total), at_once).page(number)

    def address(number: int) -> str:
        return f"?{rest}{'&' if rest else ''}{parameter}={number}"

    entries = [
        {"number": one, "href": address(one) if isinstance(one, int) else ""}
        for one in page.paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]
    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return draw("pager", page=page, entries=entries, before=before, after=after, of=of)


kept_pager = kept(draw_pager)
