"""What must always hold of matches, interests and introductions, for `manage.py verify`."""

from cluster_portal.common.invariants import Invariant, sql

LEFT = "m.state IN ('active', 'notice_given')"
INVARIANTS: tuple[Invariant, ...] = (
    sql(
        "matches_follow_profiles",
        "Matches are made of what profiles say today.",
        """
        WITH due AS (SELECT r.* FROM matchmaking_reach_of(
            ARRAY(SELECT member_id FROM matchmaking_matchprofile)) r)
        SELECT 'superfluous', member_id, node_id FROM (SELECT * FROM matchmaking_reach EXCEPT SELECT * FROM due) gone
        UNION ALL
        SELECT 'lacking', member_id, node_id FROM (SELECT * FROM due EXCEPT SELECT * FROM matchmaking_reach) missing
        UNION ALL
        SELECT 'not in matching', m.organisation_id, NULL FROM members_membership m
        WHERE matchmaking_takes_part(m.organisation_id)
          AND NOT EXISTS (SELECT FROM matchmaking_matchprofile p WHERE p.member_id = m.organisation_id)
        """,
    ),
    sql(
        "matches_of_members_in_good_standing",
        "Whoever is in matching is a member in good standing that has not opted out, and a pair crosses the line.",
        f"""
        SELECT p.member_id, 'stands badly' FROM matchmaking_matchprofile p WHERE NOT EXISTS (
            SELECT FROM members_membership m WHERE m.organisation_id = p.member_id AND {LEFT})
        UNION ALL
        SELECT p.member_id, 'opted out' FROM matchmaking_matchprofile p JOIN matchmaking_optout o USING (member_id)
        UNION ALL
        SELECT r.member_id, 'has no profile' FROM matchmaking_reach r
        LEFT JOIN matchmaking_matchprofile p USING (member_id) WHERE p.member_id IS NULL
        UNION ALL
        SELECT p.member_id, 'stands on another side' FROM matchmaking_matchprofile p
        JOIN members_organisation o ON o.id = p.member_id WHERE o.side <> p.orientation
        """,  # noqa: S608  # the part is fixed above
    ),
    sql(
        "exposure_tells_of_one_night",
        "Who stands in how many lists was counted in one night, with the places that it gave: at most two a list.",
        """
        SELECT NULL::bigint, 'several nights' FROM matchmaking_exposure HAVING count(DISTINCT computed_at) > 1
        UNION ALL
        SELECT NULL::bigint, 'places of another night' FROM matchmaking_backfill b
        WHERE EXISTS (SELECT FROM matchmaking_exposure)
          AND NOT EXISTS (SELECT FROM matchmaking_exposure e WHERE e.computed_at = b.computed_at) HAVING count(*) > 0
        UNION ALL
        SELECT e.member_id, 'less than its places' FROM matchmaking_exposure e
        WHERE e.lists < (SELECT count(*) FROM matchmaking_backfill b WHERE b.partner_id = e.member_id)
        UNION ALL
        SELECT b.member_id, 'a place too many' FROM matchmaking_backfill b
        WHERE b.rank NOT IN (1, 2) OR b.member_id = b.partner_id
        """,
    ),
    sql(
        "nothing_waits_for_who_left",
        "No interest and no proposal waits between members of whom one is not in matching.",
        """
        SELECT 'interest', i.id FROM matchmaking_interest i WHERE i.state = 'open' AND 2 <> (
            SELECT count(*) FROM matchmaking_matchprofile p WHERE p.member_id IN (i.member_id, i.partner_id))
        UNION ALL
        SELECT 'proposal', p.id FROM matchmaking_proposal p JOIN matchmaking_proposalside s ON s.proposal_id = p.id
        LEFT JOIN matchmaking_matchprofile m ON m.member_id = s.member_id
        WHERE p.state = 'open' AND m.member_id IS NULL
        """,
    ),
    sql(
        "lists_have_their_end",
        "No member states more than twenty offers or twelve needs.",
        """
        SELECT organisation_id, direction, count(*) FROM members_capability
        GROUP BY organisation_id, direction HAVING count(*) > CASE direction WHEN 'offered' THEN 20 ELSE 12 END
        """,
    ),
    sql(
        "introductions_rest_on_two_yes",
        "An introduction rests on an accepted interest, or on a proposal of the office to which both said yes.",
        """
        SELECT i.id FROM matchmaking_introduction i WHERE CASE i.origin
            WHEN 'interest' THEN NOT EXISTS (
                SELECT FROM matchmaking_interest x WHERE x.introduction_id = i.id AND x.state = 'accepted'
                AND x.answered_by_id IS NOT NULL AND x.member_id IN (i.first_id, i.second_id)
                AND x.partner_id IN (i.first_id, i.second_id))
            WHEN 'call' THEN NOT EXISTS (
                SELECT FROM matchmaking_callinvitation v JOIN matchmaking_call k ON k.id = v.call_id
                WHERE v.introduction_id = i.id AND v.state = 'accepted' AND v.answered_by_id IS NOT NULL
                AND k.lead_id IN (i.first_id, i.second_id) AND v.member_id IN (i.first_id, i.second_id))
            ELSE 2 <> (SELECT count(*) FROM matchmaking_proposal p JOIN matchmaking_proposalside s
                ON s.proposal_id = p.id AND s.answer = 'yes' AND s.member_id IN (i.first_id, i.second_id)
                WHERE p.introduction_id = i.id) END
        """,
    ),
    sql(
        "contacts_disclosed_by_consent",
        "Both sides of an introduction consented before it was made; nobody shows contacts without one.",
        """
        SELECT 'introduction', i.id FROM matchmaking_introduction i WHERE NOT (
            EXISTS (SELECT FROM members_contactconsent c WHERE c.organisation_id = i.first_id
                AND c.partner_id = i.second_id AND c.given_at <= i.made_at)
            AND EXISTS (SELECT FROM members_contactconsent c WHERE c.organisation_id = i.second_id
                AND c.partner_id = i.first_id AND c.given_at <= i.made_at))
        UNION ALL
        SELECT 'consent', c.id FROM members_contactconsent c WHERE NOT EXISTS (
            SELECT FROM matchmaking_introduction i WHERE i.first_id = least(c.organisation_id, c.partner_id)
                AND i.second_id = greatest(c.organisation_id, c.partner_id))
        """,
    ),
    sql(
        "introductions_wrote_to_both",
        "Every introduction wrote a letter to a representative of each side, where it has one.",
        """
        SELECT i.id, s.member FROM matchmaking_introduction i
        CROSS JOIN LATERAL (VALUES (i.first_id), (i.second_id)) AS s(member)
        WHERE EXISTS (SELECT FROM members_representation r JOIN common_user u ON u.id = r.user_id AND u.is_active
                       WHERE r.organisation_id = s.member AND r.role = 'representative' AND r.began_at <= i.made_at
                         AND (r.ended_at IS NULL OR r.ended_at > i.made_at))
          AND NOT EXISTS (SELECT FROM common_outgoingmail o WHERE o.kind = 'matchmaking/introduced'
            AND o.dedup_key LIKE 'introduced:' || i.id || ':' || s.member || ':%')
        """,
    ),
    sql(
        "controlled_matches_are_confirmed",
        "Where a match touches the dual-use list, who said yes last had confirmed, and both before any further stage.",
        """
        SELECT i.id, 'nobody confirmed' FROM matchmaking_introduction i WHERE i.controlled AND NOT EXISTS (
            SELECT FROM matchmaking_exportconfirmation e WHERE e.at <= i.made_at
            AND e.member_id IN (i.first_id, i.second_id) AND e.partner_id IN (i.first_id, i.second_id))
        UNION ALL
        SELECT i.id, 'went on without' FROM matchmaking_introduction i JOIN matchmaking_stage s
            ON s.introduction_id = i.id AND s.name NOT IN ('met', 'closed')
        WHERE i.controlled AND NOT EXISTS (
            SELECT FROM matchmaking_exportconfirmation e WHERE e.at <= s.at AND e.member_id = s.member_id
            AND e.partner_id IN (i.first_id, i.second_id))
        """,
    ),
    sql(
        "two_sides_to_a_proposal",
        "A proposal of the office has exactly two sides.",
        """
        SELECT p.id, count(s.id) FROM matchmaking_proposal p LEFT JOIN matchmaking_proposalside s
            ON s.proposal_id = p.id GROUP BY p.id HAVING count(s.id) <> 2
        """,
    ),
    sql(
        "board_follows_profiles",
        "The board says of every offer and need what its profile says today, under the words of today's tree.",
        """
        WITH due AS (SELECT * FROM matchmaking_board_of(ARRAY(SELECT id FROM members_capability)))
        SELECT 'lacking', d.capability_id FROM due d
        LEFT JOIN matchmaking_opportunity o USING (capability_id) WHERE o.capability_id IS NULL
        UNION ALL
        SELECT 'superfluous', o.capability_id FROM matchmaking_opportunity o
        LEFT JOIN due d USING (capability_id) WHERE d.capability_id IS NULL
        UNION ALL
        SELECT 'other words', d.capability_id FROM due d JOIN matchmaking_opportunity o USING (capability_id)
        WHERE (d.tags, d.title, d.search, d.digest) IS DISTINCT FROM (o.tags, o.title, o.search, o.digest::text)
        """,
    ),
    sql(
        "what_was_told_has_its_letter",
        "Whoever is recorded as told of an opportunity or of a match has been written a letter.",
        """
        SELECT 'opportunity', n.id FROM matchmaking_opportunitynotice n WHERE NOT EXISTS (
            SELECT FROM common_outgoingmail o WHERE o.user_id = n.person_id AND o.kind = 'matchmaking/opportunities')
        UNION ALL
        SELECT 'match', n.id FROM matchmaking_matchnotice n WHERE NOT EXISTS (
            SELECT FROM common_outgoingmail o WHERE o.user_id = n.person_id AND o.kind = 'matchmaking/new_matches')
        """,
    ),
    sql(
        "accepted_invitations_are_introductions",
        "Who accepted an invitation to a consortium was introduced to its lead.",
        """
        SELECT v.id FROM matchmaking_callinvitation v JOIN matchmaking_call k ON k.id = v.call_id
        LEFT JOIN matchmaking_introduction i ON i.id = v.introduction_id
            AND i.first_id = least(k.lead_id, v.member_id) AND i.second_id = greatest(k.lead_id, v.member_id)
        WHERE v.state = 'accepted' AND i.id IS NULL
        """,
    ),
    sql(
        "closed_calls_wait_for_nobody",
        "No invitation waits whose call is closed, or of which a side is not in matching.",
        """
        SELECT 'closed', v.id FROM matchmaking_callinvitation v JOIN matchmaking_call k ON k.id = v.call_id
        WHERE v.state = 'invited' AND k.state = 'closed'
        UNION ALL
        SELECT 'left', v.id FROM matchmaking_callinvitation v JOIN matchmaking_call k ON k.id = v.call_id
        WHERE v.state = 'invited' AND 2 <> (
            SELECT count(*) FROM matchmaking_matchprofile p WHERE p.member_id IN (k.lead_id, v.member_id))
        """,
    ),
    sql(
        "teams_keep_to_their_size",
        "No call has more members in its team and invited than it allows.",
        """
        SELECT k.id, count(v.id) FROM matchmaking_call k JOIN matchmaking_callinvitation v ON v.call_id = k.id
            AND v.state IN ('invited', 'accepted') GROUP BY k.id HAVING 1 + count(v.id) > k.size
        """,
    ),
)
