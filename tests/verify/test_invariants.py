"""Every invariant of `manage.py verify` is proved by planting its violation past all triggers."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cluster_portal.management.commands.verify import INVARIANTS
from tests import factories, kept
from tests.events import seminars
from tests.events.campaigns import made
from tests.verify import days, matching

pytestmark = pytest.mark.django_db


def plant(*statements: str) -> None:
    """Write what no door and no trigger would let through."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def superuser_role() -> None:
    """The role cannot make itself a superuser, so the catalogue's view is shadowed for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP VIEW pg_roles AS SELECT current_user AS rolname, true AS rolsuper")
        cursor.execute("SET LOCAL search_path = pg_temp, public, pg_catalog")


def disabled_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_ballot DISABLE TRIGGER USER")


def table_without_key() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE keyless (word text)")


def unvalidated_constraint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_sector ADD CONSTRAINT later CHECK (position >= 0) NOT VALID")


PLANTS: dict[str, tuple[str, ...] | Callable[[], None]] = {
    "audit_chain_unbroken": (
        "UPDATE common_auditevent SET verb = 'other' WHERE id = (SELECT min(id) FROM common_auditevent)",
    ),
    "audit_every_event_sealed": ("DELETE FROM common_auditlink WHERE id = (SELECT max(id) FROM common_auditlink)",),
    "database_role_is_no_superuser": superuser_role,
    "letters_in_lawful_states": (
        "UPDATE common_outgoingmail SET state = 'sending', lease_until = now() - interval '1 hour' "
        "WHERE id = (SELECT min(id) FROM common_outgoingmail)",
    ),
    "letters_not_forgotten": ("UPDATE common_outgoingmail SET due_at = now() - interval '1 hour'",),
    "campaigns_are_counted": ("UPDATE events_campaign SET sent = sent - 1, left_out = left_out + 1 WHERE sent > 0",),
    "nobody_is_invited_twice": (
        "DROP INDEX an_address_is_invited_once_to_an_event",
        "INSERT INTO events_recipient (campaign_id, event_id, address, full_name, language, state, reason, sent_at) "
        "SELECT -1, event_id, address, full_name, language, state, reason, sent_at FROM events_recipient "
        "WHERE state = 'sent'",
    ),
    "invitations_have_their_letter": ("DELETE FROM common_outgoingmail WHERE kind = 'events/invitation'",),
    "nobody_is_invited_who_refused": (
        "INSERT INTO common_refusedtopic (address, topic, way, refused_at) "
        "SELECT address, 'events.invitations', 'page', sent_at - interval '1 hour' FROM events_recipient "
        "WHERE state = 'sent'",
    ),
    "recipients_belong_to_the_event_of_their_campaign": (
        "UPDATE events_recipient SET event_id = (SELECT min(id) FROM events_event)",
    ),
    "nobody_is_invited_to_what_is_off": (
        "UPDATE events_event SET state = 'cancelled', reason = 'Snow.', cancelled_by_id = created_by_id, "
        "cancelled_at = now() - interval '1 day' WHERE id IN "
        "(SELECT event_id FROM events_recipient WHERE state = 'sent')",
    ),
    "refusals_are_honoured": (
        "UPDATE common_outgoingmail SET state = 'sent', topic = 'tests.news', sent_at = now(), "
        "smtp_reply = '250' WHERE id = (SELECT min(id) FROM common_outgoingmail)",
        "INSERT INTO common_refusedtopic (address, topic, way, refused_at) SELECT lower(recipient), topic, 'page', "
        "now() - interval '1 hour' FROM common_outgoingmail WHERE topic = 'tests.news'",
    ),
    "staff_can_be_trusted": ("UPDATE account_emailaddress SET verified = false",),
    "few_superusers": ("UPDATE common_user SET is_superuser = true",),
    "constraints_valid": unvalidated_constraint,
    "triggers_on": disabled_trigger,
    "tables_have_keys": table_without_key,
    "files_on_disk": (
        "UPDATE members_adhesiondocument SET file = 'adhesion/lost.pdf'"
        " WHERE id = (SELECT min(id) FROM members_adhesiondocument)",
    ),
    "approved_request_has_one_membership": ("DELETE FROM members_registerevent", "DELETE FROM members_membership"),
    "decided_request_has_its_resolution": ("UPDATE members_resolution SET outcome = 'rejected', motive = 'x'",),
    "resolutions_without_gaps": ("UPDATE members_resolution SET number = 7",),
    "requests_without_gaps": ("UPDATE members_counter SET last = last + 1 WHERE series = 'request'",),
    "ballots_of_the_entitled": ("UPDATE members_ballot SET cast_at = cast_at + interval '1 day'",),
    "seats_of_directors_in_office": (
        "UPDATE members_directorship SET starts_on = current_date + 2"
        " WHERE id = (SELECT max(id) FROM members_directorship)",
    ),
    "rounds_recounted": ("UPDATE members_ballot SET choice = 'against', motive = 'x'",),
    "rounds_unchanged": ("UPDATE members_ballot SET motive = motive || '!'",),
    "requests_took_lawful_steps": ("UPDATE members_adhesiontransition SET target = 'returned' WHERE verb = 'submit'",),
    "states_have_steps": ("DELETE FROM members_adhesiontransition",),
    "deliberation_ends": ("UPDATE members_round SET closed_at = NULL, result = '', digest = ''",),
    "register_is_current": ("UPDATE members_membership SET state = 'suspended'",),
    "register_begins_with_admission": ("UPDATE members_registerevent SET transaction = transaction + 1",),
    "directory_shows_members_only": ("UPDATE members_membership SET state = 'suspended'",),
    "directory_shows_every_member": ("DELETE FROM members_directoryentry WHERE audience = 'members'",),
    "letters_for_every_step": ("DELETE FROM common_outgoingmail WHERE kind = 'members/adhesion_approved'",),
    "seats_are_counted": ("UPDATE events_event SET taken = taken + 1 WHERE capacity IS NULL",),
    "quotas_fit_into_the_event": ("UPDATE events_quota SET seats = 3",),
    "who_holds_a_quota_belongs_to_it": ("UPDATE events_registration SET side = 'civil' WHERE quota_id IS NOT NULL",),
    "waiting_lists_without_gaps": ("UPDATE events_registration SET position = position + 1 WHERE state = 'listed'",),
    "waiting_lists_in_order": (
        "UPDATE events_registration SET position = 3 - position WHERE state = 'listed' AND position < 3",
    ),
    "nobody_waits_for_a_free_seat": ("UPDATE events_event SET capacity = capacity + 1 WHERE capacity IS NOT NULL",),
    "one_live_registration": (
        "DROP INDEX an_address_is_registered_once_for_an_event",
        "UPDATE events_registration SET email = 'twin@example.org' WHERE state = 'listed'",
    ),
    "nobody_joins_what_is_off": ("UPDATE events_event SET cancelled_at = '2020-01-01' WHERE state = 'cancelled'",),
    "cancellation_is_told_once": ("DELETE FROM common_outgoingmail WHERE kind = 'events/cancelled'",),
    "circulars_are_not_forgotten": ("UPDATE events_circular SET told_at = NULL, at = '2020-01-01'",),
    "circulars_write_as_they_count": ("UPDATE events_circular SET written = written + 1",),
    "reminders_before_the_start": ("UPDATE events_notice SET about = at WHERE kind = 'day'",),
    "notices_have_letters": ("DELETE FROM common_outgoingmail WHERE kind = 'events/reminder'",),
    "published_events_are_whole": ("DELETE FROM common_user_groups",),
    "registrations_took_lawful_steps": (
        "UPDATE events_registrationstep SET target = 'declined' WHERE verb = 'register'",
    ),
    "registrations_have_steps": ("DELETE FROM events_registrationstep",),
    "registration_steps_are_on_the_trail": ("UPDATE events_registrationstep SET transaction = transaction + 1",),
    "attendance_certificates_without_gaps": ("UPDATE events_attendancecertificate SET number = 7",),
    "certificates_of_those_who_came": ("UPDATE events_registration SET checked_in_at = NULL, checked_in_by_id = NULL",),
    "feedback_is_counted": ("DELETE FROM events_feedbackreceipt",),
    "steps_are_on_the_trail": ("UPDATE members_adhesiontransition SET transaction = transaction + 1",),
    **matching.PLANTS,
    **days.PLANTS,
}


def a_world() -> None:
    """An approved request, with everything that an approval writes, events and matches with all that they write."""
    factories.a_cluster()
    directors = factories.a_board()
    vote = factories.an_open_round(directors)
    for director in directors[:4]:
        factories.votes(vote, director, "for")
    seminars.a_full_house()
    matching.a_matching_world()
    made.a_sent_campaign()
    days.a_world_of_days()


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> None:
    """The world takes seconds, so it is made once."""
    with django_db_blocker.unblock():
        kept.made("verified", a_world)


@pytest.fixture
def world(built: None, db: None) -> None:
    kept.put_back("verified")


def run(*names: str) -> str:
    out = StringIO()
    call_command("verify", *names, stdout=out)
    return out.getvalue()


def test_everything_holds_in_an_honest_world(world: None) -> None:
    assert f"All {len(INVARIANTS)} invariants hold." in run()


def test_every_invariant_has_a_planted_violation() -> None:
    assert sorted(PLANTS) == sorted(invariant.name for invariant in INVARIANTS)


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_a_planted_violation_is_found(world: None, name: str) -> None:
    violation = PLANTS[name]
    if callable(violation):
        violation()
    else:
        plant(*violation)
    with pytest.raises(CommandError, match="1 of 1 invariants do not hold"):
        run(name)
