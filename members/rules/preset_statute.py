"""Reads the statute of a preset: its articles, its rules, and the names and texts that the rules refer to."""

from collections.abc import Iterable
from typing import Any

from members.rules.errors import Remark, RuleError, in_plain_words
from members.rules.preset_reading import Mistake, Table, did_you_mean, report_repeats
from members.rules.preset_shapes import (
    LIMITS,
    Article,
    Declaration,
    DocumentType,
    LegalForm,
    MembershipTypeName,
    StatutePreset,
    Tag,
)
from members.rules.statute import StatuteRules

# What StatuteRules.parse reports, for the engineer who writes the file; {…} are the parameters of the report.
SENTENCES = {
    "statute_key_unknown": "is not a key that the rules know; they know: {known}",
    "statute_key_missing": "is missing",
    "statute_not_table": "is not a table",
    "statute_not_list": "is not a list in square brackets",
    "statute_list_too_short": "has too few entries; the least is {least}",
    "statute_twice": "has “{value}” twice",
    "statute_not_flag": "is not true or false",
    "statute_not_whole": "is not a whole number",
    "statute_out_of_range": "is {value}; write a number from {least} to {most}",
    "statute_not_one_of": "is “{value}”; write one of: {allowed}",
    "statute_not_code": "is “{value}”; use small letters, digits and '_', beginning with a letter",
    "statute_not_country": "is “{value}”; write two capital letters, such as RO",
    "statute_not_version": "is “{value}”; use letters, digits, '.', '_' or '-'",
    "statute_article_of_nothing": "names no rule, so no article can stand behind it",
    "statute_article_not_text": "is not an article number in quotes",
    "fraction_impossible": "has the fraction {p}/{q}; it must be above 0 and at most 1",
    "quorum_count_impossible": "has count = {count}; the least is 1",
    "majority_base_impossible": "has the base “{base}”, which a majority of the kind “{kind}” does not know",
    "more_than_all": "asks for more than all; set inclusive = true or a smaller fraction",
}


def read_statute(table: Table, vocabulary: tuple[Tag, ...], legal_forms: tuple[LegalForm, ...]) -> StatutePreset:
    """The statute; the articles, documents, declarations and field that it names are checked to exist."""
    roots = [tag.code for tag in vocabulary if tag.parent is None]
    source = table.table("rules")
    rules = _rules(source)
    statute = StatutePreset(
        version=table.text("version", limit=LIMITS["version"]),
        in_force_from=table.day("in_force_from"),
        articles=_articles(table),
        rules=rules or StatuteRules.defaults(),
        rules_source=source.content,
        membership_types=_membership_types(table),
        documents=_documents(table),
        declarations=_declarations(table),
        field_root=table.choice("field_root", roots),
    )
    table.finish()
    if rules is not None:
        _check_names(table, statute)
        _check_versions(table, statute)
        _check_articles(table, statute)
        _check_eligibility(source, statute, legal_forms)
    return statute


def _articles(statute: Table) -> tuple[Article, ...]:
    tables = statute.tables("articles")
    report_repeats(tables, "number")
    articles = []
    for table in tables:
        article = Article(
            table.number("number", least=1),
            *table.both("heading", limit=LIMITS["heading"]),
            paragraphs_ro=table.texts("paragraphs_ro"),
            paragraphs_en=table.texts("paragraphs_en"),
        )
        if len(article.paragraphs_ro) != len(article.paragraphs_en):
            counts = f"{len(article.paragraphs_ro)} in Romanian, {len(article.paragraphs_en)} in English"
            table.wrong("", f"has paragraphs without their translation: {counts}")
        table.finish()
        articles.append(article)
    return tuple(articles)


def _rules(table: Table) -> StatuteRules | None:
    """The rules; nothing when they have mistakes, and then what they name cannot be checked yet."""
    try:
        return StatuteRules.parse(table.content)
    except RuleError as error:
        remarks = error.params.get("mistakes")
        for remark in remarks if isinstance(remarks, tuple) else ():
            table.mistakes.append(_mistake(table, remark))
        return None


def _mistake(table: Table, remark: Remark) -> Mistake:
    params = {key: _listed(value) for key, value in remark.params.items()}
    path = params.pop("path", "")
    sentence = SENTENCES.get(remark.code)
    told = sentence.format(**params) if sentence else in_plain_words(remark.code, params)
    return Mistake(table.at(path) if path else table.place, told)


def _listed(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)


def _membership_types(statute: Table) -> tuple[MembershipTypeName, ...]:
    tables = statute.tables("membership_types")
    report_repeats(tables)
    types = tuple(MembershipTypeName(table.code(), *table.both("name")) for table in tables)
    for table in tables:
        table.finish()
    return types


def _documents(statute: Table) -> tuple[DocumentType, ...]:
    tables = statute.tables("documents")
    report_repeats(tables)
    documents = []
    for table in tables:
        name = table.both("name", limit=LIMITS["document_name"])
        hint = table.both("hint", limit=LIMITS["hint"], default=("", ""))
        documents.append(DocumentType(table.code(), *name, *hint))
        table.finish()
    return tuple(documents)


def _declarations(statute: Table) -> tuple[Declaration, ...]:
    tables = statute.tables("declarations")
    report_repeats(tables)
    declarations = []
    for table in tables:
        name = table.both("name", limit=LIMITS["document_name"])
        text = table.both("text", limit=0)
        declarations.append(Declaration(table.code(), *name, table.text("version", limit=LIMITS["version"]), *text))
        table.finish()
    return tuple(declarations)


def _check_names(table: Table, statute: StatutePreset) -> None:
    """What the rules name must be described, and what is described must be in the rules."""
    rules = statute.rules
    for key, named, written in (
        ("membership_types", statute.membership_types, rules.membership_types),
        ("documents", statute.documents, rules.required_documents),
        ("declarations", statute.declarations, rules.declarations),
    ):
        described, ruled = _codes(named), _codes(written)
        for code in sorted(ruled - described):
            table.wrong(key, f"has no entry for “{code}”, which the rules name; name it in both languages")
        for code in sorted(described - ruled):
            table.wrong(f"{key}[{code}]", "is not in the rules; add it there or take it out here")


def _check_versions(table: Table, statute: StatutePreset) -> None:
    versions = {text.code: text.version for text in statute.declarations}
    for declaration in statute.rules.declarations:
        version = versions.get(declaration.code, declaration.version)
        if version != declaration.version:
            place = f"declarations[{declaration.code}].version"
            table.wrong(place, f"is “{version}”, but the rules ask for version “{declaration.version}”")


def _check_articles(table: Table, statute: StatutePreset) -> None:
    numbers = {str(article.number) for article in statute.articles}
    for parameter, number in statute.rules.articles.items():
        if number not in numbers:
            table.wrong(f"rules.articles.{parameter}", f"cites article {number}, which does not exist")


def _check_eligibility(rules: Table, statute: StatutePreset, legal_forms: tuple[LegalForm, ...]) -> None:
    eligibility = statute.rules.eligibility
    for key, codes, known in (
        ("legal_forms", eligibility.legal_forms, _codes(legal_forms)),
        ("sponsor_types", eligibility.sponsor_types, _codes(statute.rules.membership_types)),
    ):
        for code in codes:
            if code not in known:
                near = did_you_mean(code, known)
                rules.wrong(f"eligibility.{key}", f"has “{code}”, which this preset does not describe{near}")


def _codes(items: Iterable[Any]) -> set[str]:
    return {item.code for item in items if item.code}
