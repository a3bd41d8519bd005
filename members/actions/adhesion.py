"""What an applicant does with a request once it is filled in: start, submit, withdraw, contest."""

import secrets
from typing import Literal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members import emails
from members.actions.counters import next_number
from members.actions.documents import forget_file
from members.actions.drafts import taken
from members.actions.rounds import abandon
from members.actions.steps import locked, move
from members.enums import AccessRole
from members.models import AdhesionRequest, Membership, Organisation, Representation
from members.models.organisation import DRAFT_SLUG
from members.permissions import can_start_adhesion, forget_standing, owns_request, standing
from members.queries.adhesion import as_submitted, file_completeness, registration_key, requests_of
from members.queries.statute import statute_in_force, statute_of
from members.rules.completeness import Missing
from members.rules.deadlines import appeal_ends_on, check_may_apply, local_day
from members.rules.errors import RuleError
from members.rules.lifecycle import Actor, State, check
from members.rules.text import fold

RESERVED_SLUGS = frozenset(
    {"join", "requests", "export", "invitations", "edit", "changes", "import", "mine", "announced", "vocabulary"}
)


class FileIncomplete(RuleError):
    """The file lacks what `missing` lists; nothing was submitted."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__("file_incomplete", {"count": len(missing)})
        self.missing = missing


def free_slug(name: str) -> str:
    """An address for a profile page that nobody has yet."""
    base = slugify(fold(name))[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED_SLUGS
    if base not in taken:
        return base
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def start_adhesion(*, by: User) -> AdhesionRequest:
    """Open a draft for a new organisation and make `by` its representative; a draft already there is returned.

    Who asked before, or was a member, asks again for the same organisation, with what was written then.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two clicks, one draft
    if not can_start_adhesion(by):
        raise RuleError("cannot_start")
    mine = requests_of(by).open().first()
    if mine is not None:
        return mine
    before = requests_of(by).submitted_once().filter(organisation__in=standing(by).representations).first()
    organisation = before.organisation if before else _former(by)
    if organisation is None:
        organisation = Organisation.objects.create(
            legal_name="", sort_key="", slug=f"{DRAFT_SLUG}{secrets.token_hex(8)}", show_profile="members"
        )
        Representation.objects.create(organisation=organisation, user=by, role=AccessRole.REPRESENTATIVE)
    else:
        check_waiting_time(organisation)
    request = AdhesionRequest.objects.create(
        organisation=organisation,
        applicant=by,
        membership_type=before.membership_type if before else None,
        contribution=before.contribution if before else "",
        motive=before.motive if before else "",
    )
    audit.record("adhesion_start", request, by=by)
    forget_standing(by)
    return request


def _former(by: User) -> Organisation | None:
    """An organisation that this person represents and that once was a member."""
    return (
        Organisation.objects.filter(
            representations__user=by, representations__ended_at__isnull=True, memberships__isnull=False
        )
        .order_by("-id")
        .first()
    )


def check_waiting_time(organisation: Organisation) -> None:
    """Refuse a live member, and a former one whose waiting time still runs."""
    last = Membership.objects.filter(organisation=organisation).order_by("-admitted_on", "-pk").first()
    if last is None:
        return
    if last.ended_on is None:
        raise RuleError("already_member")
    cause: Literal["exclusion", "withdrawal"] = "exclusion" if last.state == "excluded" else "withdrawal"
    check_may_apply(last.ended_on, cause, statute_in_force().parameters, timezone.localdate())


@transaction.atomic
def submit_adhesion(pk: int, *, by: User) -> AdhesionRequest:
    """Send a draft, or a completed file again.

    Pins the statute in force and gives the number at the first submission. Raises FileIncomplete with everything that
    is missing, RuleError("already_open") when another request of the same organisation is open.
    """
    request = locked(pk)
    if not owns_request(by, request):
        raise RuleError("not_yours")
    if request.state == State.SUBMITTED:
        return request  # a second click
    first = request.state == State.DRAFT
    verb = "submit" if first else "resubmit"
    check(request.state, State.SUBMITTED, verb, Actor.APPLICANT)
    statute = statute_of(request)
    check_waiting_time(request.organisation)
    lacking = file_completeness(request).missing
    if lacking:
        raise FileIncomplete(lacking)
    now = timezone.now()
    if first:
        year = local_day(now).year
        request.number = f"{year}-{next_number('request', year):03d}"
        request.statute = statute
    request.submitted_at = now
    request.completion_due_on = None
    request.returned_for = []
    request.registration_key = registration_key(request.organisation)
    request.submitted_file = as_submitted(request)
    try:
        with transaction.atomic():
            _take_its_name(request.organisation)
            step = move(
                request, State.SUBMITTED, verb, Actor.APPLICANT, by=by, article=statute.parameters.article("adhesion")
            )
    except IntegrityError as error:
        if "a_registration_number_has_one_open_request" in str(error):
            raise RuleError("already_open") from error
        raise taken(error) from error
    emails.adhesion_received(request, step.pk)
    return request


def _take_its_name(organisation: Organisation) -> None:
    """From the first submission on, the organisation has an address and its numbers are its own."""
    if organisation.slug.startswith(DRAFT_SLUG):
        organisation.slug = free_slug(organisation.display_name)
        organisation.save(update_fields=["slug", "changed_at"])


@transaction.atomic
def withdraw_adhesion(pk: int, *, by: User) -> AdhesionRequest:
    """Take a request back, at any time before the decision; an open round is abandoned without a result."""
    request = locked(pk)
    if not owns_request(by, request):
        raise RuleError("not_yours")
    if request.state == State.WITHDRAWN:
        return request
    move(request, State.WITHDRAWN, "withdraw", Actor.APPLICANT, by=by)
    for vote in request.rounds.open():
        abandon(vote)
    return request


@transaction.atomic
def appeal(pk: int, *, by: User, reasons: str) -> AdhesionRequest:
    """Contest a rejection before the organ and within the days that the statute names."""
    request = locked(pk)
    if not owns_request(by, request):
        raise RuleError("not_yours")
    if not reasons.strip():
        raise RuleError("appeal_needs_reasons")
    rules = statute_of(request).parameters
    until = appeal_ends_on(local_day(request.decided_at), rules) if request.decided_at else None
    if until is None:
        raise RuleError("no_appeal")
    if timezone.localdate() > until:
        raise RuleError("appeal_too_late", {"until": until})
    if request.transitions.filter(verb="appeal").exists():
        raise RuleError("appealed_once")
    if AdhesionRequest.objects.open().filter(organisation=request.organisation_id).exists():
        raise RuleError("open_elsewhere")
    move(
        request, State.APPEALED, "appeal", Actor.APPLICANT, by=by, article=rules.article("appeal"), note=reasons.strip()
    )
    return request


@transaction.atomic
def delete_draft(pk: int, *, by: User) -> None:
    """Throw a draft away that was never submitted, with the organisation that only existed in it."""
    request = locked(pk)
    if not owns_request(by, request):
        raise RuleError("not_yours")
    if request.state != State.DRAFT:
        raise RuleError("not_a_draft")
    organisation = request.organisation
    audit.record("adhesion_discard", request, by=by)
    for document in request.documents.all():
        forget_file(document.file.name)
    request.delete()
    if not organisation.memberships.exists() and not organisation.requests.exists():
        organisation.delete()
    forget_standing(by)
