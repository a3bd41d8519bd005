"""Violations of the invariants of matchmaking, and a world in which they can be planted."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from matchmaking.actions.announcing import announce
from matchmaking.actions.calls import Asked, Plan, create_call
from matchmaking.actions.digest import write_digest
from matchmaking.actions.interests import accept_interest, express_interest
from matchmaking.actions.introductions import record_stage
from matchmaking.actions.invitations import Wanted, accept_call, invite
from matchmaking.actions.proposals import Proposed, propose
from matchmaking.actions.searches import choose_digest, save_search
from matchmaking.actions.upkeep import refresh_places, refresh_weights
from matchmaking.models import Backfill, Exposure
from members.actions.suggestions import answer_with_word, suggest_word
from members.models import Capability, Tag
from tests import factories
from tests.matchmaking.conftest import Pairing, a_match

PLANTS: dict[str, tuple[str, ...]] = {
    "matches_follow_profiles": ("UPDATE members_capability SET trl = 1 WHERE trl = 8",),
    "matches_of_members_in_good_standing": (
        "UPDATE members_organisation SET side = 'dual' WHERE id IN (SELECT member_id FROM matchmaking_matchprofile)",
    ),
    "exposure_tells_of_one_night": (
        "UPDATE matchmaking_exposure SET computed_at = computed_at - interval '1 day' "
        "WHERE member_id = (SELECT min(member_id) FROM matchmaking_exposure)",
        "UPDATE matchmaking_exposure SET lists = 0 WHERE member_id IN (SELECT partner_id FROM matchmaking_backfill)",
        "UPDATE matchmaking_backfill SET computed_at = computed_at - interval '1 day'",
        "UPDATE matchmaking_backfill SET rank = 3",
    ),
    "suggested_words_are_answered": (
        "DELETE FROM common_outgoingmail WHERE kind = 'members/suggestion_answered'",
        "UPDATE members_tagsuggestion SET word_id = (SELECT min(id) FROM members_tag WHERE parent_id IS NULL)",
    ),
    "nothing_waits_for_who_left": ("DELETE FROM matchmaking_matchprofile",),
    "lists_have_their_end": (
        'INSERT INTO members_capability (organisation_id, direction, kind, tag_id, side, weight, "references", '
        "note_ro, note_en, evidence, visibility, control, control_category, control_group) "
        "SELECT max(c.organisation_id), 'sought', '', t.id, 'civil', 1, 0, '', '', '', 'office', '', '', '' "
        "FROM members_tag t, members_capability c "
        "WHERE t.id NOT IN (SELECT tag_id FROM members_capability) GROUP BY t.id ORDER BY t.id LIMIT 13",
    ),
    "introductions_rest_on_two_yes": ("UPDATE matchmaking_interest SET state = 'expired', introduction_id = NULL",),
    "contacts_disclosed_by_consent": ("UPDATE members_contactconsent SET given_at = given_at + interval '1 day'",),
    "introductions_wrote_to_both": ("DELETE FROM common_outgoingmail WHERE kind = 'matchmaking/introduced'",),
    "controlled_matches_are_confirmed": ("DELETE FROM matchmaking_exportconfirmation",),
    "board_follows_profiles": (
        "DELETE FROM matchmaking_opportunity",
        "UPDATE matchmaking_opportunity SET tags = '{}'",
        "UPDATE matchmaking_opportunity SET search = ''",
    ),
    "what_was_told_has_its_letter": (
        "DELETE FROM common_outgoingmail WHERE kind = 'matchmaking/opportunities'",
        "DELETE FROM common_outgoingmail WHERE kind = 'matchmaking/new_matches'",
    ),
    "two_sides_to_a_proposal": (
        "DELETE FROM matchmaking_proposalside WHERE id = (SELECT max(id) FROM matchmaking_proposalside)",
    ),
    "accepted_invitations_are_introductions": (
        "UPDATE matchmaking_call SET lead_id = (SELECT max(member_id) FROM matchmaking_callinvitation)",
    ),
    "closed_calls_wait_for_nobody": (
        "UPDATE matchmaking_call SET state = 'closed', closed_at = now(), closed_by_id = made_by_id",
    ),
    "teams_keep_to_their_size": ("UPDATE matchmaking_call SET size = 2",),
}


def a_matching_world() -> None:
    """An introduction that touches the dual-use list, an interest and a proposal that wait."""
    pairing = a_match(control="dual_use", control_category="5", control_group="A")
    maker, institute, third = pairing.maker.pk, pairing.institute.pk, pairing.third.pk
    hello = "We would like to meet."
    interest = express_interest(maker, institute, by=pairing.by_maker, message=hello, confirms=True)
    introduction = accept_interest(interest.pk, by=pairing.by_institute, confirms=True)
    record_stage(introduction.pk, maker, by=pairing.by_maker, stage="pilot")
    express_interest(maker, third, by=pairing.by_maker, message=hello)
    propose(Proposed(institute, "They test."), Proposed(third, "They make ceramics."), by=pairing.office)
    factories.a_capability(pairing.third, "mat-armour", expires_on=timezone.localdate() + timedelta(days=3))
    _told(pairing)
    assert Capability.objects.filter(control="dual_use").count() == 1


def _told(pairing: Pairing) -> None:
    """The third member has read of a new opportunity, and the maker of the third as a match."""
    save_search(by=pairing.by_third, name="Ceramics", rhythm="instant", wishes={"direction": "sought"})
    factories.a_capability(pairing.maker, "mat-ceramic", direction="sought", trl=None)
    refresh_weights()
    announce()
    choose_digest(by=pairing.by_maker, rhythm="weekly", threshold=1)
    assert write_digest(pairing.by_maker.pk)

    a_call(pairing)
    a_night(pairing)


def a_night(pairing: Pairing) -> None:
    """The night has counted and given a place; a word that was missing has been answered."""
    refresh_places()
    counted = Exposure.objects.order_by("pk")[0]
    Backfill.objects.create(member=pairing.institute, partner=pairing.maker, rank=1, computed_at=counted.computed_at)
    Exposure.objects.filter(member=pairing.maker).update(lists=2)
    row = suggest_word(pairing.maker.pk, by=pairing.by_maker, direction="offered", name="Cuvântul care lipsește")
    answer_with_word(row.pk, Tag.objects.get(code="serv-emc").pk, by=pairing.office)


def a_call(pairing: Pairing) -> None:
    """One has accepted, the other has not answered."""
    tags = [Tag.objects.get(code=code).pk for code in ("serv-emc", "mat-ceramic")]
    plan = Plan("Call", "Text", timezone.localdate() + timedelta(days=60), tuple(Asked(tag) for tag in tags))
    call = create_call(pairing.maker.pk, plan, by=pairing.by_maker)
    wanted = [Wanted(pairing.institute.pk, (tags[0],)), Wanted(pairing.third.pk, (tags[1],))]
    invited = invite(call.pk, wanted, by=pairing.by_maker, confirms=True)
    accept_call(invited[0].pk, by=pairing.by_institute, confirms=True)
