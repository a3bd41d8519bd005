"""People as they are pasted: every shape in which lists of people arrive, and every line that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.rules.pasting import MOST_REMARKS, read_people
from events.wording import SENTENCES, sentence


@pytest.mark.parametrize(
    "line",
    [
        "Ana Pop <ana@example.org>",
        '"Ana Pop" <ANA@example.org>,',
        "Ana Pop; ana@example.org",
        "Ana Pop, ana@example.org",
        "ana@example.org\tAna Pop",
        "  Ana   Pop\tana@example.org.",
        "Ana Pop - ana@example.org",
    ],
)
def test_every_shape_of_a_line_is_read(line: str) -> None:
    (person,) = read_people(f"\n{line}\n\n").people
    assert (person.full_name, person.email, person.line) == ("Ana Pop", "ana@example.org", 2)


def test_a_list_pasted_twice_counts_each_once() -> None:
    lines = "\n".join(f"Person {number} <p{number}@example.org>" for number in range(10_000))
    found = read_people(f"{lines}\n{lines}")
    assert (len(found.people), found.repeated, found.remarks) == (10_000, 10_000, ())


def test_what_is_wrong_is_said_with_its_line() -> None:
    found = read_people("Ana Pop\nion@example.org\nDan Rus; d@example.org\nDana Rusu; d@example.org")
    told = [sentence(remark) for remark in found.remarks]
    assert told == [
        "Line 1 has no e-mail address: “Ana Pop”",
        "Line 2: write the full name beside ion@example.org.",
        "Line 4: d@example.org stands on line 3 under another name. Keep one.",
    ]


def test_the_wrong_column_is_not_told_a_thousand_times() -> None:
    found = read_people("\n".join(["no address"] * 1000))
    assert len(found.remarks) == MOST_REMARKS + 1
    assert sentence(found.remarks[-1]) == f"Lines that are wrong besides: {1000 - MOST_REMARKS}."


@given(st.text(max_size=300))
def test_any_text_is_read_or_remarked_upon(text: str) -> None:
    found = read_people(text)
    said = [line for line in text.splitlines() if line.split()]
    assert len(found.people) + found.repeated + len(found.remarks) == len(said)
    assert all(remark.code in SENTENCES for remark in found.remarks)
    assert len({person.email for person in found.people}) == len(found.people)
