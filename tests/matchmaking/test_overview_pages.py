"""The office's overview as it is read, counted and taken away; to nobody else does it answer."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cluster_portal.common.models import Cluster, User
from matchmaking.actions.upkeep import refresh_places
from members.models import Organisation
from tests import factories
from tests.matchmaking.conftest import Pairing, an_office
from tests.matchmaking.test_meeting_pages import browser, text
from tests.matchmaking.test_meeting_queries import introduced, sent_and_received

pytestmark = pytest.mark.django_db
HOME = "/matchmaking/overview/"
PAGES = (HOME, f"{HOME}introductions/", f"{HOME}exposure/")
FORMULA = "=cmd|' /C calc'!A0"


def lines(user: User, name: str, query: str = "") -> list[list[str]]:
    answer = browser(user).get(f"{HOME}{name}.csv{query}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    body = answer.content.decode()
    assert body.startswith("\ufeff")
    return list(csv.reader(StringIO(body.removeprefix("\ufeff"), newline="")))


def sheet(user: User, name: str) -> Any:
    answer = browser(user).get(f"{HOME}{name}.xlsx")
    assert answer["Content-Disposition"] == f'attachment; filename="matchmaking-{name}.xlsx"'
    return load_workbook(BytesIO(answer.content)).active


@pytest.fixture
def gap(pairing: Pairing) -> Pairing:
    """The third keeps a need to the office that nobody meets."""
    factories.a_capability(pairing.third, "c2-sdr", direction="sought", visibility="office", trl=None, weight=2)
    pairing.maker.capabilities.filter(tag__code="c2-sdr").delete()
    return pairing


def test_each_page_is_honest_when_there_is_nothing(cluster: Cluster) -> None:
    office = browser(an_office())
    assert "No member in matching states an offer or a need" in text(office.get(PAGES[0]))
    assert "nobody was introduced yet" in text(office.get(PAGES[1]))
    assert "Nothing is counted yet" in text(office.get(PAGES[2]))
    for name in ("gaps", "needs", "offers", "flows", "exposure"):
        found = lines(an_office(), name)
        assert len(found[0]) > 2
        assert name == "gaps" or len(found) == 1


def test_the_office_reads_what_is_kept_to_it_and_nobody_else_reads_anything(gap: Pairing) -> None:
    page = text(browser(gap.office).get(HOME))
    assert "Kept to the office" in page
    assert f"/matchmaking/office/pairs/?member={gap.third.slug}" in browser(gap.office).get(HOME).content.decode()
    for person in (gap.by_maker, gap.by_third, factories.a_director()):
        for path in (*PAGES, f"{HOME}needs.csv", f"{HOME}gaps.xlsx"):
            assert browser(person).get(path).status_code == 403


def test_a_word_opens_to_the_words_below_it(gap: Pairing) -> None:
    whole = browser(gap.office).get(HOME)
    (opened,) = {row.word.code for row, opens in whole.context["rows"] if opens and row.word.code == "c2"} or {""}
    word = opened or next(row.word.code for row, opens in whole.context["rows"] if opens)
    rows = browser(gap.office).get(f"{HOME}?word={word}").context["rows"]
    assert rows[0][0].word.code == word
    assert {row.level for row, _opens in rows[1:]} == {rows[0][0].level + 1}
    assert browser(gap.office).get(f"{HOME}?word=nothing-like-it").status_code == 404


def test_tables_leave_for_spreadsheets_and_none_of_them_calculates(gap: Pairing) -> None:
    Organisation.objects.filter(pk=gap.third.pk).update(legal_name=FORMULA, short_name="")
    head, *rows = lines(gap.office, "needs")
    assert head == ["Member", "Side", "Capability", "Part of", "TRL", "Importance", "Seen by", "Text"]
    assert [(row[0], row[1], row[4], row[5]) for row in rows] == [
        ("'" + FORMULA, "Defence", "", "Must"),
        (gap.institute.display_name, "Defence", "7", "Should"),
    ]
    cell = sheet(gap.office, "needs")["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (FORMULA, "s", True)
    assert sheet(gap.office, "needs").freeze_panes == "B2"


def test_shares_are_of_what_the_step_before_counts(pairing: Pairing) -> None:
    introduced(pairing, [pairing.institute])
    sent_and_received(pairing, [pairing.institute])
    found = lines(pairing.office, "introductions", "?period=all")
    assert found[:5] == [
        ["Step", "Number", "Share, %", "Share of"],
        ["Interests expressed", "2", "", ""],
        ["Answered yes", "0", "0.0", "of the interests"],
        ["Introductions", "1", "", ""],
        ["An interest that was returned", "1", "100.0", "of the introductions"],
    ]
    assert ["They have met", "1", "100.0", "of the introductions"] in found
    assert ["Contract", "0", "0.0", "of the introductions"] in found
    assert lines(pairing.office, "flows")[1][1:] == ["0", "0", "1", "0", "0", "0", "1", "0", "0", "0", "1"]
    assert sheet(pairing.office, "introductions")["B2"].value == 2


def test_a_period_that_is_not_there_is_said_and_gives_no_file(pairing: Pairing) -> None:
    sent_and_received(pairing, [pairing.institute])
    page = browser(pairing.office).get(f"{PAGES[1]}?period=1999")
    assert page.status_code == 200
    assert page.context["form"].errors
    assert browser(pairing.office).get(f"{HOME}introductions.csv?period=1999").status_code == 404
    assert browser(pairing.office).get(f"{HOME}secrets.csv").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [(PAGES[0], 9), (PAGES[1], 9), (PAGES[2], 7)])
def test_a_page_asks_as_much_for_thirty_rows_as_for_one(gap: Pairing, path: str, queries: int) -> None:
    def counted() -> int:
        client = browser(gap.office)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            text(client.get(path))
        return len(asked)

    partners = [factories.a_member(f"Partenerul {place} SA", side="defence").organisation for place in range(30)]
    introduced(gap, partners[:1])
    sent_and_received(gap, partners[:1])
    refresh_places()
    one = counted()
    for partner in partners[1:]:
        factories.a_capability(partner, "c2-sdr", direction="sought", trl=7)
        factories.a_capability(partner, "mat-ceramic", trl=7)
    introduced(gap, partners[1:])
    sent_and_received(gap, partners[1:])
    refresh_places()
    assert (one, counted()) == (queries, queries)
