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
    **DAYS,
}

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


def sentence(coded: Coded) -> str:
    """What a refusal of matchmaking, or of members, says in the active language."""
    template = SENTENCES.get(coded.code)
    return template % dict(coded.params) if template is not None else sentence_of_members(coded)
