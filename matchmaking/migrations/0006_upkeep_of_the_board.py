"""Functions and triggers that keep the board of opportunities in step with profiles, whoever writes them and however."""

from django.db import migrations

# What a row of the board says, computed from an offer or a need and from the words of the tree.
BOARD_OF = """
CREATE FUNCTION matchmaking_board_of(items bigint[])
RETURNS TABLE (capability_id bigint, tags bigint[], title tsvector, search tsvector, digest text)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (
        SELECT w.tag_id, w.tag_id AS above_id FROM (
            SELECT DISTINCT c.tag_id FROM members_capability c WHERE c.id = ANY(items)) w
        UNION
        SELECT up.tag_id, coalesce(t.merged_into_id, t.parent_id) FROM up JOIN members_tag t ON t.id = up.above_id
         WHERE coalesce(t.merged_into_id, t.parent_id) IS NOT NULL
    ), path AS (
        SELECT up.tag_id, array_agg(up.above_id ORDER BY up.above_id) AS tags FROM up GROUP BY up.tag_id
    ), said AS (
        SELECT c.id, path.tags, concat_ws(' ', t.name_ro, t.name_en, array_to_string(t.aliases, ' ')) AS names,
               concat_ws(' ', c.note_ro, c.note_en) AS notes, c.note_ro, c.note_en,
               md5(concat_ws('|', c.direction, c.tag_id, c.kind, c.side, coalesce(c.trl, 0), c.weight, c.visibility,
                             coalesce(c.expires_on, 'infinity'), c.note_ro, c.note_en)) AS digest
          FROM members_capability c JOIN members_tag t ON t.id = c.tag_id JOIN path ON path.tag_id = c.tag_id
         WHERE c.id = ANY(items)
    ), named AS (
        SELECT said.*, strip(to_tsvector('portal_names', names) || to_tsvector('portal_ro', names)
                             || to_tsvector('portal_en', names)) AS title FROM said
    )
    SELECT id, tags, title, title || strip(to_tsvector('portal_names', notes) || to_tsvector('portal_ro', note_ro)
                                           || to_tsvector('portal_en', note_en)), digest
      FROM named
$$
"""

BOARD = """
CREATE FUNCTION matchmaking_board(items bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO matchmaking_opportunity AS old
           (capability_id, tags, title, search, digest, published_at, changed_at)
    SELECT b.*, clock_timestamp(), clock_timestamp() FROM matchmaking_board_of(items) b ORDER BY b.capability_id
    ON CONFLICT (capability_id) DO UPDATE SET
        tags = excluded.tags, title = excluded.title, search = excluded.search, digest = excluded.digest,
        changed_at = CASE WHEN old.digest = excluded.digest THEN old.changed_at ELSE excluded.changed_at END,
        announced_at = CASE WHEN old.digest = excluded.digest THEN old.announced_at END
     WHERE (old.tags, old.title, old.search, old.digest)
           IS DISTINCT FROM (excluded.tags, excluded.title, excluded.search, excluded.digest)
$$
"""

# Its owner has become visible, or visible to more: whoever has not heard of it may hear of it now.
REAPPEAR = """
CREATE FUNCTION matchmaking_reappear(owners bigint[], anew boolean) RETURNS void LANGUAGE sql AS $$
    UPDATE matchmaking_opportunity o
       SET changed_at = clock_timestamp(), announced_at = NULL,
           published_at = CASE WHEN anew THEN clock_timestamp() ELSE o.published_at END
      FROM members_capability c WHERE c.id = o.capability_id AND c.organisation_id = ANY(owners)
$$
"""

FOLLOW = """
CREATE FUNCTION matchmaking_board_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matchmaking_board(ARRAY(SELECT id FROM written));
    RETURN NULL;
END $$
"""

WORDS_CHANGED = """
CREATE FUNCTION matchmaking_board_follows_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[] := ARRAY(
        SELECT n.id FROM rows_after n JOIN rows_before b ON b.id = n.id
         WHERE (b.parent_id, b.merged_into_id, b.name_ro, b.name_en, b.aliases)
               IS DISTINCT FROM (n.parent_id, n.merged_into_id, n.name_ro, n.name_en, n.aliases));
BEGIN
    PERFORM matchmaking_board(ARRAY(SELECT capability_id FROM matchmaking_opportunity WHERE tags && changed));
    RETURN NULL;
END $$
"""

MEMBERSHIP = """
CREATE FUNCTION matchmaking_board_follows_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM matchmaking_reappear(ARRAY(
            SELECT organisation_id FROM rows_after WHERE state IN ('active', 'notice_given')), true);
    ELSE
        PERFORM matchmaking_reappear(ARRAY(
            SELECT n.organisation_id FROM rows_after n JOIN rows_before b ON b.id = n.id
             WHERE n.state IN ('active', 'notice_given') AND b.state NOT IN ('active', 'notice_given')), false);
    END IF;
    RETURN NULL;
END $$
"""

BACK = """
CREATE FUNCTION matchmaking_board_follows_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matchmaking_reappear(ARRAY(SELECT member_id FROM rows_before), false);
    RETURN NULL;
END $$
"""

SHOWN = """
CREATE FUNCTION matchmaking_board_follows_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matchmaking_reappear(ARRAY(
        SELECT n.id FROM rows_after n JOIN rows_before b ON b.id = n.id
         WHERE n.show_profile <> b.show_profile), false);
    RETURN NULL;
END $$
"""

FUNCTIONS = (
    ("matchmaking_board_of(bigint[])", BOARD_OF),
    ("matchmaking_board(bigint[])", BOARD),
    ("matchmaking_reappear(bigint[], boolean)", REAPPEAR),
    ("matchmaking_board_follows()", FOLLOW),
    ("matchmaking_board_follows_words()", WORDS_CHANGED),
    ("matchmaking_board_follows_membership()", MEMBERSHIP),
    ("matchmaking_board_follows_return()", BACK),
    ("matchmaking_board_follows_page()", SHOWN),
)
BOTH = "OLD TABLE AS rows_before NEW TABLE AS rows_after"
FOLLOWED = (
    ("members_capability", "insert", "NEW TABLE AS written", "matchmaking_board_follows()"),
    ("members_capability", "update", "NEW TABLE AS written", "matchmaking_board_follows()"),
    ("members_tag", "update", BOTH, "matchmaking_board_follows_words()"),
    ("members_membership", "insert", "NEW TABLE AS rows_after", "matchmaking_board_follows_membership()"),
    ("members_membership", "update", BOTH, "matchmaking_board_follows_membership()"),
    ("matchmaking_optout", "delete", "OLD TABLE AS rows_before", "matchmaking_board_follows_return()"),
    ("members_organisation", "update", BOTH, "matchmaking_board_follows_page()"),
)
# A row goes with its capability, and what was told of it goes with it: whoever deletes, and however.
KEYS = (
    ("matchmaking_opportunity", "an_opportunity_is_of_a_capability", "capability_id", "members_capability (id)"),
    ("matchmaking_opportunitynotice", "a_notice_is_of_an_opportunity", "opportunity_id",
     "matchmaking_opportunity (capability_id)"),
)


def trigger(table, act, rows, function):
    return migrations.RunSQL(
        f"CREATE TRIGGER board_after_{act} AFTER {act.upper()} ON {table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}",
        f"DROP TRIGGER board_after_{act} ON {table}",
    )


def key(table, name, column, target):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {target} ON DELETE CASCADE",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):

    replaces = [('matchmaking', '0009_opportunities')]

    dependencies = [
        ('matchmaking', '0005_upkeep_of_works'),
    ]

    operations = [
        *(key(*parts) for parts in KEYS),
        *(migrations.RunSQL([body], [f"DROP FUNCTION {name}"]) for name, body in FUNCTIONS),
        *(trigger(*parts) for parts in FOLLOWED),
        # What stood in profiles before there was a board is no news.
        migrations.RunSQL(
            "SELECT matchmaking_board(ARRAY(SELECT id FROM members_capability));"
            "UPDATE matchmaking_opportunity SET announced_at = clock_timestamp()",
            migrations.RunSQL.noop,
        ),
    ]
