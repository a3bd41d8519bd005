"""The portal's components as template tags: `{% load ui %}`. Each draws templates/components/<name>.html.

Text given to a tag is escaped; labels may be lazy translations. /style-guide/ shows every state.
`{% translate %}` is a quicker one than Django's where this library is loaded after `i18n`.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.common import drawings
from cluster_portal.common.assets import GLYPHS, ICONS
from cluster_portal.common.assets import asset_url as url_of_asset
from cluster_portal.common.found import is_findable, structured, way_to
from cluster_portal.common.templatetags.drawing import draw, fixed, kept, pick, picked, translate
from cluster_portal.common.templatetags.matrix_table import matrix
from cluster_portal.common.templatetags.pages import pager
from cluster_portal.common.templatetags.words import said_in, term, terms, tongue, written

register = template.Library()
register.tag(fixed)
register.tag(translate)
register.simple_tag(pager, takes_context=True)

SIDES = {"civil": _("Civil"), "dual": _("Dual"), "defence": _("Defence")}
ROLES = {
    "industry": _("Industry"),
    "university": _("University and research"),
    "government": _("Government"),
    "catalyst": _("Catalyst"),
    "funder": _("Funder"),
    "civil_society": _("Civil society"),
}


CONTENT = "«content»"  # stands in a remembered piece where what differs from page to page goes


@register.simple_tag
def asset_url(name: str) -> str:
    """Address of a bundle: `portal.css`, `work.css`, `admin.css`, `sprite.svg` or `mark.svg`."""
    return url_of_asset(name)


# ------------------------------------------------------------------ words and small drawings
@register.simple_tag
def icon(name: str, label: object = "") -> SafeString:
    """An interface icon. `name`: one of assets.ICONS; `label`: what it says when it stands alone."""
    if name not in ICONS:
        raise LookupError(f"There is no icon {name!r}; the sprite has: {', '.join(ICONS)}.")
    return kept_icon(get_language(), name, str(label))


@kept
def kept_icon(language: str | None, name: str, label: str) -> SafeString:
    return draw("icon", name=name, label=label)


@register.simple_tag
def mark() -> SafeString:
    """The portal's mark, two circles that meet; decoration beside the name."""
    return draw("mark")


@register.simple_tag
def side(value: object, label: object = "") -> SafeString:
    """The side glyph with its word. `value`: civil, dual or defence; anything else draws nothing."""
    return kept_side(get_language(), str(value or ""), str(label))


@kept
def kept_side(language: str | None, word: str, label: str) -> SafeString:
    return draw("side", name=word, label=label or SIDES[word]) if word in SIDES else SafeString("")


@register.simple_tag
def role(value: object, label: object = "") -> SafeString:
    """The helix role's shape with its word. `value`: a role of members.enums.HelixRole; `label`: its name."""
    return kept_role(get_language(), str(value or ""), str(label))


@kept
def kept_role(language: str | None, word: str, label: str) -> SafeString:
    glyph = word if word in GLYPHS else "other"
    return draw("role", glyph=glyph, label=label or ROLES.get(word, word)) if word else SafeString("")


@register.simple_tag
def status(label: object, icon: str = "", tone: str = "") -> SafeString:
    """An icon and a word. `tone`: empty, `heed` (a deadline) or `stop` (refused); `icon`: see ICONS."""
    return kept_status(get_language(), str(label), icon, tone)


@kept
def kept_status(language: str | None, label: str, icon: str, tone: str) -> SafeString:
    return draw("status", label=label, icon=icon or {"heed": "clock", "stop": "x"}.get(tone, "check"), tone=tone)


@register.simple_tag
def trl(level: int | None, prefix: object = "") -> SafeString:
    """Maturity, nine ticks and the figure. `level` 1 to 9 (None draws nothing); `prefix`: e.g. "up to"."""
    return kept_trl(get_language(), level, str(prefix)) if level else SafeString("")


@kept
def kept_trl(language: str | None, level: int, prefix: str) -> SafeString:
    reached, rest = drawings.ticks(level, 9)
    return draw("trl", level=level, prefix=prefix, reached=reached, rest=rest)


@register.inclusion_tag("components/chip.html")
def chip(label: object, href: str, name: object = "") -> dict[str, Any]:
    """One filter in use; the whole chip is the link that removes it. `name`: its accessible name, if not the usual."""
    return {"label": label, "href": href, "name": name}


@register.inclusion_tag("components/file.html")
def file_row(name: object, href: str = "", size: object = "", note: object = "") -> dict[str, Any]:
    """A file: icon, name (a link when `href`), size in words and a note such as its date."""
    return {"name": name, "href": href, "size": size, "note": note}


# ------------------------------------------------------------------ blocks around a page's own words
@register.simple_block_tag
def notice(content: str, icon: str = "triangle-alert", tone: str = "heed") -> str:
    """A paragraph that must be heeded, one a page. `tone`: heed, stop or plain (a fact, no alarm)."""
    return render_to_string("components/notice.html", {"content": content, "icon": icon, "tone": tone})


@register.simple_block_tag
def empty(content: str, title: object) -> str:
    """What stands where a list would: `title` says that there is nothing, the content what to do."""
    return render_to_string("components/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def section(  # its parameters are named as the page writes them
    content: str,
    title: object,
    id: str,  # noqa: A002
    note: object = "",
    href: str = "",
    link: object = "",
) -> str:
    """A section on a rule: heading with `id`, then a quiet `note` or a `link` to `href` at the far end."""
    around = kept_section(get_language(), str(title), id, str(note), href, str(link))
    return SafeString(around.replace(CONTENT, content))


@kept
def kept_section(language: str | None, title: str, key: str, note: str, href: str, link: str) -> SafeString:
    return draw("section", content=CONTENT, title=title, id=key, note=note, href=href, link=link)


# ------------------------------------------------------------------ drawings with figures
@register.inclusion_tag("components/meet.html")
def meet(civil: int, dual: int, defence: int) -> dict[str, Any]:
    """The home page's meeting: how many members stand on each side only, and how many on both (`dual`)."""
    return {"civil": civil, "dual": dual, "defence": defence, "drawn": drawings.meeting(civil, dual, defence)}


@register.inclusion_tag("components/balance.html")
def balance(rows: Iterable[Any]) -> dict[str, Any]:
    """One bar a helix role. `rows`: dicts or objects with role, label, civil, dual, defence (href optional)."""
    read = [{key: pick(row, key) for key in ("role", "label", "civil", "dual", "defence", "href")} for row in rows]
    for row in read:
        row["total"] = row["civil"] + row["dual"] + row["defence"]
    largest = max((row["total"] for row in read), default=0)
    for row in read:
        row["parts"] = drawings.bar([(name, row[name]) for name in SIDES], largest)
    return {"rows": read}


@register.simple_tag
def county_map(counties: Iterable[tuple[str, str, int, str]]) -> SafeString:
    """One tile a county with its figure, and the same as a list. `counties`: (code, name, members, address)."""
    return kept_county_map(get_language(), tuple(counties))


@kept
def kept_county_map(language: str | None, counties: tuple[tuple[str, str, int, str], ...]) -> SafeString:
    places = drawings.tiles()
    drawn = [{"tile": places[code], "label": name, "count": n, "href": href} for code, name, n, href in counties]
    return draw("county_map", counties=drawn, size=drawings.TILE - 4)


@register.inclusion_tag("components/distribution.html")
def distribution(title: object, average: float | None, counts: Iterable[int]) -> dict[str, Any]:
    """How ratings are spread: a bar for each value from the best to 1. `counts`: how often 1, 2, … were given."""
    given = list(counts)
    largest = max(given, default=0)
    lines = [
        {"value": value, "count": count, "parts": drawings.bar([("rating", count)], largest) if largest else []}
        for value, count in enumerate(given, 1)
    ]
    return {"title": title, "average": average, "lines": lines[::-1], "best": len(given), "total": sum(given)}


register.simple_tag(matrix)


@register.inclusion_tag("components/bar.html")
def bar(count: int, largest: int) -> dict[str, Any]:
    """One bar on the scale of the largest, beside a figure that says the same in words."""
    return {"parts": drawings.bar([("", count)], max(largest, 1))}


@register.inclusion_tag("components/ring.html")
def ring(score: int, mine: int, theirs: int, my_side: object, their_side: object) -> dict[str, Any]:
    """A match: `score` of 100, the shares (percent) of what I need and of what they need, each in its side's tone."""
    tones = {"civil": "civil", "defence": "defence"}
    left, right = (tones.get(str(value), "dual") for value in (my_side, their_side))
    return {"score": score, "mine": mine, "theirs": theirs, "left": left, "right": right}


@register.inclusion_tag("components/seats.html")
def seats(states: Iterable[str], quorum: int) -> dict[str, Any]:
    """The Board. `states`: a word a director, of drawings.ORDER: cast, open, recused, you, you-cast, you-recused."""
    words = list(states)
    cast = sum(word.endswith("cast") for word in words)
    recused = sum(word.endswith("recused") for word in words)
    voting = len(words) - recused
    drawn = drawings.board(words, quorum)
    return {"drawn": drawn, "cast": cast, "voting": voting, "recused": recused, "quorum": quorum}


@register.inclusion_tag("components/tally.html")
def tally(items: Iterable[tuple[object, object]]) -> dict[str, Any]:
    """Figures side by side. `items`: (label, figure) pairs, as For, Against, Abstain, Open."""
    return {"items": list(items)}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: object) -> dict[str, Any]:
    """How complete something is: `done` of `total`, with the words of `label` ("documents")."""
    return {"done": done, "total": total, "label": label}


@register.inclusion_tag("components/checklist.html")
def checklist(items: Iterable[Any]) -> dict[str, Any]:
    """What is there and what is missing. `items`: dicts or objects with label, ok, note, href, source."""
    return {"items": [{key: pick(item, key) for key in ("label", "ok", "note", "href", "source")} for item in items]}


# ------------------------------------------------------------------ lists, ways and statute
@register.inclusion_tag("components/facts.html")
def facts(pairs: Iterable[tuple[object, object]], across: bool = False) -> dict[str, Any]:
    """Label and value. `pairs`: (label, value); pairs without a value are left out. `across`: two or three a line."""
    return {"pairs": [(label, value) for label, value in pairs if value not in ("", None)], "across": across}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Any], label: object) -> dict[str, Any]:
    """The steps of a request. `items`: dicts or objects with label, href, state (done, current, wrong or empty)."""
    return {"items": [{key: pick(item, key) for key in ("label", "href", "state")} for item in items], "label": label}


@register.inclusion_tag("components/article.html")
def article(
    title: object, paragraphs: Iterable[Any], source: object = "", href: str = "", marked: object = "", level: int = 2
) -> dict[str, Any]:
    """The statute in the margin. `paragraphs`: texts or (number, text) pairs; `marked`: numbers that ask, "2 3".

    `source`: the line above ("Statute in force since …"); `href`: the whole statute; `level`: of the heading.
    """
    given = marked if isinstance(marked, list | tuple | set | frozenset) else str(marked).replace(",", " ").split()
    wanted = {str(item) for item in given}
    lines = []
    for index, paragraph in enumerate(paragraphs, start=1):
        number, text = paragraph if isinstance(paragraph, tuple | list) else (index, paragraph)
        lines.append({"number": number, "text": text, "marked": str(number) in wanted})
    return {"title": title, "lines": lines, "source": source, "href": href, "level": level}


@register.inclusion_tag("components/log.html")
def log(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first as given. `entries`: dicts or objects with at (date or time), text, by, note."""
    return {"entries": [{key: pick(entry, key) for key in ("at", "text", "by", "note")} for entry in entries]}


@register.simple_tag(takes_context=True)
def crumbs(context: template.Context, *parts: object) -> SafeString:
    """Where I am: label and address in turn, the page itself last: `{% crumbs "Members" url "Name" %}`.

    A page that may be found says the same to search engines.
    """
    places, last = tuple(map(str, parts[:-1])), str(parts[-1])
    way = SafeString(kept_crumbs(get_language(), places).replace(CONTENT, conditional_escape(last)))
    request = context.get("request")
    return way + structured(way_to(request.path, places, last)) if request and is_findable(request) else way


@kept
def kept_crumbs(language: str | None, parts: tuple[str, ...]) -> SafeString:
    return draw("crumbs", places=list(zip(parts[::2], parts[1::2], strict=True)), last=CONTENT)


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[tuple[object, str, bool]], label: object) -> dict[str, Any]:
    """Views of one thing, as links. `items`: (label, address, is current)."""
    return {"items": list(items), "label": label}


@register.simple_tag
def facet(legend: object, name: str, options: Iterable[Any], kind: str = "") -> SafeString:
    """One group of filters. `options`: dicts or objects with value, label, count, checked; `kind`: side or role.

    An option that would find nothing (count 0, not checked) stays, disabled.
    """
    keys = ("value", "label", "count", "checked")
    read = tuple(picked(one, keys) for one in options)
    return kept_facet(get_language(), str(legend), name, kind, read)


@kept
def kept_facet(
    language: str | None, legend: str, name: str, kind: str, options: tuple[tuple[Any, ...], ...]
) -> SafeString:
    return draw("facet", legend=legend, name=name, kind=kind, options=options)


# ------------------------------------------------------------------ words of the statute, texts in one of two languages
register.simple_tag(term)
register.simple_tag(terms)
register.simple_tag(written)
register.simple_tag(tongue)
register.simple_tag(said_in)


# ------------------------------------------------------------------ forms
@register.inclusion_tag("components/errors.html")
def errors(*forms: BaseForm | None) -> dict[str, Any]:
    """What is wrong, first on the page, each line a link to its field. Plain `{{ form }}` brings its own."""
    lines = []
    for form in forms:
        for name, messages in form.errors.items() if form is not None else ():
            bound = form[name] if form is not None and name in form.fields else None
            at = {"target": target_of(bound), "label": bound.label} if bound else {"target": "", "label": ""}
            lines += [{**at, "text": message} for message in messages]
    return {"lines": lines}


def target_of(bound: BoundField) -> str:
    """The id of the first control of a field, where a link from the summary lands."""
    return bound.id_for_label or (f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with label, hint, what is wrong, and control: the same as `{{ form.name.as_field_group }}`."""
    return bound.as_field_group()


@register.filter
def control(bound: BoundField) -> str:
    """What kind of control a field has: tick (one box), ticks (several), file, or line (everything else)."""
    kinds = {"checkbox": "tick", "clearablefile": "file", "file": "file"}
    if bound.use_fieldset:
        return "ticks"
    return kinds.get(bound.widget_type, "line")


@register.inclusion_tag("components/letter.html")
def letter(subject: object, to: object, src: str, at: object = "", sender: object = "") -> dict[str, Any]:
    """A letter as it was sent. `src`: a view that answers its HTML; it is shown in a frame without rights."""
    return {"subject": subject, "to": to, "src": src, "at": at, "sender": sender}
