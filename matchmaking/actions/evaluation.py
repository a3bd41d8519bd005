"""Other people's members, projects and tags in tables of their own, indexed and weighed like the portal's."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from matchmaking.rules.evaluation import PastMember, PastProject, tree

# Every table that the need search or its index reads or writes, with the columns that are filled here.
TABLES: dict[str, tuple[str, ...]] = {
    "members_tag": ("id", "code", "name_ro", "name_en", "aliases", "scored", "active", "parent_id", "position"),
    "members_membership": ("id", "organisation_id", "state"),
    "members_capability": (
        "id", "organisation_id", "direction", "tag_id", "note_ro", "note_en", "visibility"
    ),
    "matchmaking_reference": (
        "id", "stated_by_id", "title_ro", "title_en", "text_ro", "text_en", "visibility"
    ),
    "matchmaking_reference_tags": ("reference_id", "tag_id"),
    "matchmaking_referenceparty": ("reference_id", "organisation_id", "confirmed_at"),
    "matchmaking_optout": (),
    "matchmaking_work": (),
    "matchmaking_workparty": (),
    "matchmaking_worktag": (),
    "matchmaking_workword": (),
    "matchmaking_wordrarity": (),
    "matchmaking_tagrarity": (),
    "matchmaking_nearwork": (),
    "matchmaking_indexstate": (),
}  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """Numbers of members and tags in the scratch tables, and what the files mention without saying what it is."""

    members: dict[str, int]
    tags: dict[str, int]
    unknown_projects: int


@contextmanager
def scratch_tables() -> Iterator[None]:
    """Inside the block the portal's own tables are out of sight; nothing of it outlives the block.

    A schema before all others on the search path, in a transaction that is rolled back: others never see it, and
    neither an error nor a power cut can leave it behind.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        schema = f"evaluation_{uuid4().hex}"
        cursor.execute(f"CREATE SCHEMA {schema}")
        for table, columns in TABLES.items():
            cursor.execute(
                f"CREATE TABLE {schema}.{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES)"
            )
            _leave_empty(cursor, schema, table, columns)
        cursor.execute("SELECT set_config('search_path', %s || ', ' || current_setting('search_path'), true)", [schema])
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _leave_empty(cursor: Any, schema: str, table: str, filled: Sequence[str]) -> None:
    """Columns of the portal that nothing here is known for may be empty."""
    if not filled:
        return
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attnotnull AND attidentity = '' AND attname <> ALL(%s)",
        [f"{schema}.{table}", list(filled)],
    )
    for (column,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {schema}.{table} ALTER "{column}" DROP NOT NULL')


def load(members: Sequence[PastMember], projects: Sequence[PastProject], more_tags: Iterable[str] = ()) -> Loaded:
    """Fill the scratch tables: projects become references, tags that no project of a member explains its offers."""
    codes = {code for member in members for code in member.tags} | set(more_tags)
    codes |= {code for project in projects for code in project.tags}
    parents = tree(codes)
    # A root above all, because roots never score and the first level of these codes says something.
    tags = {code: number for number, code in enumerate(sorted(codes), start=2)}
    member_ids = {member.key: number for number, member in enumerate(sorted(members, key=lambda m: m.key), start=1)}
    project_ids = {project.key: number for number, project in enumerate(projects, start=1)}
    carried = {project.key: set(project.tags) for project in projects}
    with connection.cursor() as cursor:
        _copy(cursor, "members_tag", [
            (1, "", "", "", [], True, True, None, 0),
            *((pk, code, "", "", [], True, True, tags.get(parents[code] or "", 1), pk) for code, pk in tags.items()),
        ])  # fmt: skip
        _copy(cursor, "members_membership", [(pk, pk, "active") for pk in member_ids.values()])
        _copy(cursor, "matchmaking_reference", [
            (project_ids[project.key], 0, "", project.title, "", project.text, "members") for project in projects
        ])  # fmt: skip
        _copy(cursor, "matchmaking_reference_tags", [
            (project_ids[project.key], tags[code]) for project in projects for code in project.tags
        ])  # fmt: skip
        _copy(cursor, "matchmaking_referenceparty", [
            (project_ids[key], member_ids[member.key], "2000-01-01")
            for member in members for key in member.projects if key in project_ids
        ])  # fmt: skip
        offers = [
            (member_ids[member.key], tags[code])
            for member in members
            for code in sorted(set(member.tags).difference(*(carried.get(key, ()) for key in member.projects)))
        ]
        _copy(cursor, "members_capability", [
            (number, member, "offered", tag, "", "", "members") for number, (member, tag) in enumerate(offers, start=1)
        ])  # fmt: skip
        cursor.execute("SELECT matchmaking_rebuild_works()")
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
    unknown = {key for member in members for key in member.projects} - project_ids.keys()
    return Loaded(member_ids, tags, len(unknown))


def _copy(cursor: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(TABLES[table])}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
