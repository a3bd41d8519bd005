"""What must always hold, checked by `manage.py verify`: each invariant finds its own violations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models


@dataclass(frozen=True)
class Invariant:
    """A sentence that must be true, and the function that returns what contradicts it (empty: it holds)."""

    name: str
    sentence: str
    violations: Callable[[], list[str]]


def sql(name: str, sentence: str, query: str) -> Invariant:
    """An invariant told by one query whose rows are its violations; the first column names each."""

    def violations() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [" ".join(str(cell) for cell in row) for row in cursor.fetchall()]

    return Invariant(name, sentence, violations)


def _uploaded(model: type[models.Model], field: models.FileField) -> Iterable[tuple[str, str]]:
    """(row, stored name) of every file that a row names."""
    for pk, name in model._default_manager.exclude(**{field.name: ""}).values_list("pk", field.name):
        yield f"{model._meta.label_lower} {pk}", name


def missing_files() -> list[str]:
    """Rows that name a file which is not on disk."""
    lost = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and not model._meta.label_lower.endswith("event"):
                for row, name in _uploaded(model, field):
                    if not (Path(settings.MEDIA_ROOT) / name).is_file():
                        lost.append(f"{row}: {name}")
    return lost


def rights_over_the_trail() -> list[str]:
    """The portal's own database role is not a superuser: a superuser could switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper")
        return [str(row[0]) for row in cursor.fetchall()]


INVARIANTS: tuple[Invariant, ...] = (
    sql(
        "audit_chain_unbroken",
        "Each link of the trail covers the link before it and the event as it stands.",
        """
        SELECT l.event_id FROM (
            SELECT l.*, lag(l.digest, 1, '') OVER (ORDER BY l.id) AS before FROM common_auditlink l
        ) l JOIN common_auditevent e ON e.id = l.event_id
        WHERE l.previous <> l.before
           OR l.digest <> encode(sha256(convert_to(l.previous || common_audit_text(e), 'UTF8')), 'hex')
        """,
    ),
    sql(
        "audit_every_event_sealed",
        "Every event of the trail has its link.",
        "SELECT e.id FROM common_auditevent e LEFT JOIN common_auditlink l ON l.event_id = e.id WHERE l.id IS NULL",
    ),
    Invariant("database_role_is_no_superuser", "The portal's database role is not a superuser.", rights_over_the_trail),
    sql(
        "letters_in_lawful_states",
        "A letter that is being sent has a live lease; a sent one has its time and the server's answer.",
        """
        SELECT id, state FROM common_outgoingmail
        WHERE (state = 'sending' AND lease_until < clock_timestamp() - interval '1 minute')
           OR (state = 'sent' AND (sent_at IS NULL OR smtp_reply = ''))
        """,
    ),
    sql(
        "letters_not_forgotten",
        "No letter waits longer than ten minutes after its time.",
        """
        SELECT id, kind, due_at FROM common_outgoingmail
        WHERE state IN ('queued', 'uncertain') AND due_at < clock_timestamp() - interval '10 minutes'
        """,
    ),
    sql(
        "refusals_are_honoured",
        "No letter about a topic left after its address had refused the topic.",
        """
        SELECT o.id, o.kind FROM common_outgoingmail o
        JOIN common_refusedtopic r ON r.topic = o.topic AND r.address = lower(o.recipient)
        WHERE o.topic <> '' AND o.state = 'sent' AND o.sent_at > r.refused_at + interval '15 minutes'
        """,
    ),
    sql(
        "staff_can_be_trusted",
        "Everybody at a desk is active and has a confirmed address.",
        """
        SELECT u.email FROM common_user u
        WHERE u.is_staff AND u.is_active
          AND NOT EXISTS (SELECT 1 FROM account_emailaddress a WHERE a.user_id = u.id AND a.verified)
        """,
    ),
    sql(
        "few_superusers",
        "There are at most two superusers.",
        """
        SELECT string_agg(email, ', ') FROM common_user WHERE is_superuser AND is_active HAVING count(*) > 2
    """,
    ),
    sql(
        "constraints_valid",
        "Every constraint of the database is validated and every index is whole.",
        """
        SELECT conname FROM pg_constraint WHERE NOT convalidated
        UNION ALL SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid
        """,
    ),
    sql(
        "triggers_on",
        "Every trigger of the portal is switched on.",
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'",
    ),
    sql(
        "tables_have_keys",
        "Every table has a primary key.",
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname = 'public'
          AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
        """,
    ),
    Invariant("files_on_disk", "Every file that a row names is on disk.", missing_files),
)
