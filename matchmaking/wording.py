"""What matchmaking refuses, in words, and what its lines of the trail say."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cluster_portal.common.wording import learn
from matchmaking.wording_of_days import SENTENCES as DAYS
from members.rules.errors import Coded
from members.wording import sentence as sentence_of_members

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SENTENCES_OF_CALLS: "Mapping[str, StrPromise]" = {
    "call_has_no_words": _("Give the call a title and write what it is about."),
    "call_asks_nothing": _("Name at least one capability or one helix role that the team must have."),
    "too_many_places": ngettext_lazy(
        "A call asks for %(most)s capability at most.", "A call asks for %(most)s capabilities at most.", "most"
    ),
    "too_many_calls": ngettext_lazy(
        "Your organisation leads %(most)s open call. Close it before you make another.",
        "Your organisation leads %(most)s open calls. Close one before you make another.",
        "most",
    ),
    "place_asked_twice": _("The same capability stands in two rows. Take one of them out."),
    "place_unknown": _("One of the capabilities may not be chosen any more. Choose another from the list."),
    "role_unknown": _("Choose one of the helix roles in the list."),
    "call_asks_more_than_its_size": ngettext_lazy(
        "A team of %(size)s member cannot have so many roles and countries. Allow more members or ask for less.",
        "A team of %(size)s members cannot have so many roles and countries. Allow more members or ask for less.",
        "size",
    ),
    "call_smaller_than_its_team": ngettext_lazy(
        "%(count)s member is in the team or invited already. Allow at least as many.",
        "%(count)s members are in the team or invited already. Allow at least as many.",
        "count",
    ),
    "call_deadline_over": _("The deadline of the funder has passed."),
    "call_changed_meanwhile": _("Somebody changed this call while you had it open. Look at it anew, then change it."),
    "call_closed": _("This call is closed."),
    "call_team_full": ngettext_lazy(
        "The team may have %(size)s member. Take an invitation back or allow more members first.",
        "The team may have %(size)s members. Take an invitation back or allow more members first.",
        "size",
    ),
    "call_invitation_over": _("This invitation waits no longer: it was answered, taken back or has run out."),
}
TOLD_OF_CALLS: "Mapping[str, StrPromise]" = {
    "call_made": _("A call for a consortium was made"),
    "call_changed": _("The call for a consortium was changed"),
    "call_closed": _("The call for a consortium was closed"),
    "call_invitation_sent": _("A member was invited to the consortium"),
    "call_invitation_accepted": _("The invitation to the consortium was accepted"),
    "call_invitation_declined": _("The invitation to the consortium was declined"),
    "call_invitation_withdrawn": _("The invitation to the consortium was taken back"),
    "call_invitation_expired": _("The invitation to the consortium ran out without an answer"),
    "call_invitation_ended": _("The invitation to the consortium ended, because a side left matchmaking"),
}
SENTENCES: "Mapping[str, StrPromise]" = {
    "not_your_member": _("Only a representative of a member in good standing may do this. Ask your representative."),
    "partner_not_in_matching": _("This organisation does not take part in matchmaking at present."),
    "member_not_in_matching": _(
        "Your organisation does not take part in matchmaking at present. Switch it on first, and state your side."
    ),
    "partner_is_oneself": _("Choose another organisation: this one is yours."),
    "message_missing": _("Write a few words about why you would like to meet."),
    "interest_waits": _("Your interest in this organisation waits for its answer already."),
    "introduced_already": _("You have been introduced to each other already."),
    "too_many_interests": ngettext_lazy(
        "You have %(most)s interest waiting. Wait for an answer or take one back.",
        "You have %(most)s interests waiting. Wait for some answers or take some back.",
        "most",
    ),
    "interest_over": _("This interest waits no longer: it was answered, taken back or has run out."),
    "confirmation_missing": _(
        "This match touches an offer on the dual-use list. Confirm that no controlled technology will be exchanged "
        "without authorisation."
    ),
    "stage_unknown": _("Choose one of the stages in the list."),
    "reason_missing": _("Write why it is closed."),
    "introduction_closed": _("This introduction is closed."),
    "only_office_brokers": _("Only the cluster office proposes members to each other."),
    "words_missing": _("Write for each side what the other will read about it."),
    "words_name_the_owner": _(
        "The words name an organisation that is to stay unknown (%(name)s). Describe it without its name."
    ),
    "proposal_waits": _("These two are proposed to each other already."),
    "proposal_over": _("This proposal waits no longer: it was answered, taken back or has run out."),
    "aside_reason_unknown": _("Choose one of the reasons in the list."),
    "consent_over": _("This consent has been ended already."),
    "searches_full": ngettext_lazy(
        "You keep %(most)s search already. Remove it before you save another one.",
        "You keep %(most)s searches already. Remove one before you save another.",
        "most",
    ),
    "search_name_missing": _("Give the search a name."),
    "search_name_taken": _("You have a search with this name already."),
    "search_gone": _("This search was removed meanwhile."),
    "search_asks_nothing": _(
        "Choose at least one filter or write a word: a search for everything is the board itself."
    ),
    "search_has_no_words": _("Write at least one word with letters or figures."),
    "digest_choice_unknown": _("Choose a rhythm from the list, and from 1 to 100 points."),
    **SENTENCES_OF_CALLS,
    **DAYS,
}

CONFIRMATIONS: "dict[str, StrPromise]" = {
    "2026-11": _(
        "%(mine)s and %(theirs)s exchange no controlled technology, neither goods nor software, drawings, data or "
        "spoken advice, before every authorisation that Regulation (EU) 2021/821 and national law ask for is there."
    ),
}
"""What a side confirms where a match touches the dual-use list, by version; a text that was confirmed never changes."""
CONFIRMATION = "2026-11"
"""The version that is asked for today."""

TOLD: "dict[str, StrPromise]" = {
    "matching_left": _("The member left matchmaking"),
    "matching_joined": _("The member came back to matchmaking"),
    "partner_put_aside": _("A partner was put aside"),
    "partner_taken_back": _("A partner that had been put aside is shown again"),
    "interest_expressed": _("Interest was expressed"),
    "interest_accepted": _("The interest was accepted"),
    "interest_declined": _("The interest was declined"),
    "interest_withdrawn": _("The interest was taken back"),
    "interest_expired": _("The interest ran out without an answer"),
    "interest_ended": _("The interest ended, because a side left matchmaking"),
    "introduced": _("The two were introduced to each other"),
    "stage_recorded": _("A stage was recorded: %(stage)s"),
    "introduction_closed": _("The introduction was closed by both sides"),
    "contacts_disclosed": _("The member agreed to show its contacts to %(partner)s"),
    "contacts_hidden": _("The member no longer shows its contacts to %(partner)s"),
    "export_confirmed": _(
        "The member confirmed that no controlled technology is exchanged without authorisation (%(offers)s)"
    ),
    "proposal_made": _("The office proposed two members to each other"),
    "proposal_answered": _("A side answered the proposal: %(answer)s"),
    "proposal_withdrawn": _("The proposal was taken back"),
    "proposal_expired": _("The proposal ran out"),
    "proposal_ended": _("The proposal ended, because a side left matchmaking"),
    "search_saved": _("A search of the board was saved"),
    "search_changed": _("A saved search was changed"),
    "search_removed": _("A saved search was removed"),
    "digest_chosen": _("A person chose how to hear of new matches"),
    **TOLD_OF_CALLS,
}
NAMES: "dict[str, StrPromise | str]" = {
    "met": _("We have met"),
    "nda": _("Non-disclosure agreement"),
    "pilot": _("Pilot"),
    "project": _("Joint project"),
    "contract": _("Contract"),
    "yes": _("Yes"),
    "no": _("No"),
}

learn(TOLD, NAMES)


def confirmation(mine: str, theirs: str) -> str:
    """What `mine` is asked to confirm towards `theirs`, in the active language."""
    return CONFIRMATIONS[CONFIRMATION] % {"mine": mine, "theirs": theirs}


def sentence(coded: Coded) -> str:
    """What a refusal of matchmaking, or of members, says in the active language."""
    template = SENTENCES.get(coded.code)
    return template % dict(coded.params) if template is not None else sentence_of_members(coded)
