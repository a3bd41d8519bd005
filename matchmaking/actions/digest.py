"""Writes the weekly letter about new matches: never empty, never the same match twice to one person."""

from django.db import transaction

from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.models import MatchNotice
from matchmaking.queries.digest import to_tell


@transaction.atomic
def write_digest(person: int) -> bool:
    """Write to one person what is new for their members, as it stands now; whether there was a letter.

    Harmless when repeated: there is one letter a week, and what was told is recorded with it.
    """
    reader = User.objects.select_for_update().filter(pk=person, is_active=True).first()
    found = to_tell(reader) if reader else []
    if reader is None or not found or not emails.new_matches(reader, found):
        return False
    MatchNotice.objects.bulk_create(
        MatchNotice(person=reader, member=one.member, partner=match.partner) for one in found for match in one.matches
    )
    return True
