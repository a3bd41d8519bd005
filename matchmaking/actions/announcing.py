"""Writes letters about new opportunities: at once for whoever wishes so, and once a week; never the same one twice."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.enums import LetterRhythm
from matchmaking.models import Opportunity, OpportunityNotice
from matchmaking.queries.searches import instant_hits, to_announce, to_tell, weekly_hits

log = logging.getLogger(__name__)
TRIED_FOR = timedelta(hours=1)
"""How long an opportunity waits for those whose letter could not be written."""
MOST_TURNS = 50


class LettersNotWritten(Exception):
    """Not everybody could be written to; the log has the reason for each."""


def announce() -> int:
    """Write at once to those whose searches new or changed opportunities answer; how many of these there were.

    What was told is recorded with its letter, so a second turn after a failure tells nobody twice.
    """
    done = 0
    for _turn in range(MOST_TURNS):
        waiting = to_announce()
        if not waiting:
            break
        hits = instant_hits([item for item, _changed in waiting])
        failed = _write(LetterRhythm.INSTANT, hits.items())
        tried = timezone.now() - TRIED_FOR
        _announced(pair for pair in waiting if not failed or pair[1] < tried)
        if failed:
            raise LettersNotWritten(f"opportunities could not be told to {failed}")
        done += len(waiting)
    return done


def write_weekly() -> None:
    """Write to everybody what is new for their weekly searches. Harmless when repeated: one letter a week each."""
    failed = _write(LetterRhythm.WEEKLY, weekly_hits())
    if failed:
        raise LettersNotWritten(f"the week's opportunities could not be told to {failed}")


def _write(rhythm: LetterRhythm, hits: Iterable[tuple[int, dict[int, list[int]]]]) -> list[int]:
    """Write to each person; the ids of those to whom it failed."""
    failed = []
    for person, wanted in hits:
        try:
            tell(person, rhythm, wanted)
        except Exception:
            log.exception("opportunities could not be told to person %s", person)
            failed.append(person)
    return failed


@transaction.atomic
def tell(person: int, rhythm: str, hits: dict[int, list[int]]) -> bool:
    """Write one letter about what of these the person may be told now; whether there was one.

    What ran out meanwhile, whose owner was suspended or is hidden, and what was told before is left out here.
    """
    reader = User.objects.select_for_update().filter(pk=person, is_active=True).first()
    found = to_tell(reader, rhythm, hits) if reader else []
    if reader is None or not found or not emails.opportunities(reader, rhythm, found):
        return False
    OpportunityNotice.objects.bulk_create(
        OpportunityNotice(person=reader, opportunity=one.item, rhythm=rhythm) for one in found
    )
    return True


def _announced(items: Iterable[tuple[int, datetime]]) -> None:
    """These changes have been told; one that came meanwhile has not."""
    for item, changed in items:
        Opportunity.objects.filter(pk=item, changed_at=changed).update(announced_at=timezone.now())
