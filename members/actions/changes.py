"""Identity and legal fields change only by a request that the office accepts or refuses as a whole."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members import emails
from members.actions.profile import closed
from members.enums import ChangeState
from members.models import ChangeRequest, LegalForm, Membership, Organisation
from members.permissions import can_manage_people, forget_standing, is_office
from members.queries.statute import statute_in_force
from members.rules.errors import Coded, RuleError
from members.rules.identity import IDENTITY_FIELDS, Identity, mistakes, new_mistakes, tidied
from members.rules.text import fold

FIELDS = {field.name: field for field in Organisation._meta.concrete_fields}


class IdentityRefused(RuleError):
    """What is wrong with the identity that is asked for, by field; nothing was written."""

    def __init__(self, wrong: Mapping[str, Coded]) -> None:
        super().__init__("identity_refused", {"count": len(wrong)})
        self.wrong = wrong


def identity_of(organisation: Organisation) -> dict[str, str]:
    """IDENTITY_FIELDS as they stand, as texts."""
    values = {name: getattr(organisation, FIELDS[name].attname) for name in IDENTITY_FIELDS}
    return {name: value.isoformat() if isinstance(value, date) else str(value or "") for name, value in values.items()}


@transaction.atomic
def request_change(pk: int, *, by: User, wanted: Identity, reason: str) -> ChangeRequest:
    """Ask the office to change the identity of the organisation `pk` to `wanted` (all IDENTITY_FIELDS as texts).

    One request waits at a time. Raises IdentityRefused with what is wrong at which field.
    """
    organisation = Organisation.objects.select_for_update().get(pk=pk)
    forget_standing(by)
    if not can_manage_people(by, organisation):
        raise RuleError("change_not_yours")
    if organisation.change_requests.filter(state=ChangeState.PENDING).exists():
        raise RuleError("change_waits_already")
    now, then = identity_of(organisation), tidied(wanted)
    changes = {name: [now[name], then[name]] for name in IDENTITY_FIELDS if then[name] != now[name]}
    if not changes:
        raise RuleError("change_of_nothing")
    if not reason.strip():
        raise RuleError("change_needs_reason")
    check_identity(organisation, then)
    change = ChangeRequest.objects.create(
        organisation=organisation, changes=changes, reason=reason.strip(), asked_by=by
    )
    audit.record("change_requested", organisation, by=by, fields=sorted(changes))
    return change


def check_identity(organisation: Organisation, wanted: Identity) -> None:
    """The checks of an adhesion request; IdentityRefused with what the change from the present identity makes wrong."""
    membership = Membership.objects.live().filter(organisation=organisation).first()
    rules, today = statute_in_force().parameters, timezone.localdate()

    def wrong(identity: Identity) -> dict[str, Coded]:
        form = LegalForm.objects.filter(pk=identity["legal_form"]).first()
        return mistakes(
            identity,
            rules,
            legal_person=form.legal_person if form else True,
            membership_type=membership.type_id if membership else "",
            today=today,
        )

    found = new_mistakes(wrong(identity_of(organisation)), wrong(wanted))
    if found:
        raise IdentityRefused(found)


@transaction.atomic
def withdraw_change(pk: int, *, by: User) -> ChangeRequest:
    """Take a request back before the office has answered."""
    organisation, change = _locked(pk)
    forget_standing(by)
    if not can_manage_people(by, organisation):
        raise RuleError("change_not_yours")
    if change.state == ChangeState.WITHDRAWN:
        return change  # a second click
    _decide(change, ChangeState.WITHDRAWN, by)
    audit.record("change_withdrawn", organisation, by=by)
    return change


@transaction.atomic
def accept_change(pk: int, *, by: User, answer: str = "") -> ChangeRequest:
    """Apply what was asked for, whole, after checking it again; the letter and the directory follow with it.

    Raises RuleError: "change_overtaken" when a field is no longer what it was, "tax_number_taken" or "lei_taken" when
    another organisation has the number; IdentityRefused when the rules have changed meanwhile.
    """
    organisation, change = _locked(pk)
    if not is_office(by):
        raise RuleError("office_only")
    if change.state == ChangeState.ACCEPTED:
        return change  # a second click
    _check_pending(change)
    now = identity_of(organisation)
    overtaken = [name for name, (old, new) in change.changes.items() if now[name] not in {old, new}]
    if overtaken:
        labels = [str(FIELDS[name].verbose_name) for name in overtaken]
        raise RuleError("change_overtaken", {"fields": labels})
    wanted = {**now, **{name: new for name, (_old, new) in change.changes.items()}}
    check_identity(organisation, wanted)
    _write(organisation, {name: wanted[name] for name in change.changes})
    _decide(change, ChangeState.ACCEPTED, by, answer)
    audit.record("change_accepted", organisation, by=by, fields=sorted(change.changes))
    emails.change_answered(change)
    return change


@transaction.atomic
def refuse_change(pk: int, *, by: User, answer: str) -> ChangeRequest:
    """Leave everything as it is; `answer` tells the member why."""
    organisation, change = _locked(pk)
    if not is_office(by):
        raise RuleError("office_only")
    if change.state == ChangeState.REFUSED:
        return change  # a second click
    if not answer.strip():
        raise RuleError("refusal_needs_answer")
    _decide(change, ChangeState.REFUSED, by, answer)
    audit.record("change_refused", organisation, by=by, fields=sorted(change.changes))
    emails.change_answered(change)
    return change


def _locked(pk: int) -> tuple[Organisation, ChangeRequest]:
    """The organisation first, then the request: the order of every change of a profile."""
    organisation = Organisation.objects.select_for_update().get(change_requests=pk)
    return organisation, ChangeRequest.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=pk)


def _check_pending(change: ChangeRequest) -> None:
    if change.state != ChangeState.PENDING:
        raise RuleError("change_answered_already", {"state": change.state})


def _decide(change: ChangeRequest, state: ChangeState, by: User, answer: str = "") -> None:
    _check_pending(change)
    change.state, change.answer = state, answer.strip()
    change.decided_by, change.decided_at = by, timezone.now()
    change.save(update_fields=["state", "answer", "decided_by", "decided_at"])


def _write(organisation: Organisation, values: Mapping[str, str]) -> None:
    """Set the identity; what depends on it follows: the sorting key, and a sub-type of another helix role goes."""
    columns = list(values)
    for name, text in values.items():
        empty = None if name in {"legal_form", "founded_on"} else ""
        setattr(organisation, FIELDS[name].attname, text or empty)
    if values.get("founded_on"):
        organisation.founded_on = date.fromisoformat(values["founded_on"])
    if "legal_name" in values:
        organisation.sort_key = fold(organisation.legal_name)[:250]
        columns.append("sort_key")
    subtype = organisation.helix_subtype
    if subtype is not None and subtype.role != organisation.helix_role:
        organisation.helix_subtype = None
        columns.append("helix_subtype")
    try:
        with transaction.atomic():
            closed(organisation, *columns)
    except IntegrityError as error:
        if "a_tax_number_names_one_organisation" in str(error):
            raise RuleError("tax_number_taken") from error
        if "a_lei_names_one_organisation" in str(error):
            raise RuleError("lei_taken") from error
        raise
