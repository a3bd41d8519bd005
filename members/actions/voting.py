"""One press of a button on the desk: the declaration of interest and the ballot together, both or neither."""

from django.db import transaction

from cluster_portal.common.models import User
from members.actions.board import cast_ballot, declare_interest
from members.models import Round, Seat


@transaction.atomic
def vote_on(round_pk: int, *, by: User, choice: str, motive: str = "") -> Round:
    """Vote, saying with it that there is no interest where that was not yet declared."""
    undeclared = Seat.objects.filter(round=round_pk, user=by, declared_at__isnull=True).exists()
    if undeclared:
        declare_interest(round_pk, by=by, has_interest=False)
    return cast_ballot(round_pk, by=by, choice=choice, motive=motive)
