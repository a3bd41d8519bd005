"""Who can meet a need: members ranked by what they have done and offer, each with the reasons for its place."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection

from matchmaking.models import Work
from matchmaking.rules.need_search import NEAR, POWER, TAGS, Place, Standing, places
from members.models import Organisation, Tag

LONGEST_TEXT = 8_000
WORKS_SHOWN = 3
WORDS_SHOWN = 6


@dataclass(frozen=True)
class Need:
    """What is asked: texts in one language or both, words of the tree, the least maturity. All may be empty."""

    text_ro: str = ""
    text_en: str = ""
    tags: tuple[int, ...] = ()
    min_trl: int | None = None

    @property
    def key(self) -> str:
        """The same for the same question, so that equals come in the same order each time."""
        parts = (self.text_ro, self.text_en, sorted(set(self.tags)), self.min_trl)
        return sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Neighbour:
    """A reference near to one that counts, which fits the need too; `partners` carried out both."""

    title: str
    partners: int


@dataclass(frozen=True)
class Reason:
    """One work that counts. `points` of all reasons and of the works not shown add up to the score.

    `by_words`, `by_tags` and `by_neighbours` say what share of its points comes from where; they add up to 1.
    """

    work: Work
    points: int
    by_words: float
    by_tags: float
    by_neighbours: float
    words: tuple[str, ...]
    tags: tuple[Tag, ...]
    mature: bool
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Answerer:
    """A member who can meet the need. `by_closeness`: it has its place for its closest work, not for the sum of all."""

    organisation: Organisation
    score: int
    by_closeness: bool
    reasons: tuple[Reason, ...]
    others: int = 0
    others_points: int = 0


# Sums are of whole millionths, so no order of rows can change them. BAND: 1 research, 2 development, 3 deployment.
BAND = "(CASE WHEN {0} >= 7 THEN 3 WHEN {0} >= 4 THEN 2 ELSE 1 END)"
ASKED = f"""
WITH state AS MATERIALIZED (SELECT coalesce((SELECT works FROM matchmaking_indexstate), 0)::bigint AS works),
raw AS (
    SELECT l.language, r.word, round(1e6 * (1 + ln(w.count))
                                   * matchmaking_rarity(r.works, (SELECT works FROM state)))::bigint AS raw
      FROM (VALUES ('ro', %(text_ro)s), ('en', %(text_en)s)) AS l (language, said)
      CROSS JOIN LATERAL matchmaking_words(l.language, l.said) w
      JOIN matchmaking_wordrarity r ON r.language = l.language AND r.word = w.word),
asked AS MATERIALIZED (
    SELECT language, word, round(1e6 * coalesce(raw / nullif(
               sqrt((sum(raw * raw) OVER (PARTITION BY language))::float8), 0), 0))::bigint AS weight FROM raw),
asked_tag AS MATERIALIZED (
    SELECT a.above_id AS tag_id,
           round(1e6 * matchmaking_rarity(max(r.works), (SELECT works FROM state)))::bigint AS rarity
      FROM matchmaking_tags_above(%(tags)s::bigint[]) a
      LEFT JOIN matchmaking_tagrarity r ON r.tag_id = a.above_id GROUP BY a.above_id),
by_words AS (
    SELECT work_id, max(words) AS words FROM (
        SELECT w.work_id, sum(a.weight * w.weight) / 1000000 AS words FROM asked a
          JOIN matchmaking_workword w ON w.language = a.language AND w.word = a.word
         GROUP BY w.work_id, a.language) one GROUP BY work_id),
by_tags AS (
    SELECT t.work_id, sum(a.rarity) * 1000000 / nullif((SELECT sum(rarity) FROM asked_tag), 0) AS tags
      FROM asked_tag a JOIN matchmaking_worktag t ON t.tag_id = a.tag_id GROUP BY t.work_id),
own AS MATERIALIZED (
    SELECT k.id, k.shared, f.mature,
           round(coalesce(b.words, 0) / f.part)::bigint AS words,
           round({TAGS} * coalesce(t.tags, 0) / f.part)::bigint AS tags
      FROM by_words b FULL JOIN by_tags t ON t.work_id = b.work_id
      JOIN matchmaking_work k ON k.id = coalesce(b.work_id, t.work_id)
      LEFT JOIN members_capability c ON c.id = k.offer_id
      CROSS JOIN LATERAL (SELECT %(band)s::int <= CASE WHEN k.trl IS NULL AND k.reference_id IS NOT NULL THEN 3
                                                       ELSE {BAND.format("k.trl")} END AS mature) m
      CROSS JOIN LATERAL (SELECT m.mature, {1 + TAGS} * {1 + NEAR} * CASE WHEN m.mature THEN 1 ELSE 2 END AS part) f
     WHERE (k.shared OR %(all)s)
       AND (c.expires_on IS NULL OR c.expires_on >= (now() AT TIME ZONE 'Europe/Bucharest')::date)),
near AS (
    SELECT n.work_id, sum((own.words + own.tags) * n.share) / 1000000 AS near
      FROM matchmaking_nearwork n JOIN own ON own.id = n.near_id
      JOIN matchmaking_work k ON k.id = n.work_id AND (k.shared OR %(all)s) GROUP BY n.work_id),
whole AS (
    SELECT coalesce(own.id, n.work_id) AS work_id, coalesce(own.words, 0) AS words, coalesce(own.tags, 0) AS tags,
           coalesce(own.mature, true) AS mature, coalesce(floor(n.near)::bigint, 0) AS near
      FROM own FULL JOIN near n ON n.work_id = own.id),
weighed AS MATERIALIZED (
    SELECT w.*, w.words + w.tags + w.near AS fit,
           round(1e6 * power((w.words + w.tags + w.near) / 1e6::float8, {POWER}))::bigint AS points FROM whole w),
counts AS (
    SELECT p.organisation_id, w.* FROM weighed w JOIN matchmaking_workparty p ON p.work_id = w.work_id
      JOIN members_membership m ON m.organisation_id = p.organisation_id AND m.state IN ('active', 'notice_given')
     WHERE w.fit > 0 AND NOT EXISTS (SELECT FROM matchmaking_optout o WHERE o.member_id = p.organisation_id))
"""  # noqa: S608  # the parts are fixed numbers
STANDINGS = f"""{ASKED}
SELECT organisation_id, sum(points)::bigint, max(fit) FROM counts GROUP BY organisation_id
"""  # noqa: S608  # as above
COUNTED = f"""{ASKED}
SELECT * FROM (
    SELECT organisation_id, work_id, points, words, tags, near, fit, mature,
           row_number() OVER (PARTITION BY organisation_id ORDER BY points DESC, work_id) AS place,
           count(*) OVER (PARTITION BY organisation_id) AS works
      FROM counts WHERE organisation_id = ANY(%(organisations)s)) one
 WHERE place <= %(shown)s ORDER BY organisation_id, place
"""  # noqa: S608  # as above
"""The works of some members that count most."""
IN_COMMON = f"""{ASKED}
SELECT 'word', w.work_id, 0, a.language || ' ' || a.word, sum(a.weight * w.weight) AS weight FROM asked a
  JOIN matchmaking_workword w ON w.language = a.language AND w.word = a.word
 WHERE w.work_id = ANY(%(works)s) GROUP BY w.work_id, a.language, a.word
UNION ALL
SELECT 'tag', t.work_id, t.tag_id, '', a.rarity FROM asked_tag a
  JOIN matchmaking_worktag t ON t.tag_id = a.tag_id WHERE t.work_id = ANY(%(works)s)
UNION ALL
SELECT 'near', n.work_id, n.near_id, max(n.partners)::text, sum((own.words + own.tags) * n.share)
  FROM matchmaking_nearwork n JOIN own ON own.id = n.near_id WHERE n.work_id = ANY(%(works)s)
 GROUP BY n.work_id, n.near_id
ORDER BY 1, 5 DESC, 4, 3
"""  # noqa: S608  # as above
"""What these works have in common with the need, the weightiest first."""
STEMS = """
SELECT w.language || ' ' || s.word, w.word
  FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS w (language, word, place)
  CROSS JOIN LATERAL matchmaking_words(w.language, w.word) s ORDER BY w.place
"""
"""What was typed, for each stem."""


def who_can_meet(
    need: Need, *, limit: int = 20, without: int | None = None, office: bool = False, hidden: Collection[int] = ()
) -> list[Answerer]:
    """The members most able to meet the need, best first, with reasons. Nobody in whom nothing fits.

    `without`: the owner of the need. `office`: also what only the cluster office may see weighs in and is told.
    `hidden`: members that the reader may not see; they take nobody's place.
    """
    best = ranking(need, limit=limit, without=without, office=office, hidden=hidden)
    organisations = Organisation.objects.in_bulk([place.organisation for place in best])
    reasons = _reasons(need, best, office=office)
    return [
        Answerer(organisations[place.organisation], place.score, place.by_closeness, *reasons[place.organisation])
        for place in best
        if place.organisation in organisations and place.organisation in reasons  # withdrawn while we were reading
    ]


def ranking(
    need: Need,
    *,
    limit: int | None = None,
    without: int | None = None,
    office: bool = False,
    hidden: Collection[int] = (),
) -> list[Place]:
    """The places alone: all members in whom anything fits, or the first `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS, _asked(need, office=office))
        left_out = {without, *hidden}
        standings = [Standing(*row) for row in cursor.fetchall() if row[0] not in left_out]
    return places(need.key, standings, limit)


def _asked(need: Need, *, office: bool) -> dict[str, Any]:
    least = need.min_trl or 1
    return {
        "text_ro": need.text_ro[:LONGEST_TEXT],
        "text_en": need.text_en[:LONGEST_TEXT],
        "tags": sorted(set(need.tags)),
        "band": 3 if least >= 7 else 2 if least >= 4 else 1,
        "all": office,
    }


def _reasons(need: Need, best: Sequence[Place], *, office: bool) -> dict[int, tuple[tuple[Reason, ...], int, int]]:
    """Member -> its reasons, how many more works count, and their points."""
    if not best:
        return {}
    asked = _asked(need, office=office)
    with connection.cursor() as cursor:
        shown = {"organisations": [place.organisation for place in best], "shown": WORKS_SHOWN}
        cursor.execute(COUNTED, asked | shown)
        counted = cursor.fetchall()
        common = _in_common(cursor, need, asked | {"works": sorted({row[1] for row in counted})})
    works = Work.objects.select_related("reference", "offer__tag").in_bulk(common.works({row[1] for row in counted}))
    tags = Tag.objects.in_bulk(common.all_tags)
    found: dict[int, list[Reason]] = defaultdict(list)
    more: dict[int, int] = {}
    for organisation, work, points, words, by_tags, near, fit, mature, _place, count in counted:
        if work not in works:  # withdrawn while we were reading
            continue
        neighbours = tuple(Neighbour(works[pk].title, partners) for pk, partners in common.near[work] if pk in works)
        found[organisation].append(
            Reason(
                work=works[work],
                points=points,
                by_words=words / fit,
                by_tags=by_tags / fit,
                by_neighbours=near / fit,
                words=tuple(common.words[work][:WORDS_SHOWN]),
                tags=tuple(tags[pk] for pk in common.tags[work]),
                mature=mature,
                neighbours=neighbours,
            )
        )
        more[organisation] = count
    return {
        place.organisation: (
            tuple(found[place.organisation]),
            more[place.organisation] - len(found[place.organisation]),
            place.score - sum(reason.points for reason in found[place.organisation]),
        )
        for place in best
        if place.organisation in found
    }


@dataclass(frozen=True)
class _Common:
    """What works have in common with the need: words as they were typed, tags, near references with partners."""

    words: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    tags: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    near: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all_tags(self) -> set[int]:
        return {pk for tags in self.tags.values() for pk in tags}

    def works(self, own: Collection[int]) -> set[int]:
        return {*own, *(pk for near in self.near.values() for pk, _partners in near)}


def _in_common(cursor: Any, need: Need, asked: dict[str, Any]) -> _Common:
    pairs = [
        (language, word)
        for language, text in (("ro", need.text_ro), ("en", need.text_en))
        for word in _words(text[:LONGEST_TEXT])
    ]
    cursor.execute(STEMS, [[language for language, _word in pairs], [word for _language, word in pairs]])
    typed: dict[str, str] = {}
    for stem, word in cursor.fetchall():
        typed.setdefault(stem, word)
    cursor.execute(IN_COMMON, asked)
    common = _Common()
    for kind, work, pk, text, _weight in cursor.fetchall():
        if kind == "word":
            word = typed.get(text, text.partition(" ")[2])
            if word not in common.words[work]:
                common.words[work].append(word)
        elif kind == "tag":
            common.tags[work].append(pk)
        elif len(common.near[work]) < 2:
            common.near[work].append((pk, int(text)))
    return common


def _words(text: str) -> Iterator[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in text)
    return iter(dict.fromkeys(letters.split()))
