"""What must always hold of requests, decisions and members, for `manage.py verify`."""

from collections import defaultdict

from cluster_portal.common.invariants import Invariant, sql
from members.models import AdhesionTransition, RegisterEvent, Round
from members.queries.board import ballots_digest, standings
from members.rules.lifecycle import path_is_lawful


def unlawful_paths() -> list[str]:
    """Requests whose steps are not a path of the state table, or whose state is not where the path ends."""
    steps: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    ends: dict[int, str] = {}
    times: dict[int, list[object]] = defaultdict(list)
    rows = AdhesionTransition.objects.order_by("id").values_list(
        "request_id", "source", "target", "verb", "at", "request__state"
    )
    for request, source, target, verb, at, state in rows:
        steps[request].append((source, target, verb))
        times[request].append(at)
        ends[request] = state
    return [
        f"request {request}"
        for request, path in steps.items()
        if not path_is_lawful(path) or path[-1][1] != ends[request] or times[request] != sorted(times[request])  # type: ignore[type-var]
    ]


def recounted() -> list[str]:
    """Closed rounds whose stored result is not what the engine computes again from seats, ballots and rules."""
    wrong = []
    for vote in (
        Round.objects.filter(closed_at__isnull=False).exclude(result="abandoned").select_related("statute", "request")
    ):
        now = standings(vote)
        result = now.result().value
        if result != vote.result:
            wrong.append(f"round {vote.pk}: stored {vote.result}, counted {result}")
    return wrong


def changed_after_closing() -> list[str]:
    """Closed rounds whose seats or ballots are not those that were hashed at the closing."""
    closed = Round.objects.filter(closed_at__isnull=False)
    return [f"round {vote.pk}" for vote in closed if ballots_digest(vote) != vote.digest]


def register_behind() -> list[str]:
    """Memberships whose state is not what the last line of the register says."""
    says = {
        "admitted": {"active"},
        "reinstated": {"active", "suspended"},
        "suspended": {"suspended"},
        "notice_given": {"notice_given"},
        "withdrew": {"withdrawn"},
        "excluded": {"excluded"},
        "ceased": {"ceased"},
    }
    last: dict[int, tuple[str, str]] = {}
    for membership, verb, state in RegisterEvent.objects.order_by("id").values_list(
        "membership_id", "verb", "membership__state"
    ):
        last[membership] = (verb, state)
    return [f"membership {pk}: {verb}, {state}" for pk, (verb, state) in last.items() if state not in says[verb]]


INVARIANTS: tuple[Invariant, ...] = (
    sql(
        "approved_request_has_one_membership",
        "Every approved request made one membership, and every membership rests on a resolution or the founding act.",
        """
        SELECT 'request', r.id::text FROM members_adhesionrequest r
        WHERE r.state = 'approved' AND 1 <> (
            SELECT count(*) FROM members_membership m JOIN members_resolution s ON s.id = m.resolution_id
            WHERE s.request_id = r.id AND s.outcome = 'approved')
        UNION ALL
        SELECT 'membership', m.id::text FROM members_membership m
        LEFT JOIN members_resolution s ON s.id = m.resolution_id
        WHERE m.basis = 'resolution' AND (s.id IS NULL OR s.outcome <> 'approved')
        """,
    ),
    sql(
        "decided_request_has_its_resolution",
        "The last resolution of a decided request says what its state says, under the statute of the request.",
        """
        SELECT r.id, r.state FROM members_adhesionrequest r
        LEFT JOIN LATERAL (
            SELECT * FROM members_resolution s WHERE s.request_id = r.id ORDER BY s.id DESC LIMIT 1) s ON true
        WHERE r.state IN ('approved', 'rejected')
          AND (s.id IS NULL OR s.outcome <> r.state OR s.statute_id <> r.statute_id)
        """,
    ),
    sql(
        "resolutions_without_gaps",
        "Resolutions of a body are numbered 1, 2, 3 … in a year, and the counter knows the last.",
        """
        SELECT body, year, count(*), max(number) FROM members_resolution GROUP BY body, year
        HAVING count(*) <> max(number) OR min(number) <> 1
        UNION ALL
        SELECT c.series, c.year, c.last, coalesce(m.highest, 0) FROM members_counter c
        LEFT JOIN (SELECT body, year, max(number) AS highest FROM members_resolution GROUP BY body, year) m
          ON c.series = 'resolution:' || m.body AND c.year = m.year
        WHERE c.series LIKE 'resolution:%' AND c.last <> coalesce(m.highest, 0)
        """,
    ),
    sql(
        "requests_without_gaps",
        "Submitted requests are numbered without a gap in a year.",
        """
        SELECT c.year, c.last, count(r.id) FROM members_counter c
        LEFT JOIN members_adhesionrequest r ON r.number LIKE c.year || '-%'
        WHERE c.series = 'request' GROUP BY c.year, c.last HAVING count(r.id) <> c.last
        """,
    ),
    sql(
        "ballots_of_the_entitled",
        "Ballots were cast by directors who declared no interest, while the round was open.",
        """
        SELECT b.id FROM members_ballot b
        JOIN members_seat s ON s.id = b.seat_id JOIN members_round r ON r.id = s.round_id
        WHERE s.declared_at IS NULL OR b.cast_at < r.opened_at OR b.cast_at > r.closed_at
        """,
    ),
    sql(
        "seats_of_directors_in_office",
        "Every seat of a round was of a director with a mandate on that day, and every such director has a seat.",
        """
        SELECT r.id, coalesce(s.user_id, d.user_id) FROM members_round r
        JOIN members_directorship d ON d.starts_on <= (r.opened_at AT TIME ZONE 'Europe/Bucharest')::date
            AND (d.ends_on IS NULL OR d.ends_on >= (r.opened_at AT TIME ZONE 'Europe/Bucharest')::date)
        LEFT JOIN members_seat s ON s.round_id = r.id AND s.user_id = d.user_id WHERE s.id IS NULL
        UNION ALL
        SELECT r.id, s.user_id FROM members_seat s JOIN members_round r ON r.id = s.round_id
        WHERE NOT EXISTS (SELECT 1 FROM members_directorship d WHERE d.user_id = s.user_id
            AND d.starts_on <= (r.opened_at AT TIME ZONE 'Europe/Bucharest')::date
            AND (d.ends_on IS NULL OR d.ends_on >= (r.opened_at AT TIME ZONE 'Europe/Bucharest')::date))
        """,
    ),
    Invariant("rounds_recounted", "Every closed round has the result that its ballots give.", recounted),
    Invariant("rounds_unchanged", "Nothing changed in a round after it was closed.", changed_after_closing),
    Invariant("requests_took_lawful_steps", "Every request stands where its lawful steps lead.", unlawful_paths),
    sql(
        "states_have_steps",
        "A request that is no draft has taken a step.",
        """
        SELECT r.id FROM members_adhesionrequest r WHERE r.state <> 'draft'
        AND NOT EXISTS (SELECT 1 FROM members_adhesiontransition t WHERE t.request_id = r.id)
        """,
    ),
    sql(
        "deliberation_ends",
        "A decided, withdrawn or lapsed request has no open round.",
        """
        SELECT r.id FROM members_adhesionrequest r JOIN members_round v ON v.request_id = r.id
        WHERE v.closed_at IS NULL AND r.state <> 'deliberation'
        """,
    ),
    Invariant("register_is_current", "The register's last line of a member says the member's state.", register_behind),
    sql(
        "register_begins_with_admission",
        "Every membership has exactly one line of admission, in the transaction of its resolution.",
        """
        SELECT m.id FROM members_membership m
        LEFT JOIN members_registerevent e ON e.membership_id = m.id AND e.verb = 'admitted'
        LEFT JOIN members_resolution s ON s.id = m.resolution_id
        GROUP BY m.id, s.id, s.transaction
        HAVING count(e.id) <> 1 OR (s.id IS NOT NULL AND min(e.transaction) <> s.transaction)
        """,
    ),
    sql(
        "directory_shows_members_only",
        "Only members in good standing are in the directory.",
        """
        SELECT d.organisation_id, d.audience FROM members_directoryentry d
        WHERE NOT EXISTS (SELECT 1 FROM members_membership m
            WHERE m.organisation_id = d.organisation_id AND m.state IN ('active', 'notice_given'))
        """,
    ),
    sql(
        "directory_shows_every_member",
        "Every member in good standing is in the members' directory.",
        """
        SELECT m.organisation_id FROM members_membership m WHERE m.state IN ('active', 'notice_given')
        AND NOT EXISTS (SELECT 1 FROM members_directoryentry d
            WHERE d.organisation_id = m.organisation_id AND d.audience = 'members')
        """,
    ),
    sql(
        "letters_for_every_step",
        "Every submission, return, declaration of completeness and decision wrote its letter.",
        """
        SELECT t.id, t.verb FROM members_adhesiontransition t
        JOIN (VALUES ('submit', 'adhesion_received'), ('resubmit', 'adhesion_received'),
                     ('return', 'adhesion_returned'),
                     ('declare_complete', 'adhesion_complete'), ('lapse', 'adhesion_lapsed'),
                     ('approve', 'adhesion_approved'), ('reject', 'adhesion_rejected')) AS w(verb, letter)
          ON w.verb = t.verb
        WHERE NOT EXISTS (SELECT 1 FROM common_outgoingmail o WHERE o.kind = 'members/' || w.letter
            AND o.target_type = 'members.adhesionrequest' AND o.target_id = t.request_id::text)
        """,
    ),
    sql(
        "steps_are_on_the_trail",
        "Every step of a request has its audit line in the same transaction.",
        """
        SELECT t.id, t.verb FROM members_adhesiontransition t
        WHERE NOT EXISTS (SELECT 1 FROM common_auditevent e WHERE e.verb = 'adhesion_' || t.verb
            AND e.target_id = t.request_id::text AND e.transaction = t.transaction)
        """,
    ),
    sql(
        "suggested_words_are_answered",
        "Whoever missed a word and was answered has a letter and a line in the trail, and the word is in the tree.",
        """
        SELECT s.id, 'no letter' FROM members_tagsuggestion s WHERE s.decided_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM common_outgoingmail o WHERE o.dedup_key LIKE 'suggestion_answered:' || s.id || ':%')
        UNION ALL
        SELECT s.id, 'not on the trail' FROM members_tagsuggestion s WHERE s.decided_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM common_auditevent e WHERE e.target_type = 'members.organisation'
            AND e.target_id = s.organisation_id::text AND e.actor_id = s.decided_by_id
            AND e.verb = CASE s.state WHEN 'promoted' THEN 'word_promoted' WHEN 'merged' THEN 'word_meant'
                ELSE 'word_declined' END)
        UNION ALL
        SELECT s.id, 'a main branch' FROM members_tagsuggestion s JOIN members_tag t ON t.id = s.word_id
        WHERE t.parent_id IS NULL
        UNION ALL
        SELECT s.organisation_id, 'too many wait' FROM members_tagsuggestion s WHERE s.state = 'waiting'
        GROUP BY s.organisation_id HAVING count(*) > 10
        """,
    ),
)
