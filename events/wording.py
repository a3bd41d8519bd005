"""The sentence for each code of the rules of events, and times as people read them, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.topics import offer
from cluster_portal.common.wording import learn
from events.enums import CampaignState, EventState, RegistrationState, StopReason
from members.rules.errors import Coded, in_plain_words
from members.wording import sentence as members_sentence

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

INVITATIONS = offer(
    "events.invitations",
    _("Invitations to seminars"),
    _("The cluster office asks you to a seminar, a training or a brokerage day that may concern you."),
)
"""The optional letters of events; all others concern a registration and are essential."""

NAMES: "Mapping[str, StrPromise | str]" = {
    **{str(value): label for value, label in RegistrationState.choices},
    **{str(value): label for value, label in EventState.choices},
    **{str(value): label for value, label in CampaignState.choices},
    "person": _("the participant"),
    "office": _("the cluster office"),
    "list": _("the waiting list"),
    "system": _("the portal itself, when a term ends"),
}
"""Words for the codes that occur as parameters."""

NAMED = ("state", "source", "target", "actor")

SENTENCES: "Mapping[str, StrPromise]" = {
    "address_wrong": _("“%(email)s” is not an e-mail address. Correct it."),
    "already_checked_in": _("This person has been checked in already, so the place cannot be given back."),
    "answer_not_offered": _("Choose one of the answers to “%(question)s”."),
    "answer_too_long": _("The answer to “%(question)s” may have %(most)s characters. Shorten it."),
    "answers_missing": _("Please answer: %(questions)s"),
    "cancelling_needs_reason": _("Write why the registration is cancelled: the person reads it."),
    "campaign_addresses_nobody": _(
        "Choose which people of members are invited, or those who took part in earlier events."
    ),
    "campaign_has_started": _("This campaign has started, so it stays as it is. Make another one."),
    "campaign_needs_words": _("Write what the letter says in Romanian."),
    "campaign_overtaken": _("This page has grown old. Open it again."),
    "campaign_reach_changed": _("Meanwhile the audience has changed. Look at the number again, then confirm."),
    "campaign_reaches_nobody": _("Nobody would get this letter. Look at the reasons below, or change the audience."),
    "campaign_step_unlawful": _("This campaign is in the state “%(source)s”, in which this cannot be done."),
    "capacity_below_taken": _(
        "%(taken)s seats are taken, so the event cannot have fewer. Cancel registrations first, or write %(taken)s "
        "or more."
    ),
    "capacity_too_small": _("An event has at least one seat. Leave the field empty for no limit."),
    "certificate_issued_already": _("%(name)s has a certificate of attendance already, so the check-in stays."),
    "choice_needs_answers": _("Write at least two answers to choose from."),
    "choices_do_not_match": _(
        "There are %(ro)s answers in Romanian and %(en)s in English. Write the same answers in the same order, or none "
        "in English."
    ),
    "colleagues_not_yours": _(
        "Only the people of a member in good standing can register colleagues, for their own organisation."
    ),
    "declining_needs_reason": _("Write why there is no place for this person: it is in the letter."),
    "door_not_open": _("Check-in opens on %(opens)s."),
    "ends_before_start": _("The event would end before it starts. Correct one of the times."),
    "event_cancelled": _("This event was cancelled; nothing can be changed about it."),
    "event_gone": _("This draft was discarded meanwhile."),
    "event_has_begun": _("The event has begun, so registration is over."),
    "event_is_over": _("The event is over."),
    "event_lacks": _("Before it is published the event needs: %(fields)s."),
    "event_not_for_you": _("Registration for this event is not open to you."),
    "event_not_on": _("This event is not taking place for now, so nobody can be let in."),
    "event_not_open": _("Registration for this event is not open."),
    "event_not_over": _("Certificates can be issued once the event is over: after %(ends)s."),
    "event_overtaken": _(
        "Somebody else has changed the event since you opened this page. Nothing was saved: load the page again."
    ),
    "event_step_unlawful": _(
        "An event that is “%(source)s” cannot become “%(target)s”. Load the page again: somebody may have acted before "
        "you."
    ),
    "events_office_only": _("Only the cluster office can do this."),
    "feed_not_yours": _("This calendar belongs to somebody else."),
    "feedback_needs_rating": _("Give at least the overall rating."),
    "feedback_not_now": _("Feedback is for those who took part, once the event is over."),
    "guests_not_welcome": _(
        "This event takes no guests without an account. Sign in, or create an account, to register."
    ),
    "link_not_safe": _("The link has to begin with https://."),
    "link_over": _("This link is no longer valid. Please register again."),
    "local_time_missing": _(
        "The time %(time)s does not exist: the clock jumps to summer time that night. The first time after it is "
        "%(first)s."
    ),
    "local_time_twice": _(
        "The time %(time)s comes twice: the clock goes back to winter time that night. Choose a time before 03:00 or "
        "from 04:00 on."
    ),
    "name_needed": _("Write the full name."),
    "new_date_is_past": _("The new date has to lie ahead."),
    "no_seat_free": _(
        "All %(capacity)s seats are taken. Free the seat of somebody who has not come, or raise the number of seats."
    ),
    "not_a_draft_event": _("Only a draft can be thrown away; cancel the event instead."),
    "not_confirmed": _("%(name)s has no confirmed place (%(state)s). Let the person in as somebody who walks in."),
    "not_waiting_for_approval": _("This registration does not wait for approval (%(state)s)."),
    "nothing_offered": _("No place is offered to you at the moment (%(state)s)."),
    "offer_over": _("This place was kept until a time that has passed, so it has gone to the next. Register again."),
    "only_trainings_run_out": _("Only a training has months of validity. Leave the field empty."),
    "organisation_not_yours": _("You do not act for this organisation."),
    "part_overtaken": _(
        "Somebody else has saved this since you opened the page. Nothing of yours is saved yet, and nothing is lost: "
        "what you wrote stands below. Save again to put it in place of what is saved now."
    ),
    "pasted_more_wrong": _("Lines that are wrong besides: %(count)s."),
    "pasted_under_two_names": _("Line %(line)s: %(email)s stands on line %(first)s under another name. Keep one."),
    "pasted_without_address": _("Line %(line)s has no e-mail address: “%(text)s”"),
    "pasted_without_name": _("Line %(line)s: write the full name beside %(email)s."),
    "postponed_needs_date": _("The event is postponed: give it its new date by the button for that."),
    "question_answered_already": _(
        "%(count)s people have answered this question, so its kind and its answers stay. Add a new question instead."
    ),
    "question_needs_text": _("Write the question."),
    "question_unknown": _("One of the questions has been removed meanwhile. Load the page again."),
    "quota_below_taken": _("%(taken)s seats of this quota are taken, so it cannot keep %(seats)s."),
    "quota_twice": _("Each side and each helix role has one quota at most."),
    "quota_unclear": _("A quota is for one side or one helix role, and keeps at least one seat."),
    "quotas_above_capacity": _("The quotas keep %(kept)s seats, but the event has %(capacity)s."),
    "quotas_leave_too_few": _(
        "With these quotas the people who have a place need %(least)s seats; the event would have %(capacity)s."
    ),
    "quotas_need_capacity": _("Quotas keep seats of a limited number: write how many seats the event has."),
    "rating_out_of_range": _("A rating is from 1 to 5."),
    "reason_needed": _("Write why: everybody who is registered reads it."),
    "registration_closed": _("Registration closed on %(closed)s."),
    "registration_closes_first": _("Registration would close before it opens. Correct one of the times."),
    "registration_not_open_yet": _("Registration opens on %(opens)s."),
    "registration_not_yours": _("This registration belongs to somebody else."),
    "registration_opens_too_late": _("Registration would open after the event is over. Correct one of the times."),
    "registration_over": _("This registration is over (%(state)s)."),
    "registration_step_unlawful": _(
        "A registration that is “%(source)s” cannot become “%(target)s”. Load the page again: something may have "
        "happened meanwhile."
    ),
    "session_ends_before_start": _("The session would end before it starts. Correct one of the times."),
    "session_has_slides": _(
        "“%(session)s” has materials (%(count)s). Move them to another session or remove them first."
    ),
    "session_of_another_event": _("This session belongs to another event."),
    "session_outside_event": _("The session lies outside the event, which lasts from %(starts)s to %(ends)s."),
    "sessions_outside": _("The session “%(session)s” would lie outside the event. Move or shorten it first."),
    "speaker_has_sessions": _("%(speaker)s speaks in sessions (%(count)s). Take the speaker out of them first."),
    "speaker_has_slides": _(
        "%(speaker)s has slides or other materials here (%(count)s), which would lose their author. Remove them first, "
        "or give them to another speaker."
    ),
    "title_needed": _("Write the title in Romanian."),
    "too_many_at_once": _("These are %(count)s people; register at most %(most)s at once."),
    "too_many_colleagues": _(
        "An organisation registers at most %(most)s people. Write to the cluster office for more."
    ),
}
"""What the rules and the actions of events refuse to do."""


def sentence(coded: Coded) -> str:
    """What a refusal says, in the active language; codes of membership are put into words by `members`."""
    template = SENTENCES.get(coded.code)
    if template is None:
        return members_sentence(coded)
    if not coded.params:
        return str(template)
    try:
        return template % {name: _shown(name, value) for name, value in coded.params.items()}
    except KeyError:
        return in_plain_words(coded.code, coded.params)


def _shown(name: str, value: object) -> object:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_shown(name, one)) for one in value)
    if isinstance(value, datetime):
        return moment(value)
    return str(NAMES.get(str(value), value)) if name in NAMED else value


def moment(at: datetime) -> str:
    """Day and time by the wall clock; a time without a zone is one already."""
    shown = at if timezone.is_naive(at) else timezone.localtime(at)
    return f"{date_format(shown, 'j F Y')}, {date_format(shown, 'H:i')}"


def when(starts_at: datetime, ends_at: datetime, *, all_day: bool) -> str:
    """From when to when, as short as it is clear: "21 September 2026, 10:00–12:30"."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    first = date_format(start, "j F Y")
    if all_day:
        last = date_format(end - timedelta(microseconds=1), "j F Y")  # until midnight is not the day that begins then
        return first if first == last else f"{first} – {last}"
    if start.date() == end.date():
        return f"{first}, {date_format(start, 'H:i')}–{date_format(end, 'H:i')}"
    return f"{moment(starts_at)} – {moment(ends_at)}"


TRAIL: "Mapping[str, StrPromise]" = {
    "certificates_issued": _("Certificates of attendance were issued (%(count)s)"),
    "check_in_undone": _("A check-in was taken back"),
    "checked_in": _("A participant was checked in"),
    "event_cancel": _("The event was cancelled"),
    "event_created": _("The event was drafted"),
    "programme_imported": _("A programme was imported (%(count)s sessions)"),
    "campaign_created": _("A campaign of invitations was drafted (no. %(campaign)s)"),
    "campaign_discarded": _("The draft of a campaign of invitations was thrown away (no. %(campaign)s)"),
    "campaign_edited": _("A campaign of invitations was edited (no. %(campaign)s)"),
    "campaign_finish": _("A campaign of invitations was finished (no. %(campaign)s: %(sent)s letters)"),
    "campaign_resume": _("A campaign of invitations went on (no. %(campaign)s, letters to go: %(letters)s)"),
    "campaign_start": _("A campaign of invitations was started (no. %(campaign)s, letters: %(letters)s)"),
    "campaign_stop": _("A campaign of invitations was stopped (no. %(campaign)s): %(reason)s"),
    "event_discarded": _("The draft of the event was thrown away"),
    "event_duplicated": _("The event was copied into a series (%(copies)s)"),
    "event_edited": _("The event was edited (%(fields)s)"),
    "event_invited": _("The event was opened to invited people (%(count)s)"),
    "event_postpone": _("The event was postponed"),
    "event_publish": _("The event was published"),
    "event_reschedule": _("The event got its new date"),
    "event_seats_changed": _("The seats of the event were changed"),
    "event_uninvited": _("An invitation to the event was taken back"),
    "feed_made": _("A private calendar was made"),
    "feed_revoked": _("A private calendar was ended"),
    "feedback_given": _("A participant gave feedback"),
    "material_added": _("A material was added"),
    "material_edited": _("A material was edited"),
    "material_removed": _("A material was removed"),
    "question_removed": _("A question to registrants was removed"),
    "question_saved": _("A question to registrants was saved"),
    "registration_accept": _("An offered place was accepted"),
    "registration_answers_changed": _("A registrant changed the answers"),
    "registration_approve": _("A registration was approved"),
    "registration_ask_address": _("A guest was asked to confirm the address"),
    "registration_cancel": _("A registration was cancelled"),
    "registration_confirm_address": _("A guest confirmed the address"),
    "registration_decline": _("A registration was declined"),
    "registration_lapse": _("An offer or an unconfirmed registration ran out"),
    "registration_offer": _("A place was offered to the next on the list"),
    "registration_refuse": _("An offered place was refused"),
    "registration_register": _("Somebody was registered"),
    "registration_supersede": _("An unconfirmed registration gave way to its person"),
    "registration_walk_in": _("Somebody walked in"),
    "session_removed": _("A session was removed from the agenda"),
    "session_saved": _("A session of the agenda was saved"),
    "speaker_removed": _("A speaker was removed"),
    "speaker_saved": _("A speaker was saved"),
}
"""What the trail says of events; names of registrants are not in it, the Board reads it."""

learn(TRAIL, {f"stop_{value}": label for value, label in StopReason.choices})
