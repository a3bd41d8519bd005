"""The filters of the directory as HTML, joined from strings.

Some seventy lines with five values each cost a template more than everything else on the page. Labels are escaped
here, once for each set of words; templates/members/directory.html puts the result into its place.
"""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cluster_portal.common.templatetags.ui import role, side
from members.queries.directory import Found
from members.queries.facets import FACETS, Branch, Choice, Option, Panel

SHOWN = 6  # of a facet with many values; the others stand in a disclosure


def facets_of(panel: Panel, unfolded: str, here: str) -> SafeString:
    """All facets as fieldsets whose checkboxes belong to the form with the id "find".

    Long lists are folded, and fetched when they are opened, unless theirs is the facet `unfolded`; `here` is the
    address of the page, to which the name of that facet is added.
    """
    ways = {
        name: "" if name == unfolded else escape(f"{here}{'&' if '?' in here else '?'}all={name}") for name in FACETS
    }
    return SafeString("".join(_fieldset(name, branches, ways[name]) for name, branches in panel.facets.items()))


def hidden_fields(found: Found, sort: list[tuple[str, str]]) -> SafeString:
    """What is chosen but has no checkbox: the form must not lose it."""
    listed = {
        (name, choice.code)
        for name, branches in found.panel.facets.items()
        if name in found.chosen
        for branch in branches
        for choice in branch.choices
    }
    pairs = [pair for pair in found.panel.labels if pair not in listed]
    fields = (
        f'<input type="hidden" form="find" name="{name}" value="{escape(value)}">' for name, value in [*pairs, *sort]
    )
    return SafeString("".join(fields))


def _fieldset(name: str, branches: list[Branch], way: str) -> str:
    inside = "".join(_branch(f"{name}-{place}", name, branch, way) for place, branch in enumerate(branches))
    return f'<fieldset class="facet"><legend>{escape(str(FACETS[name]))}</legend>{inside}</fieldset>'


def _branch(key: str, name: str, branch: Branch, way: str) -> str:
    if branch.title:
        folded = way and not branch.used
        inside = "" if folded else _list(name, branch.options)
        return _disclosure(key, escape(branch.title), inside, way if folded else "", branch.used)
    if len(branch.options) <= SHOWN + 2:
        return _list(name, branch.options)
    found = [option for option in branch.options if option.checked or option.members]
    first = sorted(found, key=lambda option: (not option.checked, -option.members))
    first = first[: max(SHOWN, sum(option.checked for option in found))]
    shown = {id(option.choice) for option in first}
    rest = [option for option in branch.options if id(option.choice) not in shown]
    more = escape(_("%(count)d more") % {"count": len(rest)})
    return _list(name, first) + _disclosure(key, more, "" if way else _list(name, rest), way, False)


def _disclosure(key: str, title: str, inside: str, way: str, is_open: bool) -> str:
    """A list behind its title. With a `way` it is not on the page: opening it fetches it; without scripts, a link."""
    begin, end = f'<details class="facet__more" id="{key}"', f"><summary>{title}</summary>"
    if not way:
        return f"{begin}{' open' if is_open else ''}{end}{inside}</details>"
    fetch = f' data-hx-get="{way}" data-hx-trigger="toggle once" data-hx-select="#{key} ul"'
    word = escape(_("Show the list"))
    return f'{begin}{fetch}{end}<a href="{way}" rel="nofollow">{word}</a></details>'


def _list(name: str, options: list[Option]) -> str:
    lines = []
    for choice, count, checked in options:
        before, after = _pieces(name, choice)
        lines.append(f"{before}{' checked' if checked else '' if count else ' disabled'}{after}{count}</span></label>")
    return f'<ul class="ticks"><li>{"<li>".join(lines)}</ul>' if lines else ""


@lru_cache(maxsize=1024)
def _pieces(name: str, choice: Choice) -> tuple[str, str]:
    """The line of a choice around its state and its count."""
    code = escape(choice.code)
    before = f'<label class="tick"><input type="checkbox" form="find" id="{name}-{code}" name="{name}" value="{code}"'
    drawn = {"side": side, "role": role}.get(name)
    label = drawn(choice.code, choice.label) if drawn else escape(choice.label)
    return before, f'><span>{label}</span><span class="num">'
