"""What an adhesion file still lacks under the statute in force, each with the article that asks for it."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from members.rules.deadlines import age_days
from members.rules.errors import RuleError
from members.rules.identifiers import check_cui, check_euid, check_lei, check_trade_register, check_vat
from members.rules.statute import HELIX_ROLES, Declaration, RequiredDocument, StatuteRules

StepName = Literal["organisation", "representative", "role", "evidence", "documents", "declarations"]
STEPS: tuple[StepName, ...] = (
    "organisation",
    "representative",
    "role",
    "evidence",
    "documents",
    "declarations",
)
SIDES = ("civil", "dual", "defence")


@dataclass(frozen=True)
class DocumentFact:
    """An uploaded document: its code and the days written on it."""

    code: str
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class FileFacts:
    """A request as plain values; an empty text means not filled in. `declarations` are (code, version) pairs,
    `sponsors` counts those of a type that the statute admits, `evidence` the fields proved by something."""

    legal_person: bool = True
    country: str = ""
    legal_form: str = ""
    legal_name: str = ""
    cui: str = ""
    trade_register: str = ""
    vat: str = ""
    euid: str = ""
    lei: str = ""
    street: str = ""
    locality: str = ""
    county: str = ""
    postcode: str = ""
    helix_role: str = ""
    side: str = ""
    membership_type: str = ""
    contribution: str = ""
    sponsors: int = 0
    capabilities: int = 0
    field_functions: int = 0
    evidence: int = 0
    representative: str = ""
    representative_email: str = ""
    documents: tuple[DocumentFact, ...] = ()
    declarations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Missing:
    """One thing to put right: where (step, field), why (article), what (code and params of the sentence)."""

    code: str
    step: StepName
    field: str
    article: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Completeness:
    """How many of the things asked for are there."""

    required: int
    present: int
    missing: tuple[Missing, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def of(self, step: str) -> tuple[Missing, ...]:
        """What one step lacks."""
        return tuple(one for one in self.missing if one.step == step)


@dataclass(frozen=True)
class _Demand:
    """One thing asked for: `code` is None when it is there."""

    code: str | None
    step: StepName
    field: str
    key: str
    params: Mapping[str, object]


def missing(facts: FileFacts, rules: StatuteRules, *, on: date) -> tuple[Missing, ...]:
    """What the file lacks on a day, in the order of the steps."""
    return completeness(facts, rules, on=on).missing


def completeness(facts: FileFacts, rules: StatuteRules, on: date) -> Completeness:
    """What the statute asks of this file and what of it is there; ages of documents are counted to `on`."""
    demands = [
        *_organisation(facts, rules),
        *_representative(facts),
        *_role(facts, rules),
        *_evidence(facts, rules),
        *_documents(facts, rules, on),
        *_declarations(facts, rules),
    ]
    lacking = tuple(
        Missing(one.code, one.step, one.field, rules.article(one.key), one.params)
        for one in demands
        if one.code is not None
    )
    return Completeness(required=len(demands), present=len(demands) - len(lacking), missing=lacking)


def is_romanian(facts: FileFacts) -> bool:
    return facts.country.upper() == "RO"


def in_trade_register(facts: FileFacts) -> bool:
    """Romanian enterprises are entered in the trade register; universities, authorities and associations are
    not, unless they say so themselves.
    """
    return is_romanian(facts) and (facts.helix_role == "industry" or bool(facts.trade_register.strip()))


def document_is_asked(document: RequiredDocument, facts: FileFacts) -> bool:
    """Whether this document concerns this organisation, required or optional."""
    return {
        "all": True,
        "romania": is_romanian(facts),
        "abroad": bool(facts.country) and not is_romanian(facts),
        "trade_register": in_trade_register(facts),
    }.get(document.for_whom, document.for_whom == facts.helix_role)


def declaration_is_asked(declaration: Declaration, facts: FileFacts) -> bool:
    """Whether this declaration concerns this organisation; an unknown side counts as not civil."""
    return declaration.when == "all" or facts.side != "civil"


def _demand(step: StepName, name: str, key: str, code: str | None, **params: object) -> _Demand:
    return _Demand(code, step, name, key, params)


def _unless(met: object, code: str) -> str | None:
    """The code, unless the thing is there."""
    return None if met else code


def _organisation(facts: FileFacts, rules: StatuteRules) -> Iterator[_Demand]:
    wanted = rules.eligibility
    kind = rules.membership_type(facts.membership_type)
    if kind is None or kind.legal_persons_only:
        yield _demand(
            "organisation",
            "legal_form",
            "membership_types",
            _unless(facts.legal_person, "legal_person_required"),
        )
    yield _demand("organisation", "legal_name", "eligibility", _unless(facts.legal_name.strip(), "name_missing"))
    yield _demand("organisation", "legal_form", "eligibility.legal_forms", _legal_form_lack(facts, rules))
    if not facts.country:
        yield _demand("organisation", "country", "eligibility.countries", "country_missing")
    else:
        eligible = not wanted.countries or facts.country.upper() in wanted.countries
        lack = _unless(eligible, "country_not_eligible")
        yield _demand(
            "organisation",
            "country",
            "eligibility.countries",
            lack,
            country=facts.country,
            allowed=wanted.countries,
        )
    yield from _seat(facts)
    yield from _registration(facts)


def _legal_form_lack(facts: FileFacts, rules: StatuteRules) -> str | None:
    allowed = rules.eligibility.legal_forms
    if not facts.legal_form:
        return "legal_form_missing"
    return _unless(not allowed or facts.legal_form in allowed, "legal_form_not_eligible")


def _seat(facts: FileFacts) -> Iterator[_Demand]:
    yield _demand("organisation", "street", "eligibility", _unless(facts.street.strip(), "street_missing"))
    yield _demand("organisation", "locality", "eligibility", _unless(facts.locality.strip(), "locality_missing"))
    if is_romanian(facts):
        yield _demand("organisation", "county", "eligibility", _unless(facts.county.strip(), "county_missing"))


def _registration(facts: FileFacts) -> Iterator[_Demand]:
    """Romania: CUI, and the trade register for those entered in it. Abroad: one of VAT, EUID, LEI; each that
    is given has to be right.
    """
    if is_romanian(facts):
        yield _number("cui", facts.cui, check_cui)
        if in_trade_register(facts):
            yield _number("trade_register", facts.trade_register, check_trade_register)
        return
    if not facts.country:
        return
    given: list[tuple[str, str, Callable[[str], str]]] = [
        ("vat", facts.vat, lambda text: check_vat(text, facts.country)),
        ("euid", facts.euid, check_euid),
        ("lei", facts.lei, check_lei),
    ]
    filled = [one for one in given if one[1].strip()]
    if not filled:
        yield _demand("organisation", "vat", "eligibility", "registration_missing")
    for name, text, check in filled:
        yield _number(name, text, check)


def _number(name: str, text: str, check: Callable[[str], str]) -> _Demand:
    try:
        check(text)
    except RuleError as error:
        return _Demand(error.code, "organisation", name, "eligibility", error.params)
    return _Demand(None, "organisation", name, "eligibility", {})


def _representative(facts: FileFacts) -> Iterator[_Demand]:
    person, address = facts.representative.strip(), facts.representative_email.strip()
    yield _demand("representative", "representative", "eligibility", _unless(person, "representative_missing"))
    lack = _unless("@" in address, "representative_email_missing")
    yield _demand("representative", "representative_email", "eligibility", lack)


def _role(facts: FileFacts, rules: StatuteRules) -> Iterator[_Demand]:
    wanted = rules.eligibility
    if wanted.helix_role_required:
        lack = _unless(facts.helix_role in HELIX_ROLES, "helix_role_missing")
        yield _demand("role", "helix_role", "eligibility.helix_role_required", lack)
    yield _demand("role", "side", "eligibility", _unless(facts.side in SIDES, "side_missing"))
    yield _demand("role", "membership_type", "membership_types", _membership_type_lack(facts, rules))
    yield _demand("role", "contribution", "eligibility", _unless(facts.contribution.strip(), "contribution_missing"))
    if wanted.sponsor_count:
        lack = _unless(facts.sponsors >= wanted.sponsor_count, "sponsors_missing")
        needed = wanted.sponsor_count - facts.sponsors
        yield _demand("role", "sponsors", "eligibility.sponsor_count", lack, count=needed, of=wanted.sponsor_count)


def _membership_type_lack(facts: FileFacts, rules: StatuteRules) -> str | None:
    if not facts.membership_type:
        return "membership_type_missing"
    kind = rules.membership_type(facts.membership_type)
    if kind is None:
        return "membership_type_unknown"
    return _unless(kind.obtained == "decision", "membership_type_closed")


def _evidence(facts: FileFacts, rules: StatuteRules) -> Iterator[_Demand]:
    wanted = rules.eligibility
    if wanted.capability_count:
        lack = _unless(facts.capabilities >= wanted.capability_count, "capabilities_missing")
        needed = wanted.capability_count - facts.capabilities
        yield _demand("evidence", "capabilities", "eligibility.capability_count", lack, count=needed)
    if wanted.field_evidence_required:
        key = "eligibility.field_evidence_required"
        yield _demand("evidence", "field_functions", key, _unless(facts.field_functions, "field_function_missing"))
        yield _demand("evidence", "evidence", key, _unless(facts.evidence, "evidence_missing"))


def _documents(facts: FileFacts, rules: StatuteRules, on: date) -> Iterator[_Demand]:
    for asked in rules.required_documents:
        if asked.optional or not document_is_asked(asked, facts):
            continue
        lacks = [_document_lack(one, asked, on) for one in facts.documents if one.code == asked.code]
        lack = None if None in lacks else lacks[-1] if lacks else "document_missing"
        key = f"required_documents.{asked.code}"
        yield _demand("documents", asked.code, key, lack, document=asked.code, days=asked.max_age_days or 0)


def _document_lack(given: DocumentFact, asked: RequiredDocument, on: date) -> str | None:
    """What is wrong with one uploaded document; of several with one code, one good one is enough."""
    if given.expires_on is not None and given.expires_on < on:
        return "document_expired"
    if given.issued_on is not None and given.issued_on > on:
        return "document_from_the_future"
    if asked.max_age_days is None:
        return None
    if given.issued_on is None:
        return "document_undated"
    return _unless(age_days(given.issued_on, on) <= asked.max_age_days, "document_too_old")


def _declarations(facts: FileFacts, rules: StatuteRules) -> Iterator[_Demand]:
    ticked = set(facts.declarations)
    codes = {code for code, _ in ticked}
    for asked in rules.declarations:
        if not declaration_is_asked(asked, facts):
            continue
        lack = _unless((asked.code, asked.version) in ticked, "declaration_missing")
        if lack and asked.code in codes:
            lack = "declaration_outdated"
        key = f"declarations.{asked.code}"
        yield _demand("declarations", asked.code, key, lack, declaration=asked.code, version=asked.version)
