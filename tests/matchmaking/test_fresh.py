"""A profile edit shows in the own list in the same request, and nothing private ever shows in another's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from matchmaking.actions.standing import join_matching, leave_matching, mark_seen, put_aside, take_back
from matchmaking.actions.upkeep import drop_run_out, refresh_weights
from matchmaking.filters.matches import MatchFilter
from matchmaking.models import MatchProfile, Pair, Reach
from matchmaking.queries.matches import broker_matches, by_need, match_with, matches, seen_by
from matchmaking.queries.reasons import Relation
from matchmaking.queries.what_if import hints, overlap, would_change
from members.actions.membership import change_membership
from members.actions.profile_parts import remove_part, save_capability
from members.models import Capability, Organisation, Tag
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.conftest import Pairing
from tests.matchmaking.test_meeting_pages import browser, text

pytestmark = pytest.mark.django_db


def partners(member: Organisation) -> list[int]:
    return [match.pair.partner_id for match in matches(member.pk).best]


def test_a_new_need_shows_at_once_and_goes_with_its_removal(pairing: Pairing) -> None:
    assert partners(pairing.maker) == [pairing.institute.pk]
    word = Tag.objects.get(code="mat-ceramic")
    values = {"side": "civil", "visibility": "members", "weight": 2, "trl": None}
    need = save_capability(pairing.maker.pk, by=pairing.by_maker, values=values, direction="sought", tag=word.pk)
    assert set(partners(pairing.maker)) == {pairing.institute.pk, pairing.third.pk}
    assert partners(pairing.third) == [pairing.maker.pk]
    remove_part(pairing.maker.pk, Capability, need.pk, by=pairing.by_maker)
    assert partners(pairing.maker) == [pairing.institute.pk]
    assert partners(pairing.third) == []


@pytest.mark.parametrize("level", ["contact", "office"])
def test_what_only_the_office_sees_is_in_the_own_list_and_in_no_other(pairing: Pairing, level: str) -> None:
    before = [(m.pair.partner_id, m.pair.score, m.reasons) for m in matches(pairing.third.pk).best]
    mentions = overlap(Tag.objects.get(code="mat-ceramic").pk)
    factories.a_capability(pairing.maker, "mat-ceramic", direction="sought", visibility=level)
    refresh_weights()
    assert set(partners(pairing.maker)) == {pairing.institute.pk, pairing.third.pk}
    assert [(m.pair.partner_id, m.pair.score, m.reasons) for m in matches(pairing.third.pk).best] == before
    assert overlap(Tag.objects.get(code="mat-ceramic").pk) == mentions
    assert match_with(pairing.third.pk, pairing.maker.pk) is None
    assert would_change(pairing.third.pk, "offered", Tag.objects.get(code="mat-ceramic").pk, 9).any == 0
    assert pairing.maker.pk in [pair.partner_id for pair, _reasons in broker_matches(pairing.third.pk)]


@pytest.mark.parametrize("verb", ["suspend", "cease"])
def test_who_is_no_longer_in_good_standing_is_in_nobodys_list(pairing: Pairing, verb: str) -> None:
    membership = pairing.maker.memberships.get()
    change_membership(membership.pk, verb, by=pairing.office, basis="Hotărârea 1", article="1")
    assert partners(pairing.institute) == []
    assert not Reach.objects.filter(member=pairing.maker).exists()
    if verb == "suspend":
        change_membership(membership.pk, "reinstate", by=pairing.office, basis="Hotărârea 2", article="1")
        assert partners(pairing.institute) == [pairing.maker.pk]


def test_who_leaves_matching_is_in_nobodys_list_until_it_comes_back(pairing: Pairing) -> None:
    leave_matching(pairing.maker.pk, by=pairing.by_maker)
    leave_matching(pairing.maker.pk, by=pairing.by_maker)
    assert partners(pairing.institute) == partners(pairing.maker) == []
    with pytest.raises(RuleError, match="not_your_member"):
        join_matching(pairing.maker.pk, by=pairing.by_third)
    join_matching(pairing.maker.pk, by=pairing.by_maker)
    assert partners(pairing.institute) == [pairing.maker.pk]


def test_a_partner_put_aside_is_hidden_from_one_side_only(pairing: Pairing) -> None:
    put_aside(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker, reason="known")
    assert partners(pairing.maker) == []
    assert partners(pairing.institute) == [pairing.maker.pk]
    take_back(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker)
    assert partners(pairing.maker) == [pairing.institute.pk]
    for reason, by in (("bored", pairing.by_maker), ("known", pairing.by_third)):
        with pytest.raises(RuleError):
            put_aside(pairing.maker.pk, pairing.institute.pk, by=by, reason=reason)


def test_the_side_decides_who_is_across_the_line(pairing: Pairing) -> None:
    Organisation.objects.filter(pk=pairing.maker.pk).update(side="defence")
    assert partners(pairing.institute) == []
    Organisation.objects.filter(pk=pairing.maker.pk).update(side="dual")
    assert partners(pairing.institute) == [pairing.maker.pk]
    Organisation.objects.filter(pk=pairing.maker.pk).update(side="")
    assert not MatchProfile.objects.filter(pk=pairing.maker.pk).exists()
    assert "no_side" in {hint.code for hint in hints(Organisation.objects.get(pk=pairing.maker.pk))}


def test_an_item_that_has_run_out_no_longer_counts(pairing: Pairing) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Capability.objects.filter(direction="sought").update(expires_on=yesterday + timedelta(days=1))
    assert Pair.objects.count() == 2  # the last day counts
    Capability.objects.filter(direction="sought").update(expires_on=yesterday)
    assert Pair.objects.count() == 0
    assert drop_run_out() == 2
    assert [hint.code for hint in hints(pairing.maker)] == ["run_out"]


def test_a_retired_word_still_counts_and_a_merged_one_counts_as_the_other(pairing: Pairing) -> None:
    Tag.objects.filter(code="c2-sdr").update(active=False)
    before = {(p.member_id, p.partner_id): p.score for p in Pair.objects.all()}
    assert len(before) == 2
    target = Tag.objects.get(code="c2-comms")
    Capability.objects.filter(organisation=pairing.institute, tag__code="c2-sdr").update(tag=target)
    Tag.objects.filter(code="c2-sdr").update(merged_into=target)
    match = match_with(pairing.institute.pk, pairing.maker.pk)
    assert match is not None
    assert [(r.relation, r.maturity) for r in match.gained] == [(Relation.EXACT, 1.0)]


def test_a_loop_in_the_tree_is_refused_by_the_database(pairing: Pairing) -> None:
    child = Tag.objects.get(code="c2-sdr")
    with pytest.raises(IntegrityError, match="loop"), transaction.atomic():
        Tag.objects.filter(pk=child.parent_id).update(parent=child)


def test_words_that_do_not_count_make_no_match(pairing: Pairing) -> None:
    factories.a_capability(pairing.maker, "3E", direction="sought")
    factories.a_capability(pairing.third, "3E", trl=9)
    assert match_with(pairing.maker.pk, pairing.third.pk) is None
    assert "unscored" in [hint.code for hint in hints(pairing.maker)]


def test_reasons_say_what_is_met_how_and_by_what(pairing: Pairing) -> None:
    match = match_with(pairing.maker.pk, pairing.institute.pk)
    assert match is not None
    (gained,), (given,) = match.gained, match.given
    assert (gained.need.code, gained.offered.code, gained.relation) == ("serv-emc", "serv-emc", Relation.EXACT)
    assert (given.need.code, given.trl_asked, given.trl_offered, given.maturity) == ("c2-sdr", 7, 8, 1.0)
    assert (gained.mentions, gained.of) == (2, 3)
    assert gained.points + given.points == pytest.approx(match.pair.score, abs=1e-12)
    assert by_need([match])[0][0].code == "serv-emc"


@pytest.mark.parametrize(
    ("offered", "trl", "relation", "maturity"),
    [
        ("c2-sdr", 5, Relation.EXACT, 0.0),
        ("c2-sdr", None, Relation.EXACT, 0.0),
        ("c2-comms", 9, Relation.PARENT, 1.0),
        ("c2-satcom", 9, Relation.SIBLING, 1.0),
    ],
)
def test_a_less_near_or_less_mature_offer_meets_a_need_in_part(
    pairing: Pairing, offered: str, trl: int | None, relation: Relation, maturity: float
) -> None:
    Capability.objects.filter(organisation=pairing.maker, direction="offered").delete()
    factories.a_capability(pairing.maker, offered, trl=trl)
    match = match_with(pairing.institute.pk, pairing.maker.pk)
    assert match is not None
    (reason,) = match.gained
    assert (reason.relation, reason.maturity) == (relation, maturity)
    assert 0 < reason.covered < 1


def test_a_draft_says_in_numbers_who_could_answer(pairing: Pairing) -> None:
    def change(direction: str, word: str, trl: int | None = None) -> tuple[int, int, int]:
        found = would_change(pairing.maker.pk, direction, Tag.objects.get(code=word).pk, trl)
        return found.fully, found.half, found.partly

    assert change("sought", "mat-ceramic", 7) == (1, 0, 0)
    assert change("sought", "mat-ceramic", 9) == (1, 0, 0)  # the same band
    Capability.objects.filter(tag__code="mat-ceramic").update(trl=5)
    assert change("sought", "mat-ceramic", 9) == (0, 1, 0)
    assert change("sought", "mat-armour") == (0, 0, 1)
    assert change("offered", "c2-sdr", 7) == (1, 0, 0)
    assert change("offered", "c2-sdr", 4) == (0, 1, 0)
    assert change("offered", "cyber-soc") == (0, 0, 0)


def test_the_form_says_what_a_draft_would_change_and_saves_nothing(pairing: Pairing) -> None:
    maker, before = browser(pairing.by_maker), pairing.maker.capabilities.count()
    radio, ceramic = (Tag.objects.get(code=code).pk for code in ("c2-sdr", "mat-ceramic"))
    page = f"/members/{pairing.maker.slug}/edit/needs/add/"
    told = text(maker.get(f"{page}?tag={ceramic}"))
    assert "1 member across the line offers this, mature enough." in told
    assert "1 of 3 members mentions this word" in told
    assert pairing.third.display_name not in told
    Capability.objects.filter(tag=ceramic).update(trl=5)
    draft = {"tag": ceramic, "trl": "9", "side": "dual", "weight": "2", "visibility": "members", "what_if": "yes"}
    told = text(maker.post(page, draft))
    assert "1 offers this, but not as mature as you ask." in told
    Capability.objects.filter(tag=ceramic).update(visibility="office")
    told = text(maker.post(page, draft))
    assert "Nobody across the line could meet this need today." in told
    assert "Nothing" not in text(maker.post(page, {**draft, "trl": "77"}))
    own = pairing.maker.capabilities.get(tag=radio)
    assert "1 member across the line needs this, at this maturity." in text(
        maker.get(f"/members/{pairing.maker.slug}/edit/offers/{own.pk}/")
    )
    assert pairing.maker.capabilities.count() == before


def test_hints_name_what_is_missing(pairing: Pairing) -> None:
    assert [(hint.code, hint.tag.code if hint.tag else "") for hint in hints(pairing.third)] == [("no_needs", "")]
    Capability.objects.filter(organisation=pairing.maker, direction="offered").update(trl=None)
    assert [(hint.code, hint.count) for hint in hints(pairing.maker)] == [("no_maturity", 1)]
    Capability.objects.filter(organisation=pairing.maker, direction="offered").update(trl=5)
    assert [(hint.code, hint.count) for hint in hints(pairing.maker)] == [("immature", 1)]


def test_a_list_can_be_narrowed(pairing: Pairing) -> None:
    def narrowed(**wanted: Any) -> list[int]:
        sift = MatchFilter(wanted, member=pairing.maker.pk, seen=seen_by(pairing.by_maker, pairing.maker.pk))
        return [match.pair.partner_id for match in matches(pairing.maker.pk, sift.qs).best]

    found = [pairing.institute.pk]
    assert narrowed(side="defence") == narrowed(region="Centru") == narrowed(role="industry") == found
    assert narrowed(county=pairing.institute.county) == narrowed(tag="serv-emc") == narrowed(trl="3") == found
    assert narrowed(side="civil") == narrowed(region="Vest") == narrowed(county="TM") == []
    assert narrowed(tag="mat-ceramic") == found, "a word that the member does not state is not asked for"
    assert narrowed(new="on") == found
    mark_seen(pairing.maker.pk, by=pairing.by_maker)
    assert narrowed(new="on") == []


@pytest.mark.parametrize("rows", [1, 20])
def test_a_list_with_its_reasons_is_five_queries(pairing: Pairing, django_assert_num_queries: Any, rows: int) -> None:
    for _number in range(rows - 1):
        member = factories.a_member(side="defence").organisation
        factories.a_capability(member, "c2-sdr", direction="sought")
    with django_assert_num_queries(5):
        assert len(matches(pairing.maker.pk).best) == rows
