"""The best of a list without every pair: `matchmaking_best` says who can be among the first, before any score is told.

Common words make nearly all rows of a list and next to nothing of its scores. So only rare words are read. What the
common ones can add to a score at most is known beforehand, and whoever cannot come among the first with that is left
aside; the score of the others is told by the views of 0003, which stay the only place where it is told. The margin is a
thousand times what rounding can move, so nobody is lost.
"""

from importlib import import_module

from django.db import migrations, models

TOTAL = """
CREATE OR REPLACE FUNCTION matchmaking_total(who bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE matchmaking_matchprofile p SET need_total = t.shared, own_need_total = t.own, need_weight = t.weight
      FROM (SELECT m.member_id,
                   greatest(500000, coalesce(sum(r.met_3 * w.delta), 0) / 2.0)::float8 AS shared,
                   greatest(500000, coalesce(sum(r.own_met_3 * w.delta), 0) / 2.0)::float8 AS own,
                   coalesce(sum(r.met_3) FILTER (WHERE g.parent_id IS NULL), 0) / 2 AS weight
              FROM matchmaking_matchprofile m
              LEFT JOIN matchmaking_reach r ON r.member_id = m.member_id
              LEFT JOIN matchmaking_tagweight w ON w.node_id = r.node_id
              LEFT JOIN members_tag g ON g.id = r.node_id
             WHERE who IS NULL OR m.member_id = ANY(who)
             GROUP BY m.member_id) t
     WHERE p.member_id = t.member_id
       AND (p.need_total, p.own_need_total, p.need_weight) <> (t.shared, t.own, t.weight)
$$
"""

# An offer of a band meets these of the needs: inlined wherever it stands.
MET = """
CREATE FUNCTION matchmaking_met(offer smallint, met_1 smallint, met_2 smallint, met_3 smallint) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE offer WHEN 0 THEN 0 WHEN 1 THEN met_1 WHEN 2 THEN met_2 ELSE met_3 END
$$
"""

# The words of one member that can give points, common ones first.
WORDS = """
CREATE FUNCTION matchmaking_words_of(who bigint, mine_all boolean) RETURNS TABLE (
    node_id bigint, delta int, gain int, offer smallint, met_1 smallint, met_2 smallint, met_3 smallint
) LANGUAGE sql STABLE ROWS 40 SET enable_seqscan = off AS $$
    SELECT r.node_id, w.delta, w.gain,
           CASE WHEN mine_all THEN r.own_offer ELSE r.offer END,
           CASE WHEN mine_all THEN r.own_met_1 ELSE r.met_1 END,
           CASE WHEN mine_all THEN r.own_met_2 ELSE r.met_2 END,
           CASE WHEN mine_all THEN r.own_met_3 ELSE r.met_3 END
      FROM matchmaking_reach r JOIN matchmaking_tagweight w ON w.node_id = r.node_id AND w.delta > 0
     WHERE r.member_id = who ORDER BY w.gain
$$
"""

# Every look into `reach` is a lateral step that begins from a word and goes by an index, and sequential scans are off:
# so the plan is the same whatever the planner believes of the tables, and may be kept for the session.
BEST = """
CREATE FUNCTION matchmaking_best(
    who bigint, most int, hidden bigint[], mine_all boolean, counted boolean, few int,
    OUT partners bigint[], OUT total bigint
) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me record;
    common int;
BEGIN
    partners := '{}';
    total := 0;
    SELECT p.orientation AS side, CASE WHEN mine_all THEN p.own_need_total ELSE p.need_total END AS needs
      INTO me FROM matchmaking_matchprofile p WHERE p.member_id = who;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Words of at most this gain count as common. Where that leaves more than a `few` in question, fewer do; at last none.
    FOREACH common IN ARRAY ARRAY[10000, 2000, -1] LOOP
        WITH mine AS MATERIALIZED (
            SELECT *, gain > common AS rare FROM matchmaking_words_of(who, mine_all)
        ), rest AS MATERIALIZED (
            -- What common words give at most: to me, what I need of them; to others, their needs at the dearest of them.
            SELECT coalesce(sum(delta * met_3), 0) / (2 * me.needs) AS gains,
                   coalesce(max(gain) FILTER (WHERE offer > 0), 0) AS gain
              FROM mine WHERE NOT rare
        ), flow AS (
            SELECT you.member_id,
                   sum(m.delta * matchmaking_met(you.offer, m.met_1, m.met_2, m.met_3)) AS gain_in,
                   sum(m.delta * matchmaking_met(m.offer, you.met_1, you.met_2, you.met_3)) AS gain_out
              FROM mine m, LATERAL (
                   SELECT r.member_id, r.offer, r.met_1, r.met_2, r.met_3 FROM matchmaking_reach r
                    WHERE r.node_id = m.node_id
                      AND (m.met_3 > 0 AND r.offer > 0 OR m.offer > 0 AND r.met_3 > 0) OFFSET 0) you
             WHERE m.rare GROUP BY you.member_id
        ), share AS (
            SELECT b.member_id, coalesce(f.gain_in, 0) AS gain_in, coalesce(f.gain_out, 0) AS gain_out,
                   CASE b.orientation WHEN 'dual' THEN 0.9::float8 ELSE 1 END AS kappa,
                   coalesce(f.gain_in, 0) / (2 * me.needs) AS gains,
                   coalesce(f.gain_out, 0) / (2 * b.need_total) AS gives,
                   b.need_weight * rest.gain / b.need_total AS more_given, rest.gains AS more_gained
              FROM rest, matchmaking_matchprofile b LEFT JOIN flow f ON f.member_id = b.member_id
             WHERE (b.orientation <> me.side OR me.side = 'dual') AND b.member_id <> who
               AND NOT b.member_id = ANY(hidden) OFFSET 0
        ), bound AS MATERIALIZED (
            SELECT member_id, gain_in, gain_out,
                   kappa * (gains + gives + 2 * gains * gives / (gains + gives + 1e-300)) AS low,
                   kappa * (x + y + 2 * x * y / (x + y + 1e-300)) AS high
              FROM (SELECT *, gains + more_gained AS x, gives + more_given AS y FROM share OFFSET 0) s
        ), needed AS MATERIALIZED (
            SELECT coalesce((SELECT low FROM bound ORDER BY low DESC OFFSET most - 1 LIMIT 1), 0) - 1e-9 AS low
        )
        SELECT array_agg(b.member_id),
               CASE WHEN counted THEN (
                   SELECT count(*) FROM bound x WHERE x.gain_in + x.gain_out > 0 OR EXISTS (
                       SELECT FROM mine m, LATERAL (
                            SELECT FROM matchmaking_reach r WHERE r.node_id = m.node_id AND r.member_id = x.member_id
                               AND (m.met_3 > 0 AND r.offer > 0 OR m.offer > 0 AND r.met_3 > 0) OFFSET 0) you
                        WHERE NOT m.rare)) END
          INTO partners, total
          FROM bound b, needed WHERE b.high > 0 AND b.high >= needed.low;
        EXIT WHEN coalesce(cardinality(partners), 0) <= few;
    END LOOP;
    partners := coalesce(partners, '{}');
END $$
"""
FUNCTIONS = (
    ("matchmaking_met(smallint, smallint, smallint, smallint)", MET),
    ("matchmaking_words_of(bigint, boolean)", WORDS),
    ("matchmaking_best(bigint, int, bigint[], boolean, boolean, int)", BEST),
)
TOTAL_BEFORE = import_module("matchmaking.migrations.0004_upkeep_of_scores").TOTAL.replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0006_upkeep_of_the_board")]

    operations = [
        migrations.AddField(
            model_name="matchprofile",
            name="need_weight",
            field=models.IntegerField(db_default=0),
        ),
        migrations.RunSQL([TOTAL], [TOTAL_BEFORE]),
        *(migrations.RunSQL([body], [f"DROP FUNCTION {name}"]) for name, body in FUNCTIONS),
        migrations.RunSQL("SELECT matchmaking_total(NULL)", migrations.RunSQL.noop),
    ]
