"""Badges read back: one for everybody, on whole sheets, with words beside the glyphs."""

from __future__ import annotations

import resource
from dataclasses import replace

import pytest

from events.papers.badges import badges
from events.papers.data import EIGHT, TEN, Badge, Layout
from members.enums import HelixRole, Side
from tests.events.papers.made import BADGE, BADGES, HOSTILE, alternatives, filled_with, letters, read, root, text_of


def test_a_badge_says_who_where_and_what() -> None:
    pdf = badges(BADGES)
    text = letters(text_of(pdf))
    for said in (
        *("Ștefan Țuțea", "Universitatea „Ovidiu”", "Universitate și cercetare", "Dual", "Vorbitor"),
        *(BADGES.title, "12–13 noiembrie 2026"),
    ):
        assert letters(said) in text, said
    assert list(alternatives(pdf)) == ["Codul QR pentru sosirea persoanei Ștefan Țuțea"]
    reader = read(pdf)
    assert root(pdf)["/Lang"] == "ro"
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith(BADGES.title)


@pytest.mark.parametrize(("layout", "people", "pages"), [(EIGHT, 8, 1), (EIGHT, 9, 2), (TEN, 10, 1), (TEN, 11, 2)])
def test_sheets_are_filled(layout: Layout, people: int, pages: int) -> None:
    many = tuple(replace(BADGE, name=f"Person {number}") for number in range(people))
    pdf = badges(replace(BADGES, people=many), layout)
    reader = read(pdf)
    assert len(reader.pages) == pages
    text = text_of(pdf)
    assert [text.count(f"Person {number}\n") for number in range(people)] == [1] * people


def test_every_role_and_side_has_its_word() -> None:
    people = [Badge(f"R {role.value}", role.value, role=role) for role in HelixRole]
    people += [Badge(f"S {side.value}", side.value, side=side) for side in Side]
    people.append(Badge("Nobody yet", "x"))
    text = text_of(badges(replace(BADGES, language="en", people=tuple(people)), TEN))
    assert [label for label in (*HelixRole.labels, *Side.labels) if str(label) not in text] == []


@pytest.mark.parametrize("layout", [EIGHT, TEN])
def test_every_text_is_printed_inside_its_badge(layout: Layout) -> None:
    people = tuple(filled_with(BADGE, text) for text in (*HOSTILE.values(), ""))
    reader = read(badges(replace(BADGES, people=people, title=HOSTILE["markup"]), layout))
    assert len(reader.pages) == -(-len(people) // (layout.columns * layout.rows))
    text = letters("".join(page.extract_text() for page in reader.pages))
    assert "root:" not in text
    for name, hostile in HOSTILE.items():
        assert name == "right to left" or text.count(letters(hostile)) >= 3, name


def test_the_same_data_give_the_same_bytes() -> None:
    assert badges(BADGES) == badges(BADGES)


def test_five_hundred_badges_take_seconds() -> None:
    many = tuple(replace(BADGE, name=f"Ștefan Țuțea {number}", code=f"TICKET-{number:04}") for number in range(500))
    before = spent()
    pdf = badges(replace(BADGES, people=many), TEN)
    assert spent() - before < 12  # about 4 on a quiet machine
    assert len(read(pdf).pages) == 50


def spent() -> float:
    """Seconds of work of this process and of those that it waited for, whatever else the machine does."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


@pytest.mark.parametrize("badge", [replace(BADGE, role="#read"), replace(BADGE, side="evil")])
def test_a_role_or_side_that_does_not_exist_is_refused(badge: Badge) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        badges(replace(BADGES, people=(badge,)))


def test_badges_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        badges(replace(BADGES, people=()))


@pytest.mark.parametrize("size", [(0, 1, 90, 50), (3, 4, 90, 65), (2, 6, 90, 50)])
def test_a_layout_fits_on_the_sheet(size: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"badge|sheet"):
        Layout(*size)
