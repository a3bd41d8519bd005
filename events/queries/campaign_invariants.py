"""What must always hold of campaigns of invitations, for `manage.py verify`."""

from cluster_portal.common.invariants import Invariant, sql

INVARIANTS: tuple[Invariant, ...] = (
    sql(
        "campaigns_are_counted",
        "A campaign counts the recipients that it has, and a finished one has dealt with all of them.",
        """
        SELECT c.id, c.total, c.sent, c.left_out FROM events_campaign c
        LEFT JOIN events_recipient r ON r.campaign_id = c.id GROUP BY c.id
        HAVING c.total <> count(r.id) OR c.sent <> count(r.id) FILTER (WHERE r.state = 'sent')
            OR c.left_out <> count(r.id) FILTER (WHERE r.state = 'left_out')
            OR (c.state = 'finished' AND count(r.id) FILTER (WHERE r.state = 'waiting') > 0)
        """,
    ),
    sql(
        "nobody_is_invited_twice",
        "An address and a person are invited to an event once, over all its campaigns.",
        """
        SELECT event_id, address FROM events_recipient WHERE state = 'sent'
        GROUP BY event_id, address HAVING count(*) > 1
        UNION ALL
        SELECT event_id, user_id::text FROM events_recipient WHERE state = 'sent' AND user_id IS NOT NULL
        GROUP BY event_id, user_id HAVING count(*) > 1
        """,
    ),
    sql(
        "invitations_have_their_letter",
        "Whoever was invited has one letter that can be refused, written in the same campaign; nobody else has one.",
        """
        SELECT r.id, r.state, count(o.id) FROM events_recipient r
        LEFT JOIN common_outgoingmail o ON o.kind = 'events/invitation' AND o.target_type = 'events.recipient'
             AND o.target_id = r.id::text AND o.dedup_key NOT LIKE '%:again%' AND o.topic = 'events.invitations'
             AND lower(o.recipient) = r.address
        GROUP BY r.id HAVING count(o.id) <> CASE r.state WHEN 'sent' THEN 1 ELSE 0 END
        """,
    ),
    sql(
        "nobody_is_invited_who_refused",
        "No invitation was written to an address after it had refused invitations.",
        """
        SELECT r.id, t.refused_at FROM events_recipient r
        JOIN common_refusedtopic t ON t.address = r.address AND t.topic = 'events.invitations'
        WHERE r.state = 'sent' AND r.sent_at > t.refused_at + interval '1 minute'
        """,
    ),
    sql(
        "recipients_belong_to_the_event_of_their_campaign",
        "A recipient is invited to the event of the campaign.",
        """
        SELECT r.id FROM events_recipient r JOIN events_campaign c ON c.id = r.campaign_id
        WHERE r.event_id <> c.event_id
        """,
    ),
    sql(
        "nobody_is_invited_to_what_is_off",
        "No campaign sends for an event that is not on, and nobody was invited to one that had been cancelled.",
        """
        SELECT 'campaign', c.id FROM events_campaign c JOIN events_event e ON e.id = c.event_id
        WHERE c.state = 'sending' AND e.state <> 'published'
        UNION ALL
        SELECT 'recipient', r.id FROM events_recipient r JOIN events_event e ON e.id = r.event_id
        WHERE r.state = 'sent' AND r.sent_at > e.cancelled_at
        """,
    ),
)
