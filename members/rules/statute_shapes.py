"""The parts of a statute version: kinds of member, documents, procedures, and their usual values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from members.rules.voting import MajorityRule, VotingRule

HELIX_ROLES = ("industry", "university", "government", "catalyst", "funder", "civil_society")
SUSPENSION_EFFECTS = ("no_vote", "hidden_from_offer", "hidden_from_directory", "no_login")

FOR_WHOM = ("all", "romania", "abroad", "trade_register", *HELIX_ROLES)

Vote = Literal["full", "consultative", "none"]
Obtained = Literal["founding_list", "decision"]
DeclaredWhen = Literal["all", "not_purely_civil"]
AppealOrgan = Literal["assembly", "board", "none"]
TallyShown = Literal["counts", "turnout"]


class Matter(StrEnum):
    """What a round decides."""

    ADMISSION = "admission"
    EXCLUSION = "exclusion"
    SUSPENSION = "suspension"
    STATUTE_CHANGE = "statute_change"
    OTHER = "other"


@dataclass(frozen=True)
class MembershipType:
    """A kind of member: `founding_list` types are closed, the others are obtained by a decision."""

    code: str
    vote: Vote = "full"
    obtained: Obtained = "decision"
    legal_persons_only: bool = True
    pays_fee: bool = True
    max_term_months: int | None = None


@dataclass(frozen=True)
class RequiredDocument:
    """A document of the adhesion file.

    `for_whom`: all, romania, abroad, trade_register (those entered in the Romanian one), or a helix role.
    `max_age_days` is counted from the day of issue.
    """

    code: str
    for_whom: str = "all"
    max_age_days: int | None = None
    optional: bool = False


@dataclass(frozen=True)
class Declaration:
    """A declaration ticked in the form; a new text is a new version, which has to be ticked again."""

    code: str
    version: str = "1"
    when: DeclaredWhen = "all"


@dataclass(frozen=True)
class Eligibility:
    """Who may apply; an empty list of countries or legal forms means any."""

    countries: tuple[str, ...] = ()
    legal_forms: tuple[str, ...] = ()
    helix_role_required: bool = True
    field_evidence_required: bool = False
    capability_count: int = 0
    sponsor_count: int = 0
    sponsor_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrittenProcedure:
    """Voting by correspondence. Silence never approves."""

    allowed: bool = True
    min_days: int = 3
    any_director_may_force_meeting: bool = True


@dataclass(frozen=True)
class ReadmissionWait:
    """Days before a former member may apply again, by the way the membership ended."""

    exclusion: int = 365
    withdrawal: int = 0


@dataclass(frozen=True)
class Exclusion:
    """What a member may be excluded for, and the days they have to be heard."""

    grounds: tuple[str, ...] = ("arrears", "unexcused_absences", "breach_of_statute", "harm_to_the_cluster")
    hearing_days: int = 15


@dataclass(frozen=True)
class Appeal:
    """Where a rejection or an exclusion may be contested, and within how many days."""

    organ: AppealOrgan = "assembly"
    days: int = 30


def usual_types() -> tuple[MembershipType, ...]:
    return (
        MembershipType("founding", obtained="founding_list"),
        MembershipType("associate"),
        MembershipType("supporting", vote="none"),
        MembershipType("honorary", vote="consultative", legal_persons_only=False, pays_fee=False),
        MembershipType("observer", vote="none", pays_fee=False, max_term_months=12),
    )


def usual_documents() -> tuple[RequiredDocument, ...]:
    return (
        RequiredDocument("form"),
        RequiredDocument("reg_cert"),
        RequiredDocument("onrc", for_whom="trade_register", max_age_days=90),
        RequiredDocument("const_act"),
        RequiredDocument("join_decision"),
        RequiredDocument("mandate"),
        RequiredDocument("presentation"),
        RequiredDocument("contribution", optional=True),
        RequiredDocument("certs", optional=True),
    )


def usual_declarations() -> tuple[Declaration, ...]:
    return (
        Declaration("decl_statute"),
        Declaration("decl_conflict"),
        Declaration("decl_sanctions"),
        Declaration("decl_export", when="not_purely_civil"),
        Declaration("gdpr"),
    )


def usual_matters() -> Mapping[str, VotingRule]:
    two_thirds = MajorityRule(kind="qualified", base="present", p=2, q=3, inclusive=True)
    return {
        Matter.ADMISSION.value: VotingRule(),
        Matter.EXCLUSION.value: VotingRule(majority=MajorityRule(kind="absolute", base="in_office")),
        Matter.SUSPENSION.value: VotingRule(),
        Matter.STATUTE_CHANGE.value: VotingRule(majority=two_thirds),
        Matter.OTHER.value: VotingRule(),
    }


def usual_written() -> Mapping[str, WrittenProcedure]:
    return {matter.value: WrittenProcedure() for matter in Matter}
