"""What must always hold of brokerage days, for `manage.py verify`."""

from cluster_portal.common.invariants import Invariant, sql

INVARIANTS: tuple[Invariant, ...] = (
    sql(
        "nobody_meets_in_two_places",
        "A meeting of a brokerage day has two participants, each in one place at a time, at a table of its own.",
        """
        SELECT 'seats', m.id, count(s.id) FROM matchmaking_meeting m LEFT JOIN matchmaking_meetingseat s
            ON s.meeting_id = m.id AND s.slot = m.slot AND s.day_id = m.day_id GROUP BY m.id HAVING count(s.id) <> 2
        UNION ALL
        SELECT 'twice', min(s.id), count(*) FROM matchmaking_meetingseat s
        GROUP BY s.day_id, s.slot, s.member_id HAVING count(*) > 1
        UNION ALL
        SELECT 'table', min(m.id), count(*) FROM matchmaking_meeting m
        GROUP BY m.day_id, m.slot, m."table" HAVING count(*) > 1
        """,
    ),
    sql(
        "meetings_rest_on_wishes",
        "Two meet because one of them asked for it and neither said no, or because the office put them together.",
        """
        SELECT m.id FROM matchmaking_meeting m
        JOIN matchmaking_meetingseat a ON a.meeting_id = m.id
        JOIN matchmaking_meetingseat b ON b.meeting_id = m.id AND b.member_id > a.member_id
        WHERE m.added_by_id IS NULL AND NOT coalesce((
            SELECT bool_and(w.answer <> 'no') FROM matchmaking_wish w
            WHERE (w.member_id, w.partner_id) IN ((a.member_id, b.member_id), (b.member_id, a.member_id))), false)
        """,
    ),
    sql(
        "meetings_lie_in_the_day",
        "Meetings lie within the slots and tables of their day, never in a break.",
        """
        SELECT m.id, m.slot, m."table" FROM matchmaking_meeting m JOIN matchmaking_brokerageday d ON d.id = m.day_id
        WHERE m.slot >= d.slots OR m."table" >= d.tables OR m.slot = ANY(d.breaks)
        """,
    ),
    sql(
        "who_left_a_day_meets_nobody",
        "Who does not come any more has no meeting after it left.",
        """
        SELECT p.id, s.slot FROM matchmaking_daymember p JOIN matchmaking_brokerageday d ON d.id = p.day_id
        JOIN matchmaking_meetingseat s ON s.member_id = p.id
        WHERE p.left_at < d.starts_at + s.slot * d.slot_minutes * interval '1 minute'
        """,
    ),
    sql(
        "days_of_members_in_good_standing",
        "Only members in good standing come to a day that is still to come.",
        """
        SELECT p.id, p.organisation_id FROM matchmaking_daymember p JOIN matchmaking_brokerageday d ON d.id = p.day_id
        WHERE p.left_at IS NULL AND d.starts_at > now() AND d.state <> 'cancelled' AND NOT EXISTS (
            SELECT FROM members_membership m
            WHERE m.organisation_id = p.organisation_id AND m.state IN ('active', 'notice_given'))
        """,
    ),
    sql(
        "published_timetables_are_told",
        "Meetings are confirmed exactly when their day is published, and every participant that hears letters got one.",
        """
        SELECT 'state', m.id, m.state FROM matchmaking_meeting m JOIN matchmaking_brokerageday d ON d.id = m.day_id
        WHERE d.state <> 'cancelled' AND (m.state = 'confirmed') <> (d.state = 'published')
        UNION ALL
        SELECT 'not told', p.id, d.state FROM matchmaking_daymember p JOIN matchmaking_brokerageday d ON d.id = p.day_id
        WHERE d.state = 'published' AND p.left_at IS NULL
          AND EXISTS (SELECT FROM members_representation r JOIN common_user u ON u.id = r.user_id AND u.is_active
                       WHERE r.organisation_id = p.organisation_id AND r.role = 'representative'
                         AND r.began_at <= greatest(d.published_at, p.added_at)
                         AND (r.ended_at IS NULL OR r.ended_at > greatest(d.published_at, p.added_at)))
          AND NOT EXISTS (SELECT FROM common_outgoingmail o WHERE o.kind = 'matchmaking/timetable'
            AND o.dedup_key LIKE 'timetable:' || p.id || ':%')
        """,
    ),
)
