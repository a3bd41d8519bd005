"""How one becomes a member under a statute: what it asks for, of whom, and in which days."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from members.enums import HelixRole
from members.models import Article, Declaration, DocumentType, LegalForm, MembershipType, StatuteVersion
from members.rules.statute import RequiredDocument, StatuteRules

OF_WHOM = {
    "all": _("everybody"),
    "romania": _("organisations from Romania"),
    "abroad": _("organisations from abroad"),
    "trade_register": _("those in the Romanian trade register"),
}


@dataclass(frozen=True)
class Asked:
    """A document of the file."""

    name: str
    hint: str
    of_whom: str
    max_age_days: int | None
    optional: bool


@dataclass(frozen=True)
class Kind:
    """A type of membership that is obtained by a decision."""

    name: str
    vote: str
    pays_fee: bool
    max_term_months: int | None


@dataclass(frozen=True)
class Joining:
    """Everything that the page needs besides the rules themselves."""

    kinds: list[Kind]
    documents: list[Asked]
    declarations: list[tuple[Declaration, bool]]  # and whether only those who are not purely civil make it
    legal_forms: list[str]  # empty: any
    articles: list[Article]  # those that govern joining, in their order


GOVERNING = (
    "adhesion",
    "eligibility",
    "required_documents",
    "completion_grace_days",
    "objection_window_days",
    "matters.admission",
    "result_notice_days",
    "appeal",
)


def joining(statute: StatuteVersion) -> Joining:
    """What the statute asks for (five queries)."""
    rules = statute.parameters
    numbers = {rules.article(key) for key in GOVERNING}
    names = {kind.code: kind.name for kind in MembershipType.objects.all()}
    open_kinds = [kind for kind in rules.membership_types if kind.obtained == "decision"]
    forms = LegalForm.objects.filter(code__in=rules.eligibility.legal_forms)
    return Joining(
        [Kind(names.get(kind.code, kind.code), kind.vote, kind.pays_fee, kind.max_term_months) for kind in open_kinds],
        _documents(rules.required_documents),
        _declarations(rules),
        [form.name for form in forms],
        list(statute.articles.filter(number__in=numbers).order_by("position")),
    )


def _documents(asked: Iterable[RequiredDocument]) -> list[Asked]:
    kinds = {kind.code: kind for kind in DocumentType.objects.all()}
    roles: dict[str, Any] = dict(HelixRole.choices)
    found = []
    for item in asked:
        kind = kinds.get(item.code)
        name, hint = (kind.name, kind.hint) if kind else (item.code, "")
        of_whom = str(OF_WHOM.get(item.for_whom) or roles[item.for_whom])
        found.append(Asked(name, hint, of_whom, item.max_age_days, item.optional))
    return found


def _declarations(rules: StatuteRules) -> list[tuple[Declaration, bool]]:
    texts = {(text.code, text.version): text for text in Declaration.objects.all()}
    found = ((texts.get((item.code, item.version)), item.when != "all") for item in rules.declarations)
    return [(text, limited) for text, limited in found if text is not None]
