"""The sentence for each code of the rules: what is wrong and what to do, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext_lazy, override
from django.utils.translation import gettext_lazy as _

from members.enums import AdhesionState, MembershipState
from members.rules.errors import Coded, in_plain_words
from members.wording_imports import IMPORTS
from members.wording_vocabulary import VOCABULARY

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NAMES: "Mapping[str, StrPromise | str]" = {
    **{str(value): label for value, label in MembershipState.choices},
    **{str(value): label for value, label in AdhesionState.choices},
    "applicant": _("the applicant"),
    "office": _("the cluster office"),
    "president_or_secretary": _("the president or the secretary"),
    "director": _("a director"),
    "member": _("the member"),
    "system": _("the portal itself, when a term ends"),
    "engine": _("the Board's vote"),
    "form": _("adhesion request"),
    "reg_cert": _("certificate of registration"),
    "onrc": _("certificate of the trade register"),
    "const_act": _("constitutive act or own statute"),
    "join_decision": _("decision to join the cluster"),
    "mandate": _("mandate of the representative"),
    "presentation": _("presentation of the organisation"),
    "contribution": _("proof of contribution to the field"),
    "certs": _("certificates"),
    "decl_statute": _("declaration on the statute"),
    "decl_conflict": _("declaration on conflicts of interest"),
    "decl_sanctions": _("declaration on sanctions"),
    "decl_export": _("declaration on export control"),
    "gdpr": _("information on personal data"),
}
"""Words for the codes that occur as parameters; a caller's own names come first."""

NAMED_PARAMETERS = ("source", "target", "targets", "actor", "actors", "state", "document", "declaration")

BALLOTS: "Mapping[str, StrPromise]" = {
    "count_negative": _("A count of votes cannot be below zero. Count the ballots again."),
    "count_recused": _(
        "%(recused)s directors are recused, but only %(in_office)s are in office. Correct the recusals."
    ),
    "count_present": _(
        "%(present)s directors are marked present, but only %(eligible)s may vote. Correct the attendance."
    ),
    "count_votes": _(
        "There are %(votes)s ballots but only %(present)s directors present. Correct the attendance or the ballots."
    ),
    "too_few_eligible": _(
        "Only %(eligible)s directors may vote and the statute asks for %(needed)s: the matter goes to the assembly."
    ),
    "quorum_out_of_reach": _(
        "The quorum is %(needed)s, but only %(eligible)s directors may vote. Convene again or go to the assembly."
    ),
    "presence_missing": _("There is no quorum until the president or a vice-president takes part."),
    "few_in_favour": _("The majority is there, but only %(for)s of %(eligible)s who may vote are for."),
    "votes_are_equal": _("The votes are equal: %(for)s for, %(against)s against."),
    "adoption_out_of_reach": _("The votes that are still open no longer suffice for adoption."),
    "fraction_impossible": _("%(p)s/%(q)s is no part of a whole. Write a fraction above 0 and up to 1."),
    "quorum_count_impossible": _("A quorum of %(count)s is none. Write 1 or more."),
    "majority_base_impossible": _(
        "A majority of the kind %(kind)s cannot be counted of %(base)s. Choose another base or another kind."
    ),
    "more_than_all": _("More than all cannot be reached. Write inclusive = true, or a smaller fraction."),
}

LIFECYCLE: "Mapping[str, StrPromise]" = {
    "state_unknown": _("“%(state)s” is not a state of this procedure. Load the page again."),
    "transition_from_final": _("This is already closed (%(source)s); nothing further can be done with it."),
    "transition_unlisted": _(
        "This cannot go from “%(source)s” to “%(target)s”. From here it may become: %(targets)s. Load "
        "the page again: somebody may have acted before you."
    ),
    "transition_other_verb": _(
        "This step does not lead from “%(source)s” to “%(target)s”. Load the page again and choose one of its buttons."
    ),
    "transition_other_actor": _("This step is not yours to take. It belongs to %(actors)s."),
    "readmission_too_early": _(
        "A former member may apply again from %(first)s (article %(article)s). Please come back on that day."
    ),
    "instant_without_zone": _("The time has no time zone. Write it with one, such as +02:00."),
    "matter_unknown": _("The statute says nothing on how “%(matter)s” is decided. Add it to the statute's parameters."),
}

COMPLETENESS: "Mapping[str, StrPromise]" = {
    "legal_person_required": _(
        "This type of membership is for legal persons. Choose the legal form of a legal person, or another type."
    ),
    "name_missing": _("Write the full legal name."),
    "legal_form_missing": _("Choose the legal form."),
    "legal_form_not_eligible": _("The statute does not admit this legal form. Write to the cluster office."),
    "country_missing": _("Choose the country of the seat."),
    "country_not_eligible": _("The statute admits organisations from %(allowed)s only. Write to the cluster office."),
    "street_missing": _("Write the street and number of the seat."),
    "locality_missing": _("Write the town or village of the seat."),
    "county_missing": _("Choose the county of the seat."),
    "registration_missing": _("Write the EU VAT number, the EUID or the LEI; one of them is enough."),
    "representative_missing": _("Name the representative of the organisation."),
    "representative_email_missing": _("Write the e-mail address of the representative."),
    "helix_role_missing": _("Choose the helix role of the organisation."),
    "side_missing": _("Choose the side: civil, dual or defence."),
    "membership_type_missing": _("Choose the type of membership."),
    "membership_type_unknown": _("The statute in force no longer has this type of membership. Choose another one."),
    "membership_type_closed": _("This type of membership is kept for the founders. Choose another one."),
    "contribution_missing": _("Write what the organisation will contribute and why it wants to join."),
    "sponsors_missing": ngettext_lazy(
        "The request needs the recommendation of %(count)d more member. Ask one and add it here.",
        "The request needs the recommendations of %(count)d more members. Ask them and add them here.",
        "count",
    ),
    "capabilities_missing": ngettext_lazy(
        "Add %(count)d more capability.", "Add %(count)d more capabilities.", "count"
    ),
    "field_function_missing": _("Choose at least one field and function to which the organisation contributes."),
    "evidence_missing": _("Add at least one piece of evidence for the field chosen: a document or a reference."),
    "document_missing": _("Upload the document: %(document)s."),
    "document_expired": _("The document has expired: %(document)s. Upload one that is still valid."),
    "document_from_the_future": _("The day of issue lies in the future: %(document)s. Correct the day."),
    "document_undated": _("Write the day of issue of the document: %(document)s."),
    "document_too_old": ngettext_lazy(
        "The document must not be older than %(days)d day: %(document)s. Upload a newer one.",
        "The document must not be older than %(days)d days: %(document)s. Upload a newer one.",
        "days",
    ),
    "declaration_missing": _("Read and tick: %(declaration)s."),
    "declaration_outdated": _("The text has changed (version %(version)s). Read and tick it again: %(declaration)s."),
}

IDENTIFIERS: "Mapping[str, StrPromise]" = {
    "cui_missing": _("Write the CUI/CIF: two to ten digits, with or without RO."),
    "cui_shape": _("“%(value)s” is not a CUI/CIF. Write two to ten digits, with or without RO."),
    "cui_checksum": _("The check digit of CUI/CIF “%(value)s” is wrong. Compare it with the registration certificate."),
    "cui_is_personal": _("This looks like a personal number (CNP). Write the CUI/CIF of the organisation."),
    "trade_register_missing": _("Write the trade register number, such as J40/1234/2001."),
    "trade_register_shape": _(
        "“%(value)s” is not a trade register number. Write it as J40/1234/2001 or as J and thirteen digits."
    ),
    "trade_register_checksum": _(
        "The check digit of trade register number “%(value)s” is wrong. Compare it with the certificate."
    ),
    "vat_missing": _("Write the VAT number with its country prefix."),
    "vat_shape": _("“%(value)s” is not a VAT number of the EU. Write it with its country prefix."),
    "vat_country": _("VAT number “%(value)s” does not begin with %(prefix)s. Write that country's number."),
    "vat_checksum": _("The check digit of VAT number “%(value)s” is wrong. Compare it with the certificate."),
    "vat_is_personal": _("This looks like a personal number (CNP). Write the VAT number of the organisation."),
    "lei_missing": _("Write the LEI: twenty letters and digits."),
    "lei_shape": _("“%(value)s” is not an LEI. Write twenty letters and digits, the last two of them digits."),
    "lei_checksum": _("The check digits of LEI “%(value)s” are wrong. Compare it with the LEI register."),
    "euid_missing": _("Write the EUID, such as ROONRC.J40/1234/2001."),
    "euid_shape": _(
        "“%(value)s” is not an EUID. Write the country, the register, a dot and the number: ROONRC.J40/1234/2001."
    ),
    "ncage_missing": _("Write the NCAGE code, five characters."),
    "ncage_shape": _("“%(value)s” is not an NCAGE code. Write five letters and digits."),
    "ncage_romania": _("“%(value)s” is not a Romanian NCAGE code. Write a digit, three characters and the letter L."),
    "ncage_unusual": _("“%(value)s” does not look like an NCAGE code of five characters. Please check it."),
    "founded_in_the_future": _("The day of founding lies in the future. Correct it."),
    "postcode_shape": _("“%(value)s” is not a Romanian postcode. Write six digits, such as 550024."),
    "text_holds_cnp": _("This holds a personal number (CNP), which has no place here. Take it out."),
}

STATUTE: "Mapping[str, StrPromise]" = {
    "statute_invalid": _("The parameters of the statute have mistakes. Correct each of them: %(mistakes)s"),
    "statute_key_unknown": _("the statute has no such parameter; known here: %(known)s."),
    "statute_key_missing": _("is missing; write it."),
    "statute_not_table": _("is “%(value)s”; write a table of parameters."),
    "statute_not_list": _("is “%(value)s”; write a list in square brackets."),
    "statute_list_too_short": _("has too few entries; write at least %(least)s."),
    "statute_twice": _("“%(value)s” stands here twice; keep one."),
    "statute_not_whole": _("is “%(value)s”; write a whole number."),
    "statute_out_of_range": _("is %(value)s; write a number from %(least)s to %(most)s."),
    "statute_not_flag": _("is “%(value)s”; write true or false."),
    "statute_not_one_of": _("is “%(value)s”; write one of: %(allowed)s."),
    "statute_not_code": _("is “%(value)s”; write a code of letters, digits, hyphens and underscores."),
    "statute_not_version": _('is “%(value)s”; write a version such as "1" or "2026-03", in quotes.'),
    "statute_not_country": _("is “%(value)s”; write a country as two capital letters, such as RO."),
    "statute_article_of_nothing": _("no parameter has this name, so no article can govern it; correct the name."),
    "statute_article_not_text": _("is “%(value)s”; write the number of the article as text, in quotes."),
}

ACTS: "Mapping[str, StrPromise]" = {
    "against_needs_motive": _("A vote against needs a motive: it is what the applicant will be told."),
    "already_colleague": _("This person already acts for the organisation."),
    "already_in_register": _(
        "This organisation is a member already. Ask its representative to invite you, or write to the cluster office."
    ),
    "already_invited": _(
        "An invitation to this address is waiting for its answer. Take it back first if it should be sent again."
    ),
    "already_member": _("This organisation is a member already."),
    "already_open": _(
        "Another request for an organisation with this registration number is open. If it is not yours, write to the "
        "cluster office."
    ),
    "appeal_needs_reasons": _("Write the reasons of the appeal."),
    "appeal_too_late": _("The decision could be contested until %(until)s."),
    "appealed_once": _("This decision has been contested once already; the assembly's decision is final."),
    "basis_needed": _("Write on what ground: the register shows it."),
    "cannot_start": _(
        "You already act for a member, or work at the cluster office: a request is made by a person of the "
        "organisation that wishes to join."
    ),
    "capability_stated": _("This capability is already on the list. Open it there to change it."),
    "certificates_full": _("A profile holds at most %(most)s certificates. Remove one that is no longer valid."),
    "change_answered_already": _("This request for a change is closed already (%(state)s). Nothing was done."),
    "change_needs_reason": _("Write why the data change: the office checks it against your papers."),
    "change_not_yours": _(
        "Only a representative of the member can ask for this, while the membership is in good standing."
    ),
    "change_of_nothing": _("Nothing differs from the present data. Change at least one field."),
    "change_overtaken": _(
        "The profile has changed since this was asked (%(fields)s). Refuse the request and ask the member to send "
        "a new one."
    ),
    "change_waits_already": _(
        "A request of yours is waiting for the office. Withdraw it first if you want to ask for something else."
    ),
    "colleague_gone": _("This person no longer acts for the organisation."),
    "declare_first": _("Declare first whether you have an interest in this request; then vote."),
    "demand_needs_reasons": _("Write why the request should be discussed at a meeting."),
    "director_only": _("Only a director in office can do this."),
    "document_gone": _("This document is no longer in the file. Load the page again."),
    "document_not_asked": _("The statute does not ask this document of your organisation."),
    "documents_full": _("There are %(most)s documents of this kind already. Take one out first."),
    "draft_overtaken": _("This step was changed in another window since you opened it. Choose what should stay."),
    "file_incomplete": _("The file is not complete yet: %(count)s things are missing. Nothing was sent."),
    "identity_refused": _("Put right what is marked; nothing was sent."),
    "interest_needs_words": _("Say in a few words what your interest is; the minutes will name it."),
    "invitation_accepted": _("This invitation has been accepted already. Remove the person from the list instead."),
    "invitation_of_another": _("This invitation is for another e-mail address than the one you are signed in with."),
    "invitation_over": _("This invitation is no longer valid."),
    "last_representative": _(
        "This is the last representative. Make somebody else representative first, so that the organisation keeps its "
        "voice."
    ),
    "lei_taken": _(
        "Another organisation has this LEI. Check it, or look for a duplicate in the list of organisations."
    ),
    "mandate_ends_before": _("The mandate began on %(starts)s; it cannot end before that day."),
    "mandate_over": _("This mandate has ended already, on %(ends)s."),
    "mandate_overlaps": _(
        "%(person)s holds a mandate in these days already (%(office)s). End it first, or choose other days."
    ),
    "membership_verb_unknown": _("The register has no such change: %(verb)s."),
    "needs_full": _("A profile holds at most %(most)s needs. Remove one to add another."),
    "no_appeal": _("The statute knows no appeal against this decision."),
    "no_meeting_on_demand": _("The statute does not let a director call this vote to a meeting."),
    "no_seat": _("You had no mandate when this round was opened, so you have no seat in it."),
    "no_statute": _("No statute is in force today. The cluster office has to enter one before requests can be made."),
    "nobody_of_that_address": _(
        "Nobody has an account with the address %(email)s. The person signs up first, then is appointed."
    ),
    "not_a_draft": _("Only a draft that was never submitted can be thrown away; withdraw the request instead."),
    "not_appealed": _("This request is not contested."),
    "not_editable": _("The request has been submitted, so it cannot be changed now."),
    "not_yours": _("This request belongs to somebody else."),
    "objected_already": _("Your organisation has objected to this request already; one reasoned objection is counted."),
    "objection_needs_reasons": _("Write the reasons of the objection: without them it cannot be weighed."),
    "objection_not_yours": _("Only a representative of a member with a full vote can object."),
    "objection_too_late": _("The time for objections to this request is over."),
    "objections_still_open": _("Members may object until %(until)s; the Board votes after that day."),
    "offers_full": _("A profile holds at most %(most)s offers. Remove one to add another."),
    "office_only": _("Only the cluster office can do this."),
    "office_taken": _("%(person)s is %(office)s in these days. End that mandate first, or choose other days."),
    "only_office_or_superuser": _("Only the cluster office or the superuser can do this."),
    "other_cluster": _(
        "This portal serves the cluster “%(here)s”; the preset is of “%(asked)s”. Use another database for another "
        "cluster."
    ),
    "open_elsewhere": _(
        "Your organisation has begun another request. Discard or withdraw that one first; then contest this decision."
    ),
    "part_gone": _(
        "Somebody removed this entry while you were editing it. What you typed is kept: save to add it again."
    ),
    "people_full": _("A profile names at most %(most)s people. Remove one who has left."),
    "people_not_yours": _("Only a representative of the member can do this, while the membership is in good standing."),
    "president_or_secretary_only": _("Only the president, the vice-president or the secretary can do this."),
    "profile_closed": _(
        "This profile cannot be edited: the membership is not in good standing, or you no longer act for it."
    ),
    "profile_overtaken": _(
        "Somebody else has changed the same fields since you opened this page. Nothing was saved yet."
    ),
    "recusal_stays": _("You have declared an interest in this request; that declaration stays."),
    "recused": _("You have stepped aside from this request, so you do not vote on it."),
    "refusal_needs_answer": _("Write why the change is refused: the member reads it."),
    "return_needs_items": _(
        "Tick or write at least one thing that is missing, so that the applicant knows what to send."
    ),
    "round_closed": _("This round is closed. Your ballot was not counted after the closing; nothing was changed."),
    "round_open_already": _("A round is already open on this request."),
    "second_convening_too_early": _("The Board may be convened again from %(first)s, after the days of the statute."),
    "statute_not_supported": _(
        "The preset asks for a president's veto or a confirmation by the assembly, which this portal does not carry "
        "out yet. Set both to false."
    ),
    "subtype_of_another_role": _("This sub-type belongs to another helix role. Choose one of the list."),
    "tax_number_taken": _(
        "Another organisation has this tax number. Check it, or look for a duplicate in the list of organisations."
    ),
    "tax_number_known": _(
        "The cluster already knows an organisation with this number. If it is yours, write to the cluster office: it "
        "will let you act for it."
    ),
    "tied": _(
        "You represent or represented this organisation, or stepped aside on this request before: declare the "
        "interest; you do not vote on it."
    ),
    "too_many_invitations": _(
        "Your organisation has sent %(most)s invitations since yesterday. Please go on tomorrow."
    ),
    "word_not_chosen": _("Choose a word of the list."),
    "written_closes_by_itself": _(
        "A written procedure closes by itself: at its time, or as soon as the open ballots cannot change the outcome."
    ),
    "written_not_allowed": _("The statute does not allow a written procedure for this matter: call a meeting."),
    "written_too_short": _(
        "A written procedure lasts at least %(days)s days by the statute: it can close on %(first)s at the earliest."
    ),
}
"""What actions refuse to do."""

SENTENCES: "Mapping[str, StrPromise]" = {
    **BALLOTS,
    **LIFECYCLE,
    **COMPLETENESS,
    **IDENTIFIERS,
    **STATUTE,
    **ACTS,
    **IMPORTS,
    **VOCABULARY,
}


def sentence(coded: Coded, *, names: Mapping[str, str] | None = None) -> str:
    """What a RuleError, a Remark or a Missing says, in the active language.

    `names` gives the words for codes that only the caller knows, such as the documents of the statute in
    force. A code without a sentence is shown as it is, which a test forbids for every code of the rules.
    """
    template = SENTENCES.get(coded.code)
    if template is None:
        return in_plain_words(coded.code, coded.params)
    words = {**NAMES, **(names or {})}
    return template % {name: _shown(name, value, words) for name, value in coded.params.items()}


def no_majority(for_: int, against: int, abstain: int) -> str:
    """The motive of a rejection that nobody voted for by name, in the language of the cluster's resolutions."""
    with override(settings.LANGUAGE_CODE):
        return gettext("No majority: %(for)s for, %(against)s against, %(abstain)s abstentions.") % {
            "for": for_,
            "against": against,
            "abstain": abstain,
        }


def mistakes_of(coded: Coded) -> list[str]:
    """The mistakes that a refused statute lists, each with its dotted path."""
    found = coded.params.get("mistakes", ())
    return [_placed(one) for one in found] if isinstance(found, (list, tuple)) else []


def _placed(mistake: Coded) -> str:
    path = mistake.params.get("path")
    return f"{path}: {sentence(mistake)}" if path else sentence(mistake)


def _shown(name: str, value: object, words: "Mapping[str, StrPromise | str]") -> object:
    """A parameter as people read it: names for codes, local dates, lists with commas."""
    if name == "mistakes" and isinstance(value, (list, tuple)):
        return " ".join(_placed(one) for one in value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_shown(name, one, words)) for one in value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if name in NAMED_PARAMETERS:
        return str(words.get(str(value), value))
    return value
