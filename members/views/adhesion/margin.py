"""What stands around a step: the bar of steps, the article of the statute beside it, how complete the file is."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import AdhesionRequest, Article
from members.queries.drafts import STEPS, Draft, Lack, article_beside, draft_of
from members.queries.statute import statute_of
from members.rules.text import fold
from members.wording import sentence

LABELS = {
    "organisation": _("Organisation"),
    "representative": _("Representative"),
    "role": _("Role and side"),
    "evidence": _("Fields and evidence"),
    "documents": _("Documents"),
    "declarations": _("Declarations"),
    "review": _("Review and submit"),
}
_STEMS = {
    "organisation": ("persoan", "legal person", "legal entit"),
    "representative": ("reprezentant", "representative", "imputernic", "mandate"),
    "role": ("membrii asociati", "associate members", "sustinator", "supporting", "observator", "observer"),
    "evidence": ("contribu", "domeni", "field", "domain"),
    "documents": ("insotit", "accompanied", " zile", " days"),
    "declarations": ("declar",),
}
"""Folded beginnings of words by which a paragraph is seen to speak of a step."""


@dataclass(frozen=True)
class Missed:
    """One missing thing, in words, with the address of the place where it is put right."""

    label: str
    href: str
    source: str
    ok: bool = False
    note: str = ""


def address(adhesion: AdhesionRequest, step: str, field: str = "") -> str:
    """The page of a step, and the control in it."""
    target = f"#id_{field}" if field else ""
    return reverse("members:request-step", args=[adhesion.key, step]) + target


def around(adhesion: AdhesionRequest, step: str) -> dict[str, Any]:
    """Everything that the frame of a step shows."""
    draft = draft_of(adhesion)
    place = STEPS.index(step)
    return {
        "adhesion": adhesion,
        "draft": draft,
        "step": step,
        "step_number": place + 1,
        "step_count": len(STEPS),
        "step_label": LABELS[step],
        "bar": bar(draft, step),
        "lacks": [missed(draft, one) for one in draft.of(step)],
        "before": (LABELS[STEPS[place - 1]], address(adhesion, STEPS[place - 1])) if place else None,
        "after": LABELS[STEPS[place + 1]] if place + 1 < len(STEPS) else "",
        "beside": beside(adhesion, step),
    }


def bar(draft: Draft, current: str = "") -> list[dict[str, Any]]:
    return [
        {
            "label": LABELS[one.name],
            "href": address(draft.request, one.name),
            "state": "current" if one.name == current else one.state,
        }
        for one in draft.steps
    ]


def missed(draft: Draft, lack: Lack) -> Missed:
    """The sentence of the rules with its article, leading to step and field."""
    article = lack.missing.article
    source = _("art. %(number)s") % {"number": article} if article else ""
    return Missed(sentence(lack.missing), address(draft.request, lack.step, lack.field), str(source))


def everything_missed(draft: Draft) -> list[dict[str, Any]]:
    """What the file lacks, step by step."""
    return [
        {"label": LABELS[step], "items": [missed(draft, one) for one in draft.of(step)]}
        for step in STEPS
        if draft.of(step)
    ]


def beside(adhesion: AdhesionRequest, step: str) -> dict[str, Any] | None:
    """The article of the statute that governs a step; the paragraphs that speak of it are marked."""
    article = article_beside(adhesion, step)
    if article is None:
        return None
    return {
        "title": _("Article %(number)s. %(heading)s") % {"number": article.number, "heading": article.heading},
        "paragraphs": article.paragraphs,
        "marked": _marked(article, step),
        "statute": statute_of(adhesion),
    }


def _marked(article: Article, step: str) -> list[int]:
    """Numbers of the paragraphs that speak of the step; none when all of them do."""
    stems = _STEMS.get(step, ())
    texts = [fold(text) for text in article.paragraphs]
    found = [number for number, text in enumerate(texts, start=1) if any(stem in text for stem in stems)]
    return found if len(found) < len(texts) else []
