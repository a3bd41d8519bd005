"""Functions and triggers that keep the derived tables in step with profiles, whoever writes them and however.

Every statement that changes a capability, a membership, a side, an opt-out or the tree of words ends with the rows
that follow from it, in the same transaction. Weights alone may lag: `matchmaking_weigh()` is called by the timetable.
"""

from django.db import migrations

PATHS = """
CREATE FUNCTION matchmaking_rebuild_paths() RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    IF EXISTS (
        WITH RECURSIVE up AS (
            SELECT id, parent_id, merged_into_id, 0 AS steps FROM members_tag
            UNION ALL
            SELECT t.id, t.parent_id, t.merged_into_id, up.steps + 1
              FROM up JOIN members_tag t ON t.id = coalesce(up.merged_into_id, up.parent_id) WHERE up.steps < 32
        ) SELECT FROM up WHERE steps >= 32) THEN
        RAISE EXCEPTION 'the tree of words has a loop' USING ERRCODE = 'check_violation';
    END IF;
    WITH RECURSIVE merged AS (
        SELECT id AS tag_id, id AS node_id, merged_into_id FROM members_tag
        UNION ALL
        SELECT m.tag_id, t.id, t.merged_into_id FROM merged m JOIN members_tag t ON t.id = m.merged_into_id
    ), up AS (
        SELECT id AS node_id, id AS ancestor_id, parent_id, scored, 0 AS distance FROM members_tag
        UNION ALL
        SELECT up.node_id, t.id, t.parent_id, t.scored, up.distance + 1 FROM up JOIN members_tag t ON t.id = up.parent_id
    ), scored AS MATERIALIZED (
        SELECT node_id FROM up GROUP BY node_id HAVING bool_and(scored)
    ), due AS MATERIALIZED (
        SELECT m.tag_id, up.ancestor_id, up.distance FROM merged m JOIN scored s ON s.node_id = m.node_id
          JOIN up ON up.node_id = m.node_id
         WHERE m.merged_into_id IS NULL
    ), gone AS (
        DELETE FROM matchmaking_tagpath p
         WHERE NOT EXISTS (SELECT FROM due d WHERE d.tag_id = p.tag_id AND d.ancestor_id = p.ancestor_id)
        RETURNING p.tag_id
    ), come AS (
        INSERT INTO matchmaking_tagpath (tag_id, ancestor_id, distance) SELECT * FROM due
        ON CONFLICT (tag_id, ancestor_id) DO UPDATE SET distance = excluded.distance
         WHERE matchmaking_tagpath.distance <> excluded.distance
        RETURNING tag_id
    )
    SELECT array_agg(tag_id) INTO changed FROM (SELECT tag_id FROM gone UNION SELECT tag_id FROM come) x;
    RETURN coalesce(changed, '{}');
END $$
"""

WEIGH = """
CREATE FUNCTION matchmaking_weigh() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM matchmaking_tagweight w
     WHERE NOT EXISTS (SELECT FROM matchmaking_tagpath p WHERE p.ancestor_id = w.node_id);
    INSERT INTO matchmaking_tagweight (node_id, mentions, below, gain, delta)
    WITH word AS (
        SELECT p.ancestor_id AS id, count(*) AS below FROM matchmaking_tagpath p
          JOIN members_tag t ON t.id = p.tag_id AND t.merged_into_id IS NULL GROUP BY p.ancestor_id
    ), mention AS (
        SELECT node_id AS id, count(*) AS n FROM matchmaking_reach WHERE offer > 0 OR met_3 > 0 GROUP BY node_id
    ), gained AS (
        SELECT word.id, t.parent_id, coalesce(mention.n, 0) AS n, word.below,
               CASE WHEN t.parent_id IS NULL THEN 0
                    ELSE round(1e6 * power(greatest(0,
                         1 - ln((coalesce(mention.n, 0) + word.below)::float8)
                           / ln(((SELECT count(*) FROM matchmaking_matchprofile)
                               + (SELECT count(*) FROM word))::float8)), 2))::int
               END AS g
          FROM word JOIN members_tag t ON t.id = word.id LEFT JOIN mention ON mention.id = word.id
    )
    SELECT x.id, x.n, x.below, x.g, x.g - coalesce(above.g, 0)
      FROM gained x LEFT JOIN gained above ON above.id = x.parent_id ORDER BY x.id
    ON CONFLICT (node_id) DO UPDATE
       SET mentions = excluded.mentions, below = excluded.below, gain = excluded.gain, delta = excluded.delta
     WHERE (matchmaking_tagweight.mentions, matchmaking_tagweight.below, matchmaking_tagweight.gain,
            matchmaking_tagweight.delta) <> (excluded.mentions, excluded.below, excluded.gain, excluded.delta);
    -- A member being edited at this moment is waited for; the next statement sees what it wrote.
    PERFORM FROM matchmaking_matchprofile ORDER BY member_id FOR UPDATE;
    PERFORM matchmaking_total(NULL);
END $$
"""

TOTAL = """
CREATE FUNCTION matchmaking_total(who bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE matchmaking_matchprofile p SET need_total = t.shared, own_need_total = t.own
      FROM (SELECT m.member_id,
                   greatest(500000, coalesce(sum(r.met_3 * w.delta), 0) / 2.0)::float8 AS shared,
                   greatest(500000, coalesce(sum(r.own_met_3 * w.delta), 0) / 2.0)::float8 AS own
              FROM matchmaking_matchprofile m
              LEFT JOIN matchmaking_reach r ON r.member_id = m.member_id
              LEFT JOIN matchmaking_tagweight w ON w.node_id = r.node_id
             WHERE who IS NULL OR m.member_id = ANY(who)
             GROUP BY m.member_id) t
     WHERE p.member_id = t.member_id AND (p.need_total, p.own_need_total) <> (t.shared, t.own)
$$
"""

REACH_OF = """
CREATE FUNCTION matchmaking_reach_of(who bigint[]) RETURNS TABLE (
    node_id bigint, member_id bigint, offer smallint, met_1 smallint, met_2 smallint, met_3 smallint,
    own_offer smallint, own_met_1 smallint, own_met_2 smallint, own_met_3 smallint
) LANGUAGE sql STABLE AS $$
    SELECT p.ancestor_id, c.organisation_id,
           coalesce(max(c.band) FILTER (WHERE c.offered AND c.shared), 0)::smallint,
           coalesce(sum(c.weight * (1 + (c.band <= 1)::int)) FILTER (WHERE NOT c.offered AND c.shared), 0)::smallint,
           coalesce(sum(c.weight * (1 + (c.band <= 2)::int)) FILTER (WHERE NOT c.offered AND c.shared), 0)::smallint,
           coalesce(sum(c.weight * 2) FILTER (WHERE NOT c.offered AND c.shared), 0)::smallint,
           coalesce(max(c.band) FILTER (WHERE c.offered), 0)::smallint,
           coalesce(sum(c.weight * (1 + (c.band <= 1)::int)) FILTER (WHERE NOT c.offered), 0)::smallint,
           coalesce(sum(c.weight * (1 + (c.band <= 2)::int)) FILTER (WHERE NOT c.offered), 0)::smallint,
           coalesce(sum(c.weight * 2) FILTER (WHERE NOT c.offered), 0)::smallint
      FROM (SELECT x.*, x.direction = 'offered' AS offered, x.visibility IN ('public', 'members') AS shared,
                   CASE WHEN x.trl >= 7 THEN 3 WHEN x.trl >= 4 THEN 2 ELSE 1 END AS band
              FROM members_capability x JOIN matchmaking_matchprofile m ON m.member_id = x.organisation_id
             WHERE x.organisation_id = ANY(who)
               AND (x.expires_on IS NULL OR x.expires_on >= (now() AT TIME ZONE 'Europe/Bucharest')::date)) c
      JOIN matchmaking_tagpath p ON p.tag_id = c.tag_id
     GROUP BY p.ancestor_id, c.organisation_id
$$
"""

REFRESH = """
CREATE FUNCTION matchmaking_refresh(who bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- The row of the profile is the lock of a member: whoever comes second waits here, and then reads anew.
    DELETE FROM matchmaking_matchprofile p WHERE p.member_id = ANY(who) AND NOT matchmaking_takes_part(p.member_id);
    INSERT INTO matchmaking_matchprofile (member_id, orientation, need_total, own_need_total, "references")
    SELECT o.id, o.side, 500000, 500000, 0 FROM members_organisation o
     WHERE o.id = ANY(who) AND matchmaking_takes_part(o.id) ORDER BY o.id
    ON CONFLICT (member_id) DO UPDATE SET orientation = excluded.orientation;
    UPDATE matchmaking_matchprofile p SET "references" = (
        SELECT coalesce(sum(c."references"), 0) FROM members_capability c
         WHERE c.organisation_id = p.member_id AND c.direction = 'offered' AND c.visibility IN ('public', 'members'))
     WHERE p.member_id = ANY(who);
    DELETE FROM matchmaking_reach WHERE member_id = ANY(who);
    INSERT INTO matchmaking_reach
        (node_id, member_id, offer, met_1, met_2, met_3, own_offer, own_met_1, own_met_2, own_met_3)
    SELECT * FROM matchmaking_reach_of(who);
    PERFORM matchmaking_total(who);
END $$
"""

TAKES_PART = """
CREATE FUNCTION matchmaking_takes_part(organisation bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM members_membership m
                    WHERE m.organisation_id = organisation AND m.state IN ('active', 'notice_given'))
       AND EXISTS (SELECT FROM members_organisation o WHERE o.id = organisation AND o.side <> '')
       AND NOT EXISTS (SELECT FROM matchmaking_optout x WHERE x.member_id = organisation)
$$
"""

REBUILD = """
CREATE FUNCTION matchmaking_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matchmaking_rebuild_paths();
    PERFORM matchmaking_weigh();
    PERFORM matchmaking_refresh(coalesce(array_agg(id), '{}')) FROM (
        SELECT organisation_id AS id FROM members_membership UNION SELECT member_id FROM matchmaking_matchprofile) x;
    PERFORM matchmaking_weigh();
END $$
"""

FOLLOW = """
CREATE FUNCTION matchmaking_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint[];
    rows_before text := format('SELECT %I AS who FROM rows_before', TG_ARGV[0]);
    rows_after text := format('SELECT %I AS who FROM rows_after', TG_ARGV[0]);
    found text := CASE TG_OP WHEN 'INSERT' THEN rows_after WHEN 'DELETE' THEN rows_before
                             ELSE rows_before || ' UNION ' || rows_after END;
BEGIN
    EXECUTE 'SELECT array_agg(DISTINCT who) FROM (' || found || ') changed' INTO who;
    IF who IS NOT NULL THEN
        PERFORM matchmaking_refresh(who);
    END IF;
    RETURN NULL;
END $$
"""

SIDE = """
CREATE FUNCTION matchmaking_follow_side() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint[];
BEGIN
    SELECT array_agg(n.id) INTO who FROM rows_after n JOIN rows_before o ON o.id = n.id WHERE o.side <> n.side;
    IF who IS NOT NULL THEN
        PERFORM matchmaking_refresh(who);
    END IF;
    RETURN NULL;
END $$
"""

WORDS = """
CREATE FUNCTION matchmaking_follow_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
    who bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (
            SELECT FROM rows_after n JOIN rows_before o ON o.id = n.id
             WHERE (o.parent_id, o.scored, o.merged_into_id)
                   IS DISTINCT FROM (n.parent_id, n.scored, n.merged_into_id)) THEN
            RETURN NULL;
        END IF;
    END IF;
    changed := matchmaking_rebuild_paths();
    SELECT array_agg(DISTINCT c.organisation_id) INTO who
      FROM members_capability c WHERE c.tag_id = ANY(changed);
    PERFORM matchmaking_weigh();
    IF who IS NOT NULL THEN
        PERFORM matchmaking_refresh(who);
        PERFORM matchmaking_weigh();
    END IF;
    RETURN NULL;
END $$
"""

FUNCTIONS = (
    ("matchmaking_takes_part(bigint)", TAKES_PART),
    ("matchmaking_total(bigint[])", TOTAL),
    ("matchmaking_rebuild_paths()", PATHS),
    ("matchmaking_weigh()", WEIGH),
    ("matchmaking_reach_of(bigint[])", REACH_OF),
    ("matchmaking_refresh(bigint[])", REFRESH),
    ("matchmaking_rebuild()", REBUILD),
    ("matchmaking_follow()", FOLLOW),
    ("matchmaking_follow_side()", SIDE),
    ("matchmaking_follow_words()", WORDS),
)
EVENTS = {
    "insert": "NEW TABLE AS rows_after",
    "update": "OLD TABLE AS rows_before NEW TABLE AS rows_after",
    "delete": "OLD TABLE AS rows_before",
}
FOLLOWED = (
    ("members_capability", "matchmaking_follow('organisation_id')", ("insert", "update", "delete")),
    ("members_membership", "matchmaking_follow('organisation_id')", ("insert", "update", "delete")),
    ("matchmaking_optout", "matchmaking_follow('member_id')", ("insert", "update", "delete")),
    ("members_organisation", "matchmaking_follow_side()", ("update",)),
    ("members_tag", "matchmaking_follow_words()", ("insert", "update", "delete")),
)


def trigger(table, function, event):
    name = f"matchmaking_{event}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} REFERENCING {EVENTS[event]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):

    replaces = [('matchmaking', '0005_freshness')]

    dependencies = [
        ('matchmaking', '0003_scores'),
    ]

    operations = [
        *(migrations.RunSQL([body], [f"DROP FUNCTION {name}"]) for name, body in FUNCTIONS),
        *(trigger(table, function, event) for table, function, events in FOLLOWED for event in events),
        migrations.RunSQL("SELECT matchmaking_rebuild()", migrations.RunSQL.noop),
    ]
