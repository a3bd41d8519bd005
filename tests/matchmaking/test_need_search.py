"""Who can meet a need: the right members, for reasons that add up, and nothing private."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import Cluster
from matchmaking.actions.need_index import rebuild_works, weigh_works
from matchmaking.models import NearWork, OptOut, Reference, ReferenceParty, Work, WorkWord
from matchmaking.queries.need_search import Answerer, Need, ranking, who_can_meet
from members.models import Capability, Membership, Tag
from tests.factories import a_capability, a_user
from tests.matchmaking.works import FILTERS, RAMAN, TRAINING, a_plain_member, a_reference, three_trades

pytestmark = pytest.mark.django_db


def names(answerers: list[Answerer]) -> list[str]:
    return [answerer.organisation.legal_name for answerer in answerers]


def two_leaves() -> tuple[Tag, Tag]:
    """Two words under one word below a root."""
    for parent in Tag.objects.filter(scored=True, parent__isnull=False, parent__parent__isnull=True):
        leaves = list(parent.children.filter(children__isnull=True).order_by("position")[:2])
        if len(leaves) == 2:
            return leaves[0], leaves[1]
    raise AssertionError("the preset has no such branch")


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("We look for a spectrometer that detects nerve agents.", "Optica SRL"),
        ("masks with cloth against toxic gas", "Filtre SA"),
        ("an exercise for hospital crews", "Exercitii SRL"),
    ],
)
def test_the_words_of_a_need_find_who_has_done_it(cluster: Cluster, text: str, best: str) -> None:
    three_trades()
    assert names(who_can_meet(Need(text_en=text))) == [best]


def test_a_need_in_romanian_finds_texts_in_romanian_with_or_without_diacritics(cluster: Cluster) -> None:
    member = a_plain_member("Optica SRL")
    a_reference(member, title_ro="Spectrometre pentru substanțe neuroparalizante")
    a_reference(a_plain_member("Filtre SA"), title_ro="Filtre pentru măști")
    weigh_works()
    for text in ("substanţe neuroparalizante", "substante NEUROPARALIZANTE", "o substanță neuroparalizantă"):
        assert names(who_can_meet(Need(text_ro=text))) == ["Optica SRL"]
    assert names(who_can_meet(Need(text_en="substanțe"))) == []


def test_a_word_of_the_tree_finds_offers_at_it_before_those_beside_it(cluster: Cluster) -> None:
    exact, beside = two_leaves()
    a_capability(a_plain_member("Beside SRL"), beside)
    a_capability(a_plain_member("Exact SRL"), exact)
    a_plain_member("Nothing SRL")
    weigh_works()
    found = who_can_meet(Need(tags=(exact.pk,)))
    assert names(found) == ["Exact SRL", "Beside SRL"]
    assert [tag.pk for tag in found[0].reasons[0].tags] == [exact.pk, exact.parent_id]
    assert [tag.pk for tag in found[1].reasons[0].tags] == [exact.parent_id]


def test_an_offer_is_found_by_the_name_of_its_word(cluster: Cluster) -> None:
    leaf, _ = two_leaves()
    a_capability(a_plain_member("Named SRL"), leaf)
    weigh_works()
    assert names(who_can_meet(Need(text_en=f"We seek {leaf.name_en}"))) == ["Named SRL"]
    assert names(who_can_meet(Need(text_ro=f"Căutăm {leaf.name_ro}"))) == ["Named SRL"]


def test_an_offer_that_is_not_mature_enough_counts_half(cluster: Cluster) -> None:
    leaf, _ = two_leaves()
    a_capability(a_plain_member("Young SRL"), leaf, trl=3)
    a_capability(a_plain_member("Ripe SRL"), leaf, trl=8)
    weigh_works()
    ripe, young = ranking(Need(tags=(leaf.pk,), min_trl=7))
    assert young.closest == pytest.approx(ripe.closest / 2, abs=1)
    reasons = {
        one.organisation.legal_name: one.reasons[0].mature for one in who_can_meet(Need(tags=(leaf.pk,), min_trl=7))
    }
    assert reasons == {"Ripe SRL": True, "Young SRL": False}
    equal = ranking(Need(tags=(leaf.pk,), min_trl=2))
    assert equal[0].score == equal[1].score


def test_who_did_it_more_often_comes_first(cluster: Cluster) -> None:
    _once, often, _ = three_trades()
    for _ in range(3):
        a_reference(often, **RAMAN)
    weigh_works()
    found = who_can_meet(Need(text_en="spectrometer for vapours"))
    assert names(found) == ["Filtre SA", "Optica SRL"]
    assert len(found[0].reasons) == 3


def test_reasons_add_up_to_the_score(cluster: Cluster) -> None:
    first, second, third = three_trades()
    leaf, beside = two_leaves()
    a_capability(first, leaf, note_en="nerve agents")
    a_capability(second, beside)
    for number in range(5):
        a_reference(first, second, tags=(leaf.code,), title_en=f"Vapours of agents {number}")
    a_reference(second, third, title_en="Carbon cloth")
    weigh_works()
    need = Need(text_en="nerve agents in vapours on carbon cloth", tags=(leaf.pk,), min_trl=7)
    found = who_can_meet(need)
    assert len(found) == 3
    assert sum(answerer.others for answerer in found) > 0
    for answerer in found:
        assert sum(reason.points for reason in answerer.reasons) + answerer.others_points == answerer.score
        assert (answerer.others == 0) == (answerer.others_points == 0)
        points = [reason.points for reason in answerer.reasons]
        assert points == sorted(points, reverse=True)
        for reason in answerer.reasons:
            assert reason.by_words + reason.by_tags + reason.by_neighbours == pytest.approx(1)
            assert bool(reason.words) == (reason.by_words > 0)
            assert bool(reason.tags) == (reason.by_tags > 0)
            assert bool(reason.neighbours) == (reason.by_neighbours > 0)


def test_reasons_quote_the_words_as_they_were_asked(cluster: Cluster) -> None:
    three_trades()
    (found,) = who_can_meet(Need(text_en="Spectrometers for vapour, and other things"))
    assert set(found.reasons[0].words) == {"Spectrometers", "vapour"}
    assert found.reasons[0].work.title == "Raman spectroscopy of vapours"


def test_partners_of_what_fits_come_into_view_and_say_why(cluster: Cluster) -> None:
    optics, _filters, trainers = three_trades()
    partner = a_plain_member("Partener SRL")
    a_reference(optics, partner, title_en="Instruments on a drone")
    weigh_works()
    found = {one.organisation: one for one in who_can_meet(Need(text_en="nerve agents"))}
    assert partner in found
    assert trainers not in found
    (reason,) = found[partner].reasons
    assert (reason.by_neighbours, reason.neighbours[0].title, reason.neighbours[0].partners) == (
        1,
        RAMAN["title_en"],
        1,
    )


def test_a_reference_counts_for_those_who_confirmed_it(cluster: Cluster) -> None:
    _optics, _filters, trainers = three_trades()
    reference = Reference.objects.get(title_en=RAMAN["title_en"])
    claimed = ReferenceParty.objects.create(reference=reference, organisation=trainers)
    need = Need(text_en="spectrometer")
    assert names(who_can_meet(need)) == ["Optica SRL"]
    claimed.confirmed_at = timezone.now()
    claimed.save()
    assert sorted(names(who_can_meet(need))) == ["Exercitii SRL", "Optica SRL"]


@pytest.mark.parametrize("visibility", ["office", "contact"])
def test_nothing_private_weighs_in_for_others(cluster: Cluster, visibility: str) -> None:
    """Neither by itself, nor through rarities, nearness, places or counts."""
    _optics, filters, trainers = three_trades()
    leaf, _ = two_leaves()
    a_reference(filters, trainers, tags=(leaf.code,), title_en="Instruments for vapours")
    weigh_works()
    need = Need(text_en="spectrometer for nerve agents in vapours", tags=(leaf.pk,))
    before = who_can_meet(need)
    a_reference(trainers, filters, tags=(leaf.code,), visibility=visibility, **RAMAN)
    a_capability(trainers, leaf, visibility=visibility, note_en="spectrometer nerve agents vapours")
    weigh_works()
    assert who_can_meet(need) == before
    office = {one.organisation: one for one in who_can_meet(need, office=True)}
    assert office[trainers].score > {one.organisation: one for one in before}[trainers].score
    rebuild_works()
    assert who_can_meet(need) == before


def test_what_becomes_private_is_gone_at_once_and_with_it_what_was_near(cluster: Cluster) -> None:
    optics, filters, _trainers = three_trades()
    joint = a_reference(optics, filters, title_en="Instruments on a drone")
    weigh_works()
    need = Need(text_en="nerve agents")
    assert sorted(names(who_can_meet(need))) == ["Filtre SA", "Optica SRL"]
    joint.visibility = "office"
    joint.save()
    assert names(who_can_meet(need)) == ["Optica SRL"]
    assert not NearWork.objects.filter(work__reference=joint).exists()


def test_only_members_in_good_standing_are_found(cluster: Cluster) -> None:
    optics, _filters, _trainers = three_trades()
    need = Need(text_en="spectrometer")
    Membership.objects.filter(organisation=optics).update(state="suspended")
    assert who_can_meet(need) == []
    assert who_can_meet(need, office=True) == []


def test_who_opted_out_is_not_named(cluster: Cluster) -> None:
    optics, _filters, _trainers = three_trades()
    need = Need(text_en="spectrometer")
    assert names(who_can_meet(need)) == ["Optica SRL"]
    OptOut.objects.create(member=optics, by=a_user())
    assert who_can_meet(need) == []


def test_an_offer_that_has_run_out_counts_no_more(cluster: Cluster) -> None:
    word, _beside = two_leaves()
    offer = a_capability(a_plain_member("Exact SRL"), word)
    weigh_works()
    need = Need(tags=(word.pk,))
    today = timezone.localdate()
    for last_day, found in ((today, ["Exact SRL"]), (today - timedelta(days=1), [])):
        Capability.objects.filter(pk=offer.pk).update(expires_on=last_day)
        assert names(who_can_meet(need)) == found


def test_the_owner_of_a_need_is_not_named_for_it(cluster: Cluster) -> None:
    optics, _filters, _trainers = three_trades()
    assert who_can_meet(Need(text_en="spectrometer"), without=optics.pk) == []


def test_an_empty_need_and_an_empty_index_answer_nothing(cluster: Cluster) -> None:
    assert who_can_meet(Need(text_en="spectrometer", tags=(Tag.objects.first().pk,))) == []
    three_trades()
    for need in (
        Need(),
        Need(text_en="of the and"),
        Need(text_en="'); DROP TABLE x; -- % %s \\ :* & !"),
        Need(tags=(0,)),
    ):
        assert who_can_meet(need) == []


def test_unscored_words_and_roots_never_count(cluster: Cluster) -> None:
    leaf, _ = two_leaves()
    root = Tag.objects.filter(parent__isnull=True).first()
    assert root is not None
    a_capability(a_plain_member("Named SRL"), leaf)
    weigh_works()
    assert names(who_can_meet(Need(tags=(leaf.pk,)))) == ["Named SRL"]
    assert who_can_meet(Need(tags=(root.pk,))) == []
    Tag.objects.filter(pk=leaf.pk).update(scored=False)
    rebuild_works()
    assert who_can_meet(Need(tags=(leaf.pk,))) == []


def test_a_merged_word_stands_for_the_one_it_was_merged_into(cluster: Cluster) -> None:
    leaf, other = two_leaves()
    a_capability(a_plain_member("Named SRL"), leaf)
    Tag.objects.filter(pk=leaf.pk).update(merged_into=other, active=False)
    rebuild_works()
    (found,) = who_can_meet(Need(tags=(other.pk,)))
    assert other in found.reasons[0].tags


def test_an_edit_is_found_at_once(cluster: Cluster) -> None:
    optics, _filters, _trainers = three_trades()
    leaf, _ = two_leaves()
    offer = a_capability(optics, leaf, note_en="hyperspectral cameras")
    assert WorkWord.objects.filter(word="hyperspectr").exists()
    reference = Reference.objects.get(title_en=FILTERS["title_en"])
    reference.title_en, reference.text_en = "Spectrometer cells", ""
    reference.save()
    assert sorted(names(who_can_meet(Need(text_en="spectrometer")))) == ["Filtre SA", "Optica SRL"]
    assert who_can_meet(Need(text_en="toxic gases")) == []
    offer.delete()
    assert not WorkWord.objects.filter(word="hyperspectr").exists()
    reference.delete()
    assert Work.objects.count() == 2
    Capability.objects.all().delete()


def test_the_order_of_writing_changes_nothing(cluster: Cluster) -> None:
    members = [a_plain_member(f"Membru {number} SRL") for number in range(8)]
    leaf, beside = two_leaves()

    def state(order: list[int]) -> None:
        for number in order:
            fields = (RAMAN, FILTERS, TRAINING)[number % 3]
            tags = (leaf.code, beside.code)[: number % 3]
            a_reference(members[number], members[(number + 3) % 8], tags=tags, **fields)
        weigh_works()

    need = Need(text_en="spectrometer and carbon cloth for hospital crews", tags=(leaf.pk,))
    state(list(range(8)))
    first = ranking(need)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_hashagg = off")
        assert ranking(need) == first
        cursor.execute("SET LOCAL enable_mergejoin = off; SET LOCAL enable_nestloop = on")
        assert ranking(need) == first
    assert ranking(need) == first
    Reference.objects.all().delete()
    state(list(reversed(range(8))))
    assert {(one.organisation, one.score) for one in ranking(need)} == {(one.organisation, one.score) for one in first}


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_answers_takes_six_queries(cluster: Cluster, count: int) -> None:
    for number in range(count):
        a_reference(a_plain_member(f"Membru {number} SRL"), **RAMAN)
    weigh_works()
    with CaptureQueriesContext(connection) as queries:
        found = who_can_meet(Need(text_en="spectrometer"), limit=30)
    assert len(found) == count
    assert len(queries) == 6, [query["sql"][:80] for query in queries]
