"""The filters of the directory as HTML, joined from strings.

Some seventy lines with five values each cost a template more than everything else on the page. Labels are escaped
here, once for each set of words; templates/members/directory.html puts the result into its place.
"""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cluster_portal.common.templatetags.ui import role, side
from members.queries.directory import Found
from members.queries.facets import FACETS, Branch, Choice, Option, Panel

SHOWN = 8  # of a facet with many values; the others stand in a disclosure


def facets_of(panel: Panel) -> SafeString:
    """All facets as fieldsets whose checkboxes belong to the form with the id "find"."""
    return SafeString("".join(_fieldset(*facet) for facet in panel.facets.items()))


def hidden_fields(found: Found, sort: list[tuple[str, str]]) -> SafeString:
    """What is chosen but has no checkbox: the form must not lose it."""
    listed = {
        (name, option.choice.code)
        for name, branches in found.panel.facets.items()
        if name in found.chosen
        for branch in branches
        for option in branch.options
    }
    pairs = [pair for pair in found.panel.labels if pair not in listed]
    fields = (
        f'<input type="hidden" form="find" name="{name}" value="{escape(value)}">' for name, value in [*pairs, *sort]
    )
    return SafeString("".join(fields))


def _fieldset(name: str, branches: list[Branch]) -> str:
    inside = "".join(_branch(name, branch) for branch in branches)
    return f'<fieldset class="facet"><legend>{escape(FACETS[name])}</legend>{inside}</fieldset>'


def _branch(name: str, branch: Branch) -> str:
    if branch.title:
        used = any(option.checked for option in branch.options)
        return _disclosure(escape(branch.title), _list(name, branch.options), used)
    if len(branch.options) <= SHOWN + 2:
        return _list(name, branch.options)
    found = [option for option in branch.options if option.checked or option.members]
    first = sorted(found, key=lambda option: (not option.checked, -option.members))[:SHOWN]
    shown = {id(option.choice) for option in first}
    rest = [option for option in branch.options if id(option.choice) not in shown]
    more = escape(_("%(count)d more") % {"count": len(rest)})
    return _list(name, first) + _disclosure(more, _list(name, rest), False)


def _disclosure(title: str, inside: str, is_open: bool) -> str:
    return f'<details class="facet__more"{" open" if is_open else ""}><summary>{title}</summary>{inside}</details>'


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
