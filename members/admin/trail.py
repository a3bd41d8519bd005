"""The sentences of the trail that membership writes, and the lines that a director with a tie does not see."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cluster_portal.common import wording
from cluster_portal.common.admin.trail import AuditEventAdmin
from members.admin.pages import person
from members.enums import AccessRole, BoardRole, Outcome, Procedure, Result
from members.models import Resolution, Round
from members.permissions import standing
from members.queries.desk import tied_requests

SENTENCES = {
    "adhesion_adjourn": _("The request was adjourned"),
    "adhesion_appeal": _("The applicant contested the decision"),
    "adhesion_approve": _("The request was approved"),
    "adhesion_declare_complete": _("The file was declared complete"),
    "adhesion_demand_meeting": _("A director called the vote to a meeting"),
    "adhesion_discard": _("The draft was thrown away"),
    "adhesion_dismiss_appeal": _("The assembly dismissed the appeal"),
    "adhesion_edited": _("The returned file was edited (%(fields)s)"),
    "adhesion_end_objections": _("The time for objections ended"),
    "adhesion_lapse": _("The request lapsed: it was not completed in time"),
    "adhesion_open_objections": _("The time for objections began"),
    "adhesion_open_round": _("The Board took the request up"),
    "adhesion_reject": _("The request was rejected"),
    "adhesion_resubmit": _("The completed file was sent"),
    "adhesion_return": _("The file was returned for completion"),
    "adhesion_start": _("A request was begun"),
    "adhesion_submit": _("The request was submitted"),
    "adhesion_uphold_appeal": _("The assembly upheld the appeal"),
    "adhesion_withdraw": _("The request was withdrawn"),
    "admitted": _("The organisation became a member (%(basis)s)"),
    "ballot_cast": _("A ballot was cast"),
    "ballot_changed": _("A ballot was changed"),
    "capability_added": _("A capability was added"),
    "capability_edited": _("A capability was edited (%(fields)s)"),
    "capability_removed": _("A capability was removed"),
    "capability_moved": _("A capability follows its word, which was merged (%(words)s)"),
    "capability_united": _("Two capabilities became one, for their words were merged (%(words)s)"),
    "certificate_added": _("A certificate was added"),
    "certificate_edited": _("A certificate was edited (%(fields)s)"),
    "certificate_removed": _("A certificate was removed"),
    "change_accepted": _("A change that the member asked for was accepted (%(fields)s)"),
    "change_refused": _("A change that the member asked for was refused (%(fields)s)"),
    "change_requested": _("The member asked for a change (%(fields)s)"),
    "change_withdrawn": _("The member took a request for a change back"),
    "colleague_invited": _("A colleague was invited (%(role)s)"),
    "colleague_removed": _("A colleague was removed"),
    "colleague_role_changed": _("The role of a colleague was changed (%(role)s)"),
    "contact_added": _("A person was added to the profile"),
    "contact_edited": _("A person of the profile was edited (%(fields)s)"),
    "contact_removed": _("A person was taken off the profile"),
    "director_appointed": _("A director was appointed (%(role)s, from %(starts)s)"),
    "document_added": _("A document was added to the file (%(document)s)"),
    "document_dated": _("The days of a document were corrected (%(document)s)"),
    "document_removed": _("A document was taken out of the file (%(document)s)"),
    "word_brought_back": _("The word was brought back"),
    "word_declined": _("A suggested word was declined (%(word)s)"),
    "word_meant": _("A suggested word is meant by one that is there (%(word)s)"),
    "word_merged": _("The word was merged into %(heir)s (%(moved)s moved, %(united)s united)"),
    "word_moved": _("The word was moved from %(source)s to %(goal)s"),
    "word_promoted": _("A suggested word was added to the vocabulary (%(word)s)"),
    "word_retired": _("The word was retired; %(count)s capabilities keep it"),
    "word_suggested": _("A word was suggested for the vocabulary (%(word)s)"),
    "invitation_accepted": _("An invitation was accepted (%(role)s)"),
    "invitation_revoked": _("An invitation was taken back"),
    "interest_declared": _("An interest was declared: the director steps aside"),
    "logo_changed": _("The logo was changed"),
    "logo_removed": _("The logo was removed"),
    "mandate_ended": _("The end of a mandate was recorded (%(ends)s)"),
    "membership_cease": _("The membership ceased (%(basis)s)"),
    "membership_end_notice": _("The membership ended with the notice"),
    "membership_give_notice": _("The member gave notice (%(basis)s)"),
    "membership_reinstate": _("The member was reinstated (%(basis)s)"),
    "membership_suspend": _("The member was suspended (%(basis)s)"),
    "no_interest_declared": _("A director declared to have no interest"),
    "objection_lodged": _("A member objected (%(organisation)s)"),
    "organisations_imported": _(
        "%(new)s organisations were imported from %(source)s; %(admitted)s were entered as members"
    ),
    "preset_loaded": _("The preset of the cluster was loaded"),
    "presence_recorded": _("Presence at the meeting was recorded: %(present)s present"),
    "profile_edited": _("The profile was edited (%(fields)s)"),
    "resolution": _("Resolution %(target)s: %(outcome)s"),
    "round_abandoned": _("The round ended without a result"),
    "round_closed": _("Round %(number)s closed: %(result)s"),
    "round_opened": _("Round %(number)s was opened (%(procedure)s)"),
}
NAMES = {
    str(value): label
    for choices in (Procedure.choices, Result.choices, Outcome.choices, BoardRole.choices, AccessRole.choices)
    for value, label in choices
}
wording.learn(SENTENCES, NAMES)


def of_tied_files(request: HttpRequest) -> Q | None:
    """For a director: the lines about requests with which they are tied, their rounds and resolutions."""
    who = standing(request.user)
    if not who.director or who.office or who.superuser:
        return None
    tied = tied_requests(person(request))
    text = CharField()
    hidden = Q(
        target_type="members.adhesionrequest", target_id__in=tied.annotate(as_text=Cast("pk", text)).values("as_text")
    )
    for model, label in ((Round, "members.round"), (Resolution, "members.resolution")):
        rows = model._default_manager.filter(request__in=tied).annotate(as_text=Cast("pk", text))
        hidden |= Q(target_type=label, target_id__in=rows.values("as_text"))
    return hidden


AuditEventAdmin.hidden.append(of_tied_files)
