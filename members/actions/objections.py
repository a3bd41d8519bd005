"""A member objects, with reasons, to a request that was announced to the members."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members.actions.steps import locked
from members.models import Objection, Organisation
from members.permissions import forget_standing
from members.queries.announced import voting_organisations
from members.rules.errors import RuleError
from members.rules.lifecycle import State


@transaction.atomic
def lodge_objection(pk: int, *, by: User, organisation: int, reasons: str) -> Objection:
    """Lodge the one reasoned objection of a member with a full vote, by its representative, while the window is open.

    The text is for the office and the Board: the trail says only that there is one.
    """
    request = locked(pk)
    until = request.objections_until
    if request.state != State.OBJECTION or until is None or timezone.localdate() > until:
        raise RuleError("objection_too_late")
    forget_standing(by)
    member = voting_organisations(by, representative=True).filter(pk=organisation).first()
    if member is None:
        raise RuleError("objection_not_yours")
    if not reasons.strip():
        raise RuleError("objection_needs_reasons")
    objection = _written(member, request.pk, by, reasons.strip())
    audit.record("objection_lodged", request, by=by, organisation=str(member))
    return objection


def _written(member: Organisation, request: int, by: User, reasons: str) -> Objection:
    try:
        with transaction.atomic():
            return Objection.objects.create(request_id=request, organisation=member, by=by, reasons=reasons)
    except IntegrityError as error:
        if "a_member_objects_once" in str(error):
            raise RuleError("objected_already") from error
        raise
