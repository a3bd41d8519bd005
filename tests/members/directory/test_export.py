"""The directory as a table: the same members, safe for spreadsheets, and not without end."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from cluster_portal.benchmarks.members import invent_members
from cluster_portal.common.visibility import ANYONE
from members.queries.directory import Wanted, directory
from members.rules.spreadsheets import DANGEROUS, harmless
from members.views.directory import EXPORTS
from tests.members.directory.conftest import listed

pytestmark = pytest.mark.django_db


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/members/export.csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="members-')
    body: bytes = answer.getvalue()
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("query", ["", "?side=civil&side=dual", "?q=filatura", "?q=inaltimii&role=industry"])
def test_the_table_holds_the_members_that_the_page_counts(client: Client, query: str) -> None:
    invent_members(60, seed=41)
    answer = client.get(f"/members/{query}")
    table = rows(client, query)
    assert len(table) == answer.context["found"].total
    assert [row["Name"] for row in table] == sorted((row["Name"] for row in table), key=str.casefold) or table
    first = {row.name for row in answer.context["found"].rows}
    assert first <= {row["Name"] for row in table}


def test_a_row_says_what_the_directory_says(client: Client) -> None:
    listed("Șantierul Ă SRL", ("isr-radar",), ("mat-stealth",), county="BV", summary_en='He said "no"; twice\nand left')
    (row,) = rows(client)
    assert row["Name"] == "Șantierul Ă SRL"
    assert (row["Side"], row["Helix role"], row["County or country"]) == ("Civil", "Industry", "Brașov")
    assert (row["Offers"], row["Looks for"], row["Highest TRL"]) == ("Radar", "Radar-absorbing materials", "6")
    assert row["Summary"] == 'He said "no"; twice\nand left'
    assert row["Size"] == row["Place"] == ""
    assert row["Page"].endswith("/members/santierul-a-srl/")


@pytest.mark.parametrize("start", DANGEROUS)
@pytest.mark.parametrize("before", ["", " ", "\xa0"])
def test_no_cell_is_a_formula(start: str, before: str) -> None:
    text = f"{before}{start}cmd|' /C calc'!A0"
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Atelierul", "a=b", "TRL 4-6", "'quoted", "5"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_dangerous_name_reaches_the_table_as_a_text(client: Client) -> None:
    listed("=HYPERLINK(1)")
    assert rows(client)[0]["Name"] == "'=HYPERLINK(1)"


def test_nobody_downloads_without_end(client: Client, cluster: Any) -> None:
    answers = [client.get("/members/export.csv").status_code for _time in range(EXPORTS + 1)]
    assert answers == [200] * EXPORTS + [429]
    waiting = client.get("/members/export.csv")
    assert waiting["Retry-After"] == "600" and b"ten minutes" in waiting.content


def test_an_empty_directory_gives_a_head_alone(client: Client, cluster: Any) -> None:
    assert rows(client) == []
    assert directory(Wanted(), ANYONE).total == 0
