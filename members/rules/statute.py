"""One version of a cluster's statute as typed parameters: what differs between clusters is data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args

from members.rules.errors import RuleError
from members.rules.statute_reading import (
    COUNTRY,
    SLUG,
    VERSION,
    Mistakes,
    Reader,
    flag,
    join,
    matching,
    one_of,
    plain,
    read_keys,
    record,
    several,
    table,
    whole,
)
from members.rules.statute_shapes import (
    FOR_WHOM,
    HELIX_ROLES,
    SUSPENSION_EFFECTS,
    Appeal,
    AppealOrgan,
    Declaration,
    DeclaredWhen,
    Eligibility,
    Exclusion,
    Matter,
    MembershipType,
    Obtained,
    ReadmissionWait,
    RequiredDocument,
    TallyShown,
    Vote,
    WrittenProcedure,
    usual_declarations,
    usual_documents,
    usual_matters,
    usual_types,
    usual_written,
)
from members.rules.voting import (
    BASES_OF_MAJORITY,
    MajorityBase,
    MajorityKind,
    MajorityRule,
    Presence,
    QuorumBase,
    QuorumKind,
    QuorumRule,
    TieRule,
    VotingRule,
)

__all__ = [
    "HELIX_ROLES",
    "SUSPENSION_EFFECTS",
    "Appeal",
    "Declaration",
    "Eligibility",
    "Exclusion",
    "MajorityRule",
    "Matter",
    "MembershipType",
    "QuorumRule",
    "ReadmissionWait",
    "RequiredDocument",
    "StatuteRules",
    "VotingRule",
    "WrittenProcedure",
]


@dataclass(frozen=True)
class StatuteRules:
    """The parameters of a statute version. `articles` names, for a parameter, the article that governs it."""

    membership_types: tuple[MembershipType, ...] = field(default_factory=usual_types)
    eligibility: Eligibility = Eligibility()
    required_documents: tuple[RequiredDocument, ...] = field(default_factory=usual_documents)
    declarations: tuple[Declaration, ...] = field(default_factory=usual_declarations)
    completion_grace_days: int = 30
    objection_window_days: int = 15
    decision_deadline_days: int = 30
    matters: Mapping[str, VotingRule] = field(default_factory=usual_matters)
    second_convening_days: int = 7
    written_procedure: Mapping[str, WrittenProcedure] = field(default_factory=usual_written)
    min_eligible: int = 3
    president_veto: bool = False
    assembly_confirmation: bool = False
    tally_during_round: TallyShown = "counts"
    result_notice_days: int = 3
    withdrawal_notice_days: int = 30
    readmission_wait_days: ReadmissionWait = ReadmissionWait()
    suspension_effects: tuple[str, ...] = ("no_vote", "hidden_from_offer")
    exclusion: Exclusion = Exclusion()
    appeal: Appeal = Appeal()
    review_interval_months: int = 12
    articles: Mapping[str, str] = field(default_factory=lambda: {"adhesion": "11"})

    def voting(self, matter: str) -> VotingRule:
        """How this matter is decided."""
        if matter not in self.matters:
            raise RuleError("matter_unknown", {"matter": str(matter)})
        return self.matters[matter]

    def written(self, matter: str) -> WrittenProcedure:
        """Whether and how this matter may be decided by correspondence."""
        if matter not in self.written_procedure:
            raise RuleError("matter_unknown", {"matter": str(matter)})
        return self.written_procedure[matter]

    def membership_type(self, code: str) -> MembershipType | None:
        return next((kind for kind in self.membership_types if kind.code == code), None)

    def article(self, key: str) -> str:
        """The article on a parameter ("matters.admission", then "matters"), else the one on adhesion."""
        while key and key not in self.articles:
            key = key.rpartition(".")[0]
        return self.articles.get(key or "adhesion", "")

    @classmethod
    def defaults(cls) -> "StatuteRules":
        return cls()

    @classmethod
    def parse(cls, written: Mapping[str, object]) -> "StatuteRules":
        """The rules written as nested mappings (TOML, JSON); what is absent keeps its usual value.

        Raises `RuleError("statute_invalid", {"mistakes": (Remark, ...)})` with every mistake, each under
        its dotted path in `params["path"]`.
        """
        mistakes = Mistakes()
        values = read_keys(written, READERS, "", mistakes)
        if mistakes.found or values is None:
            raise RuleError("statute_invalid", {"mistakes": tuple(mistakes.found)})
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """Dictionaries, lists and plain values that `parse` reads back to an equal value."""
        return {one.name: plain(getattr(self, one.name)) for one in fields(self)}


def _base_of_kind(values: dict[str, Any]) -> None:
    """A majority that names no base takes the first one its kind allows."""
    values.setdefault("base", BASES_OF_MAJORITY[values.get("kind", "simple_cast")][0])


def _second_quorum(value: object, path: str, mistakes: Mistakes) -> QuorumRule | None:
    """A second quorum, or nothing: no second convening."""
    quorum: QuorumRule | None = None if value is None else _quorum(value, path, mistakes)
    return quorum


def _articles(value: object, path: str, mistakes: Mistakes) -> dict[str, str]:
    """Parameter -> article number; only parameters that exist may be named."""
    if not isinstance(value, Mapping):
        mistakes.add(path, "statute_not_table", value=value)
        return {}
    tree = plain(StatuteRules())
    found = {}
    for key, number in value.items():
        here = join(path, str(key))
        if key != "adhesion" and not _names_a_parameter(str(key), tree):
            mistakes.add(here, "statute_article_of_nothing")
        elif not isinstance(number, str) or not number.strip():
            mistakes.add(here, "statute_article_not_text", value=number)
        else:
            found[str(key)] = number.strip()
    return {**StatuteRules().articles, **found}


def _names_a_parameter(key: str, tree: Any) -> bool:
    """Whether a dotted key leads somewhere; the entries of a list are named by their code, any code."""
    for part in key.split("."):
        if isinstance(tree, dict):
            if part not in tree:
                return False
            tree = tree[part]
        elif isinstance(tree, list):
            return bool(SLUG.fullmatch(part)) and key.endswith(f".{part}")
        else:
            return False
    return True


_slug = matching(SLUG, "statute_not_code")
_slugs = several(_slug)
_quorum = record(
    QuorumRule,
    {
        "kind": one_of(*get_args(QuorumKind)),
        "base": one_of(*get_args(QuorumBase)),
        "p": whole(),
        "q": whole(1),
        "count": whole(),
        "presence": one_of(*get_args(Presence)),
    },
)
_majority = record(
    MajorityRule,
    {
        "kind": one_of(*get_args(MajorityKind)),
        "base": one_of(*get_args(MajorityBase)),
        "p": whole(),
        "q": whole(1),
        "inclusive": flag,
    },
    fill=_base_of_kind,
)
_voting = record(
    VotingRule,
    {
        "quorum": _quorum,
        "majority": _majority,
        "tie": one_of(*get_args(TieRule)),
        "second_quorum": _second_quorum,
    },
)
_membership_type = record(
    MembershipType,
    {
        "code": _slug,
        "vote": one_of(*get_args(Vote)),
        "obtained": one_of(*get_args(Obtained)),
        "legal_persons_only": flag,
        "pays_fee": flag,
        "max_term_months": whole(1, 1200, or_none=True),
    },
)
_document = record(
    RequiredDocument,
    {"code": _slug, "for_whom": one_of(*FOR_WHOM), "max_age_days": whole(1, or_none=True), "optional": flag},
)
_declaration = record(
    Declaration,
    {
        "code": _slug,
        "version": matching(VERSION, "statute_not_version"),
        "when": one_of(*get_args(DeclaredWhen)),
    },
)
_eligibility = record(
    Eligibility,
    {
        "countries": several(matching(COUNTRY, "statute_not_country")),
        "legal_forms": _slugs,
        "helix_role_required": flag,
        "field_evidence_required": flag,
        "capability_count": whole(0, 100),
        "sponsor_count": whole(0, 100),
        "sponsor_types": _slugs,
    },
)
_written = record(WrittenProcedure, {"allowed": flag, "min_days": whole(), "any_director_may_force_meeting": flag})
_matters = [matter.value for matter in Matter]


def _code(item: Any) -> str:
    return str(item.code)


READERS: dict[str, Reader] = {
    "membership_types": several(_membership_type, unique=_code, least=1),
    "eligibility": _eligibility,
    "required_documents": several(_document, unique=_code),
    "declarations": several(_declaration, unique=_code),
    "completion_grace_days": whole(1),
    "objection_window_days": whole(),
    "decision_deadline_days": whole(1),
    "matters": table(_matters, _voting, usual_matters),
    "second_convening_days": whole(),
    "written_procedure": table(_matters, _written, usual_written),
    "min_eligible": whole(1, 1000),
    "president_veto": flag,
    "assembly_confirmation": flag,
    "tally_during_round": one_of(*get_args(TallyShown)),
    "result_notice_days": whole(),
    "withdrawal_notice_days": whole(),
    "readmission_wait_days": record(ReadmissionWait, {"exclusion": whole(), "withdrawal": whole()}),
    "suspension_effects": several(one_of(*SUSPENSION_EFFECTS)),
    "exclusion": record(Exclusion, {"grounds": _slugs, "hearing_days": whole()}),
    "appeal": record(Appeal, {"organ": one_of(*get_args(AppealOrgan)), "days": whole()}),
    "review_interval_months": whole(1, 1200),
    "articles": _articles,
}
