"""Functions and triggers that keep the tables of the need search in step with references and offers.

Every statement that changes an offer or a reference ends with the works that follow from it, in the same transaction.
How rare words are and which references are near each other is weighed by the timetable. Names of tables are left
unqualified on purpose: `manage.py evaluate_matching` runs these very functions on tables in a schema of its own.
"""

from django.db import migrations

RARITY = """
CREATE FUNCTION matchmaking_rarity(works bigint, of_all bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest(0, ln((of_all + 1) / (coalesce(works, 0) + 0.5)::float8))
$$
"""

# PostgreSQL knows the function words of English and none of Romanian.
FUNCTION_WORDS = (
    "a ai al ale am ar are as asa astfel asupra ati au avea ca cat catre ce cea cei cel cele celor cu cum da daca dar "
    "de deci decat deja despre din dintre doar dupa ea ei el ele este era erau eu ei fara fi fie fiecare fiind fost "
    "iar ii il in inca inainte intr intre intru isi la le li lor lui mai ne nici noi nu o oricare ori pana pe pentru "
    "peste prin printr sa sau se si spre sub sunt te toate toti totusi tu un una unde unei unele unor unui unul va vor "
    "voi vom cand ceea acest aceasta acestea acesti acestor acestui acel acea acele acei aceea noastra nostru noastre"
)

SPLIT = f"""
CREATE FUNCTION matchmaking_words(spoken text, said text) RETURNS TABLE (word text, count integer)
LANGUAGE sql STABLE AS $$
    SELECT u.lexeme COLLATE "C", cardinality(u.positions)
      FROM unnest(to_tsvector(CASE WHEN spoken = 'ro' THEN 'portal_ro'::regconfig ELSE 'portal_en'::regconfig END,
                              left(said, 100000))) u
     WHERE spoken <> 'ro' OR u.lexeme <> ALL(tsvector_to_array(to_tsvector('portal_ro', '{FUNCTION_WORDS}')))
$$
"""

PATHS = """
CREATE FUNCTION matchmaking_tags_above(tags bigint[]) RETURNS TABLE (tag_id bigint, above_id bigint)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (
        SELECT t.id AS tag_id, t.id AS above_id, t.parent_id, t.merged_into_id, t.scored
          FROM members_tag t WHERE t.id = ANY(tags)
        UNION
        SELECT up.tag_id, t.id, t.parent_id, t.merged_into_id, t.scored
          FROM up JOIN members_tag t ON t.id = coalesce(up.merged_into_id, up.parent_id)
    )
    SELECT up.tag_id, up.above_id FROM up
     WHERE up.parent_id IS NOT NULL AND up.merged_into_id IS NULL
       AND NOT EXISTS (SELECT FROM up o WHERE o.tag_id = up.tag_id AND NOT o.scored)
$$
"""

FORGET = """
CREATE FUNCTION matchmaking_forget_works(gone bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM matchmaking_nearwork WHERE work_id = ANY(gone) OR near_id = ANY(gone);
    DELETE FROM matchmaking_workword WHERE work_id = ANY(gone);
    DELETE FROM matchmaking_worktag WHERE work_id = ANY(gone);
    DELETE FROM matchmaking_workparty WHERE work_id = ANY(gone);
    DELETE FROM matchmaking_work WHERE id = ANY(gone);
END $$
"""

WORDS = """
CREATE FUNCTION matchmaking_index_words(touched bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    of_all bigint := coalesce((SELECT s.works FROM matchmaking_indexstate s), 0);
BEGIN
    DELETE FROM matchmaking_workword WHERE work_id = ANY(touched);
    INSERT INTO matchmaking_workword (language, word, work_id, count, weight)
    WITH said AS (
        SELECT w.id, c.note_ro AS ro, c.note_en AS en, ARRAY[c.tag_id] AS tags
          FROM matchmaking_work w JOIN members_capability c ON c.id = w.offer_id WHERE w.id = ANY(touched)
        UNION ALL
        SELECT w.id, concat_ws(' ', r.title_ro, r.text_ro), concat_ws(' ', r.title_en, r.text_en),
               ARRAY(SELECT t.tag_id FROM matchmaking_reference_tags t WHERE t.reference_id = r.id)
          FROM matchmaking_work w JOIN matchmaking_reference r ON r.id = w.reference_id WHERE w.id = ANY(touched)
    ), named AS (
        SELECT said.id, concat_ws(' ', said.ro, string_agg(t.name_ro || ' ' || array_to_string(t.aliases, ' '), ' ')) AS ro,
               concat_ws(' ', said.en, string_agg(t.name_en || ' ' || array_to_string(t.aliases, ' '), ' ')) AS en
          FROM said LEFT JOIN members_tag t ON t.id = ANY(said.tags) GROUP BY said.id, said.ro, said.en
    ), counted AS (
        SELECT n.id, l.language, w.word, w.count FROM named n
          CROSS JOIN LATERAL (VALUES ('ro', n.ro), ('en', n.en)) AS l (language, said)
          CROSS JOIN LATERAL matchmaking_words(l.language, l.said) w
    ), raw AS (
        SELECT k.*, round(1e6 * (1 + ln(k.count)) * matchmaking_rarity(r.works, of_all))::bigint AS raw
          FROM counted k LEFT JOIN matchmaking_wordrarity r ON r.language = k.language AND r.word = k.word
    )
    SELECT raw.language, raw.word, raw.id, raw.count, round(1e6 * coalesce(raw.raw / nullif(
               sqrt((sum(raw.raw * raw.raw) OVER (PARTITION BY raw.id, raw.language))::float8), 0), 0))
      FROM raw;
END $$
"""

INDEX = """
CREATE FUNCTION matchmaking_index_works(offers bigint[], refs bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    SELECT array_agg(w.id) INTO touched FROM matchmaking_work w
     WHERE w.offer_id = ANY(offers) AND NOT EXISTS (
           SELECT FROM members_capability c WHERE c.id = w.offer_id AND c.direction = 'offered')
        OR w.reference_id = ANY(refs) AND NOT EXISTS (
           SELECT FROM matchmaking_reference r WHERE r.id = w.reference_id);
    IF touched IS NOT NULL THEN
        PERFORM matchmaking_forget_works(touched);
    END IF;
    -- The row of a work is its lock: whoever comes second waits here, and what follows reads anew.
    INSERT INTO matchmaking_work (offer_id, shared, trl)
    SELECT c.id, c.visibility IN ('public', 'members'), c.trl FROM members_capability c
     WHERE c.id = ANY(offers) AND c.direction = 'offered' ORDER BY c.id
    ON CONFLICT (offer_id) DO UPDATE SET shared = excluded.shared, trl = excluded.trl;
    INSERT INTO matchmaking_work (reference_id, shared, trl)
    SELECT r.id, r.visibility IN ('public', 'members'), r.trl FROM matchmaking_reference r
     WHERE r.id = ANY(refs) ORDER BY r.id
    ON CONFLICT (reference_id) DO UPDATE SET shared = excluded.shared, trl = excluded.trl;
    SELECT array_agg(w.id) INTO touched FROM matchmaking_work w
     WHERE w.offer_id = ANY(offers) OR w.reference_id = ANY(refs);
    DELETE FROM matchmaking_nearwork n USING matchmaking_work w
     WHERE w.id = ANY(touched) AND NOT w.shared AND (n.work_id = w.id OR n.near_id = w.id);
    DELETE FROM matchmaking_workparty WHERE work_id = ANY(touched);
    INSERT INTO matchmaking_workparty (work_id, organisation_id)
    SELECT w.id, c.organisation_id FROM matchmaking_work w JOIN members_capability c ON c.id = w.offer_id
     WHERE w.id = ANY(touched)
    UNION ALL
    SELECT w.id, p.organisation_id FROM matchmaking_work w
      JOIN matchmaking_referenceparty p ON p.reference_id = w.reference_id AND p.confirmed_at IS NOT NULL
     WHERE w.id = ANY(touched);
    DELETE FROM matchmaking_worktag WHERE work_id = ANY(touched);
    INSERT INTO matchmaking_worktag (work_id, tag_id)
    WITH tagged AS (
        SELECT w.id, c.tag_id FROM matchmaking_work w JOIN members_capability c ON c.id = w.offer_id
         WHERE w.id = ANY(touched)
        UNION ALL
        SELECT w.id, t.tag_id FROM matchmaking_work w
          JOIN matchmaking_reference_tags t ON t.reference_id = w.reference_id WHERE w.id = ANY(touched)
    )
    SELECT DISTINCT tagged.id, a.above_id FROM tagged
      JOIN matchmaking_tags_above(ARRAY(SELECT DISTINCT g.tag_id FROM tagged g)) a ON a.tag_id = tagged.tag_id;
    PERFORM matchmaking_index_words(touched);
END $$
"""

COUNTED = """
CREATE FUNCTION matchmaking_counted_works() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT w.id FROM matchmaking_work w WHERE w.shared AND EXISTS (
        SELECT FROM matchmaking_workparty p JOIN members_membership m ON m.organisation_id = p.organisation_id
         WHERE p.work_id = w.id AND m.state IN ('active', 'notice_given'))
$$
"""

WEIGH = """
CREATE FUNCTION matchmaking_weigh_works() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    of_all bigint;
BEGIN
    LOCK TABLE matchmaking_indexstate IN SHARE ROW EXCLUSIVE MODE;  -- one at a time
    of_all := (SELECT count(*) FROM matchmaking_counted_works());
    INSERT INTO matchmaking_indexstate (id, works, weighed_at) VALUES (1, of_all, now())
    ON CONFLICT (id) DO UPDATE SET works = excluded.works, weighed_at = excluded.weighed_at;
    DELETE FROM matchmaking_tagrarity;
    INSERT INTO matchmaking_tagrarity (tag_id, works)
    SELECT t.tag_id, count(*) FROM matchmaking_worktag t
     WHERE t.work_id IN (SELECT matchmaking_counted_works()) GROUP BY t.tag_id;
    DELETE FROM matchmaking_wordrarity;
    INSERT INTO matchmaking_wordrarity (language, word, works)
    SELECT w.language, w.word, count(*) FROM matchmaking_workword w
     WHERE w.work_id IN (SELECT matchmaking_counted_works()) GROUP BY w.language, w.word;
    WITH raw AS (
        SELECT w.language, w.word, w.work_id, w.weight,
               round(1e6 * (1 + ln(w.count)) * matchmaking_rarity(r.works, of_all))::bigint AS raw
          FROM matchmaking_workword w
          LEFT JOIN matchmaking_wordrarity r ON r.language = w.language AND r.word = w.word
    ), fresh AS (
        SELECT raw.*, round(1e6 * coalesce(raw.raw / nullif(
                   sqrt((sum(raw.raw * raw.raw) OVER (PARTITION BY raw.work_id, raw.language))::float8), 0), 0)) AS new
          FROM raw
    )
    UPDATE matchmaking_workword w SET weight = fresh.new FROM fresh
     WHERE w.language = fresh.language AND w.word = fresh.word AND w.work_id = fresh.work_id
       AND w.weight <> fresh.new;
    PERFORM matchmaking_find_near_works(of_all);
END $$
"""

NEAR = """
CREATE FUNCTION matchmaking_find_near_works(of_all bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM matchmaking_nearwork;
    INSERT INTO matchmaking_nearwork (work_id, near_id, through_partners, partners, share)
    WITH part AS MATERIALIZED (
        SELECT p.work_id, p.organisation_id, count(*) OVER (PARTITION BY p.work_id) AS size
          FROM matchmaking_workparty p JOIN matchmaking_work w ON w.id = p.work_id AND w.reference_id IS NOT NULL
          JOIN members_membership m ON m.organisation_id = p.organisation_id AND m.state IN ('active', 'notice_given')
         WHERE w.shared
    ), pair AS (
        SELECT a.work_id, b.work_id AS near_id, count(*) AS partners,
               round(1e6 * count(*) / sqrt((a.size * b.size)::float8))::bigint AS closeness
          FROM part a JOIN part b ON b.organisation_id = a.organisation_id AND b.work_id <> a.work_id
         GROUP BY a.work_id, b.work_id, a.size, b.size
    ), best AS (
        SELECT *, row_number() OVER (PARTITION BY work_id ORDER BY closeness DESC, near_id) AS place FROM pair
    )
    SELECT work_id, near_id, true, partners,
           round(1e6 * closeness / sum(closeness) OVER (PARTITION BY work_id))
      FROM best WHERE place <= 5;
    INSERT INTO matchmaking_nearwork (work_id, near_id, through_partners, partners, share)
    WITH ref AS MATERIALIZED (
        SELECT w.id FROM matchmaking_work w
         WHERE w.reference_id IS NOT NULL AND w.id IN (SELECT matchmaking_counted_works())
    ), word AS MATERIALIZED (
        SELECT w.work_id, w.language, w.word, w.weight::bigint AS weight FROM matchmaking_workword w
          JOIN ref ON ref.id = w.work_id
          JOIN matchmaking_wordrarity r ON r.language = w.language AND r.word = w.word
         WHERE r.works <= greatest(50, of_all / 4)  -- what most have in common says little and costs most
    ), tag AS MATERIALIZED (
        SELECT t.work_id, t.tag_id, round(1e6 * matchmaking_rarity(r.works, of_all))::bigint AS rarity
          FROM matchmaking_worktag t JOIN ref ON ref.id = t.work_id JOIN matchmaking_tagrarity r ON r.tag_id = t.tag_id
    ), total AS (
        SELECT work_id, sum(rarity) AS rarity FROM tag GROUP BY work_id
    ), alike AS (
        SELECT work_id, near_id, max(words) AS words, 0 AS tags FROM (
            SELECT a.work_id, b.work_id AS near_id, a.language, sum(a.weight * b.weight) / 1000000 AS words
              FROM word a JOIN word b ON b.language = a.language AND b.word = a.word AND b.work_id <> a.work_id
             GROUP BY a.work_id, b.work_id, a.language) per_language GROUP BY work_id, near_id
        UNION ALL
        SELECT a.work_id, b.work_id, 0, sum(a.rarity) * 1000000 / nullif(max(total.rarity), 0)
          FROM tag a JOIN tag b ON b.tag_id = a.tag_id AND b.work_id <> a.work_id
          JOIN total ON total.work_id = a.work_id GROUP BY a.work_id, b.work_id
    ), pair AS (
        SELECT work_id, near_id, round(power((sum(words) + 0.4 * coalesce(sum(tags), 0))::float8 / 1.4e6, 2) * 1e6)::bigint
               AS closeness
          FROM alike GROUP BY work_id, near_id
    ), best AS (
        SELECT *, row_number() OVER (PARTITION BY work_id ORDER BY closeness DESC, near_id) AS place
          FROM pair WHERE closeness > 0
    )
    SELECT work_id, near_id, false, 0, round(1e6 * 0.5 * closeness / sum(closeness) OVER (PARTITION BY work_id))
      FROM best WHERE place <= 5;
END $$
"""

REBUILD = """
CREATE FUNCTION matchmaking_rebuild_works() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matchmaking_index_works(
        ARRAY(SELECT id FROM members_capability WHERE direction = 'offered'
              UNION SELECT offer_id FROM matchmaking_work WHERE offer_id IS NOT NULL),
        ARRAY(SELECT id FROM matchmaking_reference
              UNION SELECT reference_id FROM matchmaking_work WHERE reference_id IS NOT NULL));
    PERFORM matchmaking_weigh_works();
END $$
"""

FUNCTIONS = {
    "matchmaking_rarity(bigint, bigint)": RARITY,
    "matchmaking_words(text, text)": SPLIT,
    "matchmaking_tags_above(bigint[])": PATHS,
    "matchmaking_forget_works(bigint[])": FORGET,
    "matchmaking_index_words(bigint[])": WORDS,
    "matchmaking_index_works(bigint[], bigint[])": INDEX,
    "matchmaking_counted_works()": COUNTED,
    "matchmaking_weigh_works()": WEIGH,
    "matchmaking_find_near_works(bigint)": NEAR,
    "matchmaking_rebuild_works()": REBUILD,
}

# Table -> the call that a statement on it ends with; {rows} are the rows that it wrote or removed.
WATCHED = {
    "members_capability": "matchmaking_index_works(ARRAY(SELECT id FROM {rows} WHERE TG_OP <> 'INSERT' "
    "OR direction = 'offered'), '{{}}')",
    "matchmaking_reference": "matchmaking_index_works('{{}}', ARRAY(SELECT id FROM {rows}))",
    "matchmaking_referenceparty": "matchmaking_index_works('{{}}', ARRAY(SELECT DISTINCT reference_id FROM {rows}))",
    "matchmaking_reference_tags": "matchmaking_index_works('{{}}', ARRAY(SELECT DISTINCT reference_id FROM {rows}))",
}


def watch(table: str, call: str) -> tuple[str, str]:
    """A trigger function and its three triggers, and how to take them away."""
    function = f"matchmaking_works_after_{table}"
    create = f"""
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM {call.format(rows="gone")};
    ELSE
        PERFORM {call.format(rows="written")};
    END IF;
    RETURN NULL;
END $$;
"""
    for act, rows in (("INSERT", "NEW TABLE AS written"), ("UPDATE", "NEW TABLE AS written"), ("DELETE", "OLD TABLE AS gone")):
        create += f"""
CREATE TRIGGER works_after_{act.lower()} AFTER {act} ON {table} REFERENCING {rows}
FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
    return create, f"DROP FUNCTION {function}() CASCADE"


class Migration(migrations.Migration):

    replaces = [('matchmaking', '0007_need_index_upkeep')]

    dependencies = [
        ('matchmaking', '0004_upkeep_of_scores'),
    ]

    operations = [
        *(migrations.RunSQL(sql, f"DROP FUNCTION {name}") for name, sql in FUNCTIONS.items()),
        *(migrations.RunSQL(*watch(table, call)) for table, call in WATCHED.items()),
        migrations.RunSQL("SELECT matchmaking_rebuild_works()", migrations.RunSQL.noop),
    ]
