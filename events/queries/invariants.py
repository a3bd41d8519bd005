"""What must always hold of events and registrations, for `manage.py verify`."""

from collections import defaultdict

from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.invariants import Invariant, sql
from events.models import Event, RegistrationStep
from events.queries.campaign_invariants import INVARIANTS as CAMPAIGNS
from events.queries.seats import house_of, waiting_of
from events.rules.lifecycle import path_is_lawful
from events.rules.seats import in_order, settle


def lists_out_of_order() -> list[str]:
    """Waiting lists that do not stand as the rule of their event orders them."""
    wrong = []
    for event in Event.objects.filter(registrations__state="listed").distinct():
        listed = waiting_of(event)
        if listed != in_order(listed, event.list_order, house_of(event).kept):
            wrong.append(f"event {event.pk}")
    return wrong


def places_not_offered() -> list[str]:
    """Events that are on, where somebody waits although a seat is free that they may have."""
    waiting = Event.objects.published().filter(registrations__state="listed").distinct()
    return [
        f"event {event.pk}"
        for event in waiting.filter(starts_at__gt=ClockTimestamp())
        if settle(house_of(event), waiting_of(event), event.list_order).offers
    ]


def unlawful_registrations() -> list[str]:
    """Registrations whose steps are not a path of the state table, or do not end where the registration stands."""
    steps: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    ends: dict[int, str] = {}
    rows = RegistrationStep.objects.order_by("id").values_list(
        "registration_id", "source", "target", "verb", "registration__state"
    )
    for registration, source, target, verb, state in rows:
        steps[registration].append((source, target, verb))
        ends[registration] = state
    return [f"registration {pk}" for pk, path in steps.items() if not path_is_lawful(path) or path[-1][1] != ends[pk]]


INVARIANTS: tuple[Invariant, ...] = (
    sql(
        "seats_are_counted",
        "The seats that an event and its quotas count are those that registrations hold, and never too many.",
        """
        SELECT 'event', e.id, e.taken, count(r.id) FROM events_event e
        LEFT JOIN events_registration r ON r.event_id = e.id AND r.state IN ('confirmed', 'offered')
        GROUP BY e.id HAVING e.taken <> count(r.id) OR count(r.id) > coalesce(e.capacity, count(r.id))
        UNION ALL
        SELECT 'quota', q.id, q.taken, count(r.id) FROM events_quota q
        LEFT JOIN events_registration r ON r.quota_id = q.id GROUP BY q.id
        HAVING q.taken <> count(r.id) OR count(r.id) > q.seats
        """,
    ),
    sql(
        "quotas_fit_into_the_event",
        "Quotas keep no more seats than there are beside those who sit outside them.",
        """
        SELECT e.id, e.capacity, sum(q.seats) FROM events_event e JOIN events_quota q ON q.event_id = e.id
        GROUP BY e.id
        HAVING e.capacity IS NULL OR sum(q.seats) + e.taken - sum(q.taken) > e.capacity
        """,
    ),
    sql(
        "who_holds_a_quota_belongs_to_it",
        "A kept seat is held by somebody of its side or helix role, at its own event.",
        """
        SELECT r.id, q.id FROM events_registration r JOIN events_quota q ON q.id = r.quota_id
        WHERE r.event_id <> q.event_id
           OR (q.side <> '' AND r.side <> q.side) OR (q.helix_role <> '' AND r.helix_role <> q.helix_role)
        """,
    ),
    sql(
        "waiting_lists_without_gaps",
        "Positions on a waiting list are 1, 2, 3 … without a gap.",
        """
        SELECT event_id, count(*), max(position) FROM events_registration WHERE state = 'listed' GROUP BY event_id
        HAVING count(*) <> max(position) OR count(DISTINCT position) <> count(*) OR min(position) <> 1
        """,
    ),
    Invariant(
        "waiting_lists_in_order", "Every waiting list stands in the order of its event's rule.", lists_out_of_order
    ),
    Invariant(
        "nobody_waits_for_a_free_seat", "Nobody waits while a seat is free that they may have.", places_not_offered
    ),
    sql(
        "one_live_registration",
        "A person and an address have one registration at most that counts for an event.",
        """
        SELECT event_id, email, count(*) FROM events_registration
        WHERE state IN ('unconfirmed', 'asked', 'confirmed', 'listed', 'offered') AND email <> ''
        GROUP BY event_id, email HAVING count(*) > 1
        UNION ALL
        SELECT event_id, user_id::text, count(*) FROM events_registration
        WHERE state IN ('unconfirmed', 'asked', 'confirmed', 'listed', 'offered') AND user_id IS NOT NULL
        GROUP BY event_id, user_id HAVING count(*) > 1
        """,
    ),
    sql(
        "nobody_joins_what_is_off",
        "Nobody was registered for a draft, nor for an event after it was cancelled.",
        """
        SELECT r.id, e.state FROM events_registration r JOIN events_event e ON e.id = r.event_id
        WHERE e.state = 'draft' OR r.created_at > e.cancelled_at
        """,
    ),
    sql(
        "cancellation_is_told_once",
        "Everybody who was registered for a cancelled event, at an address of theirs, has one letter that says so, or "
        "is about to get it.",
        """
        SELECT r.id, count(o.id) FROM events_registration r JOIN events_event e ON e.id = r.event_id
        LEFT JOIN events_circular c ON c.event_id = e.id AND c.kind = 'cancelled'
        LEFT JOIN common_outgoingmail o ON o.kind = 'events/cancelled' AND o.target_type = 'events.registration'
             AND o.target_id = r.id::text AND o.dedup_key NOT LIKE '%:again%'
        WHERE e.state = 'cancelled' AND r.email <> '' AND r.state IN ('asked', 'confirmed', 'listed', 'offered')
        GROUP BY r.id, c.id
        HAVING count(o.id) <> 1 AND (c.id IS NULL OR c.told_at IS NOT NULL OR r.id <= c.reached OR count(o.id) <> 0)
        """,
    ),
    sql(
        "circulars_are_not_forgotten",
        "Whatever registrants are to be told of a change is written within an hour.",
        """
        SELECT id, event_id, kind FROM events_circular
        WHERE told_at IS NULL AND at < clock_timestamp() - interval '1 hour'
        """,
    ),
    sql(
        "circulars_write_as_they_count",
        "There are as many letters about a change as its circular has counted, one for each person.",
        """
        SELECT c.id, c.written, count(o.id) FROM events_circular c
        LEFT JOIN events_registration r ON r.event_id = c.event_id AND r.id <= c.upto
        LEFT JOIN common_outgoingmail o ON o.target_type = 'events.registration' AND o.target_id = r.id::text
             AND o.kind = 'events/' || c.kind AND o.dedup_key NOT LIKE '%:again%'
             AND (c.kind = 'cancelled' OR o.dedup_key LIKE o.kind || ':' || r.id || ':' || c.sequence || ':%')
        GROUP BY c.id
        HAVING count(o.id) <> c.written OR count(DISTINCT r.id) FILTER (WHERE o.id IS NOT NULL) <> c.written
        """,
    ),
    sql(
        "reminders_before_the_start",
        "A reminder is sent before its event begins, to people with a place.",
        """
        SELECT n.id, n.kind FROM events_notice n
        WHERE n.kind IN ('week', 'day') AND n.outcome = 'sent' AND (n.at >= n.about OR NOT EXISTS (
            SELECT 1 FROM events_registrationstep s
            WHERE s.registration_id = n.registration_id AND s.target = 'confirmed' AND s.at <= n.at))
        """,
    ),
    sql(
        "notices_have_letters",
        "Every reminder and every thanks that was sent has its letter.",
        """
        SELECT n.id, n.kind FROM events_notice n
        WHERE n.outcome = 'sent' AND NOT EXISTS (
            SELECT 1 FROM common_outgoingmail o
            WHERE o.target_type = 'events.registration' AND o.target_id = n.registration_id::text
              AND o.kind = 'events/' || CASE n.kind WHEN 'thanks' THEN 'thanks'
                                        WHEN 'recertification' THEN 'renewal_due' ELSE 'reminder' END)
        """,
    ),
    sql(
        "published_events_are_whole",
        "A published event has its place or its room, its times in order, a seat, and was published by the office.",
        """
        SELECT e.id, e.slug FROM events_event e
        WHERE e.state <> 'draft' AND (
            e.ends_at <= e.starts_at OR coalesce(e.capacity, 1) < 1 OR e.title_ro = ''
            OR (e.mode <> 'online' AND e.place_name = '') OR (e.mode <> 'on_site' AND e.online_link = '')
            OR NOT EXISTS (SELECT 1 FROM common_user u WHERE u.id = e.published_by_id
                AND (u.is_superuser OR EXISTS (SELECT 1 FROM common_user_groups g JOIN auth_group a ON a.id = g.group_id
                    WHERE g.user_id = u.id AND a.name = 'office'))))
        """,
    ),
    Invariant(
        "registrations_took_lawful_steps",
        "Every registration stands where its lawful steps lead.",
        unlawful_registrations,
    ),
    sql(
        "registrations_have_steps",
        "Every registration has taken its first step.",
        """
        SELECT r.id FROM events_registration r
        WHERE NOT EXISTS (SELECT 1 FROM events_registrationstep s WHERE s.registration_id = r.id)
        """,
    ),
    sql(
        "registration_steps_are_on_the_trail",
        "Every step of a registration has its audit line in the same transaction.",
        """
        SELECT s.id, s.verb FROM events_registrationstep s JOIN events_registration r ON r.id = s.registration_id
        WHERE NOT EXISTS (SELECT 1 FROM common_auditevent a WHERE a.verb = 'registration_' || s.verb
            AND a.target_type = 'events.event' AND a.target_id = r.event_id::text
            AND a.params ->> 'registration' = r.id::text AND a.transaction = s.transaction)
        """,
    ),
    sql(
        "attendance_certificates_without_gaps",
        "Certificates of attendance are numbered 1, 2, 3 … in a year, and the counter knows the last.",
        """
        SELECT year, count(*), max(number) FROM events_attendancecertificate GROUP BY year
        HAVING count(*) <> max(number) OR min(number) <> 1
        UNION ALL
        SELECT c.year, c.last, coalesce(max(a.number), 0) FROM members_counter c
        LEFT JOIN events_attendancecertificate a ON a.year = c.year WHERE c.series = 'attendance'
        GROUP BY c.year, c.last HAVING c.last <> coalesce(max(a.number), 0)
        """,
    ),
    sql(
        "certificates_of_those_who_came",
        "Whoever has a certificate of attendance was checked in.",
        """
        SELECT c.id FROM events_attendancecertificate c JOIN events_registration r ON r.id = c.registration_id
        WHERE r.state <> 'confirmed' OR r.checked_in_at IS NULL
        """,
    ),
    sql(
        "feedback_is_counted",
        "There are as many feedbacks of an event as receipts for them.",
        """
        SELECT e.id FROM events_event e
        WHERE (SELECT count(*) FROM events_feedback f WHERE f.event_id = e.id)
           <> (SELECT count(*) FROM events_feedbackreceipt p JOIN events_registration r ON r.id = p.registration_id
               WHERE r.event_id = e.id)
        """,
    ),
    *CAMPAIGNS,
)
