"""Saved searches: kept, changed and given up by their owner alone; letters that are never empty and never repeat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail, User
from matchmaking.actions.announcing import LettersNotWritten, announce, tell, write_weekly
from matchmaking.actions.searches import change_search, remove_search, save_search
from matchmaking.models import Opportunity, OpportunityNotice, OptOut, SavedSearch
from matchmaking.queries import searches as reads
from members.actions.membership import change_membership
from members.models import Capability, Tag
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.board.shelf import Shelf, a_shelf, as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(cluster: Cluster) -> Shelf:
    shelf = a_shelf()
    Opportunity.objects.update(announced_at=timezone.now())
    return shelf


def kept(person: User, name: str = "Radios", rhythm: str = "instant", **wishes: Any) -> SavedSearch:
    return save_search(by=person, name=name, rhythm=rhythm, wishes=wishes or {"text": "radio"})


def a_new_offer(shelf: Shelf, code: str = "c2-satcom", **fields: Any) -> Capability:
    return factories.a_capability(shelf.maker, code, note_en="A satellite radio", **fields)


def letters(person: User) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(user=person, kind="matchmaking/opportunities").order_by("pk"))


# ------------------------------------------------------------------ keeping them
def test_a_search_is_kept_changed_and_removed_with_lines_in_the_trail(shelf: Shelf) -> None:
    search = kept(shelf.by_other, sides=["civil"], text="radio")
    change_search(search.key, by=shelf.by_other, name="Radio", rhythm="weekly", wishes={"trl": 5})
    search.refresh_from_db()
    assert (search.name, search.rhythm, search.trl, search.text, search.sides) == ("Radio", "weekly", 5, "", [])
    assert search.wanted is None
    remove_search(search.key, by=shelf.by_other)
    remove_search(search.key, by=shelf.by_other)
    verbs = list(AuditEvent.objects.filter(verb__startswith="search_").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["search_saved", "search_changed", "search_removed"]


@pytest.mark.parametrize(
    ("wishes", "code"),
    [({}, "search_asks_nothing"), ({"text": "?!"}, "search_has_no_words"), ({"sides": []}, "search_asks_nothing")],
)
def test_a_search_for_nothing_is_refused(shelf: Shelf, wishes: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        save_search(by=shelf.by_other, name="All", rhythm="none", wishes=wishes)
    assert refused.value.code == code


def test_twenty_searches_are_the_most_and_their_names_differ(shelf: Shelf) -> None:
    for number in range(20):
        kept(shelf.by_other, f"Search {number}")
    with pytest.raises(RuleError, match="searches_full"):
        kept(shelf.by_other, "One more")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(person=shelf.by_other, place=21, name="Past the end", trl=3)
    remove_search(SavedSearch.objects.get(name="Search 3").key, by=shelf.by_other)
    assert kept(shelf.by_other, "One more").place == 4
    remove_search(SavedSearch.objects.get(name="Search 5").key, by=shelf.by_other)
    with pytest.raises(RuleError, match="search_name_taken"):
        kept(shelf.by_other, "One more")


def test_nobody_changes_or_reads_the_search_of_another(shelf: Shelf) -> None:
    search = kept(shelf.by_other)
    with pytest.raises(RuleError, match="search_gone"):
        change_search(search.key, by=shelf.by_maker, name="Mine", rhythm="none", wishes={"text": "x"})
    client = as_(shelf.by_maker)
    assert client.get(f"/matchmaking/searches/{search.key}/").status_code == 404
    assert client.post(f"/matchmaking/searches/{search.key}/remove/").status_code == 404
    assert "Radios" not in client.get("/matchmaking/searches/").content.decode()
    assert SavedSearch.objects.filter(pk=search.pk).exists()


def test_the_pages_keep_a_search_as_the_board_asked_it(shelf: Shelf) -> None:
    client = as_(shelf.by_other)
    asked = "q=radio&direction=offered&tag=c2-sdr&trl=5&county=CJ&side=civil&side=dual&role=industry"
    form = client.get(f"/matchmaking/searches/save/?{asked}").content.decode()
    assert 'value="radio"' in form and '<option value="c2-sdr" selected>' in form
    values = {
        "name": "Radios",
        "rhythm": "instant",
        "q": "radio",
        "direction": "offered",
        "tag": "c2-sdr",
        "trl": "5",
        "county": "CJ",
        "side": ["civil", "dual"],
        "role": ["industry"],
    }
    assert client.post("/matchmaking/searches/save/", values).status_code == 303
    search = SavedSearch.objects.select_related("tag").get()
    assert reads.address_of(search) == asked.replace("&county=CJ&side", "&county=CJ&side")
    assert client.post("/matchmaking/searches/save/", values).status_code == 422  # the name is taken
    values["name"] = "Other"
    assert client.post(f"/matchmaking/searches/{search.key}/", values).status_code == 303
    assert "Other" in client.get("/matchmaking/searches/").content.decode()
    assert client.post(f"/matchmaking/searches/{search.key}/remove/").status_code == 303
    assert "You keep no search yet" in client.get("/matchmaking/searches/").content.decode()


def test_the_page_of_searches_asks_as_many_queries_for_twenty_as_for_one(shelf: Shelf) -> None:
    client = as_(shelf.by_other)
    kept(shelf.by_other, "One", tag=Tag.objects.get(code="c2-sdr"))
    client.get("/matchmaking/searches/")
    with CaptureQueriesContext(connection) as one:
        client.get("/matchmaking/searches/")
    for number in range(19):
        kept(shelf.by_other, f"Search {number}", tag=Tag.objects.get(code="c2-sdr"))
    with CaptureQueriesContext(connection) as twenty:
        client.get("/matchmaking/searches/")
    assert (len(one), len(twenty)) == (5, 5), [query["sql"][:90] for query in twenty]


# ------------------------------------------------------------------ letters at once
def test_a_new_opportunity_is_told_at_once_and_once(shelf: Shelf) -> None:
    kept(shelf.by_other)
    kept(shelf.by_other, "Satellites", text="satellite")
    kept(shelf.by_institute, "Nothing", text="submarine")
    offer = a_new_offer(shelf)
    announce()
    (letter,) = letters(shelf.by_other)
    assert "Radios, Satellites" in letter.text and str(offer.opportunity.key) in letter.text
    assert not letters(shelf.by_institute)
    announce()
    offer.note_en = "A better satellite radio"
    offer.save()
    announce()
    assert len(letters(shelf.by_other)) == 1


def test_what_stood_before_the_search_is_told_when_it_changes(shelf: Shelf) -> None:
    kept(shelf.by_other, text="jamming handheld")
    announce()
    assert not letters(shelf.by_other)
    Capability.objects.filter(pk=shelf.items["open"].pk).update(note_en="Handheld radios against jamming")
    announce()
    assert len(letters(shelf.by_other)) == 1


def test_nothing_private_and_nothing_of_ones_own_is_told(shelf: Shelf) -> None:
    stranger = factories.a_user()
    for person in (shelf.by_other, shelf.by_maker, stranger, shelf.office):
        kept(person)
    a_new_offer(shelf, visibility="office")
    announce()
    assert not letters(shelf.by_other) and not letters(shelf.by_maker) and not letters(stranger)
    assert len(letters(shelf.office)) == 1
    a_new_offer(shelf, "mat-armour", visibility="members")
    announce()
    assert len(letters(shelf.by_other)) == 1 and not letters(stranger) and not letters(shelf.by_maker)


@pytest.mark.parametrize("away", ["suspended", "opted out", "run out", "hidden", "removed", "search gone", "inactive"])
def test_what_changed_between_search_and_letter_is_left_out(shelf: Shelf, away: str) -> None:
    search = kept(shelf.by_other)
    offer = a_new_offer(shelf, visibility="members")
    hits = reads.instant_hits([offer.pk])
    assert hits == {shelf.by_other.pk: {offer.pk: [search.pk]}}
    if away == "suspended":
        change_membership(
            shelf.maker.memberships.get().pk, "suspend", by=shelf.office, basis="Resolution 9/2026", article="7"
        )
    elif away == "opted out":
        OptOut.objects.create(member=shelf.maker, by=shelf.by_maker)
    elif away == "run out":
        Capability.objects.filter(pk=offer.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    elif away == "hidden":
        Capability.objects.filter(pk=offer.pk).update(visibility="office")
    elif away == "removed":
        offer.delete()
    elif away == "search gone":
        remove_search(search.key, by=shelf.by_other)
    else:
        User.objects.filter(pk=shelf.by_other.pk).update(is_active=False)
    assert tell(shelf.by_other.pk, "instant", hits[shelf.by_other.pk]) is False
    assert not letters(shelf.by_other) and not OpportunityNotice.objects.exists()


def test_a_member_that_comes_back_is_told_to_those_who_have_not_heard(shelf: Shelf) -> None:
    change_membership(
        shelf.maker.memberships.get().pk, "suspend", by=shelf.office, basis="Resolution 9/2026", article="7"
    )
    kept(shelf.by_other)
    a_new_offer(shelf)
    announce()
    assert not letters(shelf.by_other)
    change_membership(
        shelf.maker.memberships.get().pk, "reinstate", by=shelf.office, basis="Resolution 10/2026", article="7"
    )
    announce()
    assert len(letters(shelf.by_other)) == 1


# ------------------------------------------------------------------ weekly letters
def test_the_weekly_letter_is_never_empty_and_never_repeats(shelf: Shelf) -> None:
    kept(shelf.by_other, rhythm="weekly")
    write_weekly()
    assert not letters(shelf.by_other)
    a_new_offer(shelf)
    announce()
    assert not letters(shelf.by_other)
    write_weekly()
    write_weekly()
    assert len(letters(shelf.by_other)) == 1
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        write_weekly()
        assert len(letters(shelf.by_other)) == 1
        a_new_offer(shelf, "mat-armour")
        write_weekly()
    assert len(letters(shelf.by_other)) == 2


def test_what_was_told_at_once_is_not_told_again_in_the_week(shelf: Shelf) -> None:
    kept(shelf.by_other)
    kept(shelf.by_other, "Weekly", rhythm="weekly")
    a_new_offer(shelf)
    announce()
    write_weekly()
    assert len(letters(shelf.by_other)) == 1


# ------------------------------------------------------------------ the same as the board, and many
WISHES: list[dict[str, Any]] = [
    {"text": "radio"},
    {"text": "stații"},
    {"direction": "sought"},
    {"sides": ["defence"]},
    {"roles": ["industry"]},
    {"roles": ["university"]},
    {"county": "CJ"},
    {"kinds": ["product"]},
    {"trl": 8},
    {"weight": 2},
    {"tag": "c2-sdr"},
    {"tag": "above"},
    {"tag": "c2-sdr", "direction": "offered", "text": "radio"},
]


@pytest.mark.parametrize("wishes", WISHES)
def test_a_saved_search_finds_what_the_board_finds(shelf: Shelf, wishes: dict[str, Any]) -> None:
    word = Tag.objects.get(code="c2-sdr")
    tags = {"c2-sdr": word, "above": word.parent}
    search = kept(shelf.by_other, **{**wishes, **({"tag": tags[wishes["tag"]]} if "tag" in wishes else {})})
    SavedSearch.objects.update(saved_at=timezone.now() - timedelta(days=1))
    hits = reads.instant_hits(list(Opportunity.objects.values_list("pk", flat=True))).get(shelf.by_other.pk, {})
    told = {found.item.pk for found in reads.to_tell(shelf.by_other, "instant", hits)}
    text = as_(shelf.by_other).get(f"/matchmaking/opportunities/?{reads.address_of(search)}").content.decode()
    on_board = {item.pk for name, item in shelf.items.items() if str(shelf.key(name)) in text}
    assert told == on_board


def test_ten_thousand_searches_are_held_against_an_opportunity_in_one_statement(shelf: Shelf) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TEN_THOUSAND)
    assert SavedSearch.objects.count() == 10_000
    item = a_new_offer(shelf, visibility="members")  # which these strangers may not see
    kept(shelf.by_other)
    Opportunity.objects.filter(pk=item.pk).update(changed_at=timezone.now())
    with CaptureQueriesContext(connection) as asked:
        hits = reads.instant_hits([item.pk])
    assert len(asked) == 1 and len(hits) == 501
    assert all(wanted.keys() == {item.pk} for wanted in hits.values())
    with CaptureQueriesContext(connection) as asked:
        assert tell(shelf.by_other.pk, "instant", hits[shelf.by_other.pk])
    assert len(asked) <= 14, [query["sql"][:90] for query in asked]
    stranger = next(person for person in hits if person != shelf.by_other.pk)
    assert tell(stranger, "instant", hits[stranger]) is False
    assert len(letters(shelf.by_other)) == 1 and OutgoingMail.objects.count() == 1


TEN_THOUSAND = """
WITH people AS (
    INSERT INTO common_user (email, password, is_active, is_staff, is_superuser, full_name, language, date_joined)
    SELECT 'reader' || n || '@example.org', '', true, false, false, '', 'en', now() FROM generate_series(1, 500) n
    RETURNING id)
INSERT INTO matchmaking_savedsearch (key, person_id, place, name, text, wanted, direction, sides, roles, kinds, county,
                                     rhythm)
SELECT gen_random_uuid(), people.id, n, word, word, to_tsquery('portal_names', word), '', '{}', '{}', '{}', '',
       'instant'
  FROM people, generate_series(1, 20) n, LATERAL (SELECT CASE n WHEN 1 THEN 'radio' ELSE 'word' || n END AS word) w
"""
REFUSING = """
CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this letter cannot be written';
END $$;
CREATE TRIGGER refuse BEFORE INSERT ON common_outgoingmail FOR EACH ROW WHEN (NEW.recipient = 'office@example.org')
EXECUTE FUNCTION pg_temp.refuse();
"""


def test_a_letter_that_cannot_be_written_stops_nobody_elses_and_is_tried_again(shelf: Shelf) -> None:
    kept(shelf.office)
    kept(shelf.by_other)
    a_new_offer(shelf)
    with connection.cursor() as cursor:
        cursor.execute(REFUSING)
    with pytest.raises(LettersNotWritten):
        announce()
    assert len(letters(shelf.by_other)) == 1 and not letters(shelf.office)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse ON common_outgoingmail")
    announce()
    assert len(letters(shelf.by_other)) == 1 and len(letters(shelf.office)) == 1
    assert not reads.to_announce()
