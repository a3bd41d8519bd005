"""The identity of an organisation, which only the office changes once it is a member; checked as at adhesion."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from members.rules.completeness import FileFacts, completeness
from members.rules.errors import Coded, Remark, RuleError
from members.rules.identifiers import (
    EU,
    check_cui,
    check_euid,
    check_lei,
    check_ncage,
    check_trade_register,
    check_vat,
    looks_like_cnp,
)
from members.rules.statute import StatuteRules
from members.rules.text import comma_letters

IDENTITY_FIELDS = (
    *("legal_name", "short_name", "legal_form", "country", "tax_id", "trade_register", "euid", "lei", "ncage"),
    *("founded_on", "street", "locality", "county", "postcode", "helix_role", "side"),
)
NUMBERS = ("tax_id", "trade_register", "euid", "lei", "ncage")
FREE_TEXTS = ("legal_name", "short_name", "street", "locality", "postcode")
POSTCODE = re.compile(r"[0-9]{6}")
Identity = Mapping[str, str]
"""IDENTITY_FIELDS as texts: "" for nothing, a code for a choice, an ISO day."""


def tidied(identity: Identity) -> dict[str, str]:
    """Single spaces, comma letters, official numbers in their usual form; what cannot be read stays as typed."""
    tidy = {name: " ".join(comma_letters(text).split()) for name, text in identity.items()}
    for name, check in _number_checks(tidy).items():
        try:
            tidy[name] = check()
        except RuleError:
            continue  # `mistakes` says it
    if tidy["country"] != "RO":
        tidy["county"] = ""
    return tidy


def mistakes(
    identity: Identity, rules: StatuteRules, *, legal_person: bool, membership_type: str, today: date
) -> dict[str, Coded]:
    """What is wrong or missing, by field, the first thing of each."""
    wrong: dict[str, Coded] = {}
    for name, check in _number_checks(identity).items():
        try:
            check()
        except RuleError as error:
            wrong[name] = error
    for name in FREE_TEXTS:
        if looks_like_cnp(identity[name]):
            wrong[name] = Remark("text_holds_cnp")
    if identity["founded_on"] and date.fromisoformat(identity["founded_on"]) > today:
        wrong["founded_on"] = Remark("founded_in_the_future")
    if identity["country"] == "RO" and identity["postcode"] and not POSTCODE.fullmatch(identity["postcode"]):
        wrong["postcode"] = Remark("postcode_shape", {"value": identity["postcode"]})
    file = _file(identity, legal_person, membership_type)
    for lack in completeness(file, rules, today).missing:
        name = {"cui": "tax_id", "vat": "tax_id"}.get(lack.field, lack.field)
        if name in IDENTITY_FIELDS:
            wrong.setdefault(name, lack)
    return wrong


def new_mistakes(before: Mapping[str, Coded], after: Mapping[str, Coded]) -> dict[str, Coded]:
    """What a change makes wrong; an old lack of a founding member does not stop the correction of something else."""
    return {
        name: mistake
        for name, mistake in after.items()
        if name not in before or (before[name].code, dict(before[name].params)) != (mistake.code, dict(mistake.params))
    }


def _file(identity: Identity, legal_person: bool, membership_type: str) -> FileFacts:
    """The identity as the facts of a file that has nothing else in it."""
    romanian = identity["country"] == "RO"
    return FileFacts(
        legal_person=legal_person,
        membership_type=membership_type,
        cui=identity["tax_id"] if romanian else "",
        vat="" if romanian else identity["tax_id"],
        legal_name=identity["legal_name"],
        legal_form=identity["legal_form"],
        country=identity["country"],
        trade_register=identity["trade_register"],
        euid=identity["euid"],
        lei=identity["lei"],
        street=identity["street"],
        locality=identity["locality"],
        county=identity["county"],
        helix_role=identity["helix_role"],
        side=identity["side"],
    )


def _number_checks(identity: Identity) -> dict[str, Callable[[], str]]:
    """The check of each official number that is filled in; it returns the number in its usual form."""
    country = identity["country"]
    romanian = country == "RO"
    checks: dict[str, Callable[[str], str]] = {
        "tax_id": check_cui if romanian else lambda text: check_vat(text, country) if country in EU else text,
        "trade_register": check_trade_register if romanian else lambda text: text,
        "euid": check_euid,
        "lei": check_lei,
        "ncage": lambda text: check_ncage(text, country),
    }

    def bound(name: str) -> Callable[[], str]:
        return lambda: checks[name](identity[name])

    return {name: bound(name) for name in NUMBERS if identity[name]}
