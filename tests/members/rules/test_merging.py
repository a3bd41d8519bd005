"""Two edits of one thing, brought together without losing a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules.merging import merge

BASE = {"a": "1", "b": "1"}


@pytest.mark.parametrize(
    ("theirs", "mine", "values", "clashes"),
    [
        (BASE, BASE, {}, ()),
        (BASE, {"a": "2", "b": "1"}, {"a": "2"}, ()),
        ({"a": "2", "b": "1"}, {"a": "1", "b": "3"}, {"b": "3"}, ()),
        ({"a": "2", "b": "1"}, {"a": "2", "b": "1"}, {}, ()),
        ({"a": "2", "b": "1"}, {"a": "3", "b": "1"}, {}, ("a",)),
        ({"a": "2", "b": "2"}, {"a": "3", "b": "3"}, {}, ("a", "b")),
    ],
    ids=["nothing", "only I", "each another field", "both the same", "both one field", "both everything"],
)
def test_what_only_one_changed_stays_and_what_both_changed_is_asked(
    theirs: dict[str, object], mine: dict[str, object], values: dict[str, object], clashes: tuple[str, ...]
) -> None:
    found = merge(BASE, theirs, mine)
    assert (found.values, found.clashes) == (values, clashes)


def test_a_field_with_unknown_beginning_is_asked_about() -> None:
    assert merge({}, {"a": "1"}, {"a": "2"}).clashes == ("a",)
    assert merge({}, {"a": "1"}, {"a": "1"}).clashes == ()


texts = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("123"), min_size=4, max_size=4)


@given(base=texts, theirs=texts, mine=texts)
def test_no_change_of_anybody_is_lost_in_silence(
    base: dict[str, object], theirs: dict[str, object], mine: dict[str, object]
) -> None:
    found = merge(base, theirs, mine)
    result = {**theirs, **found.values}
    for name in "abcd":
        if theirs[name] != base[name] and name not in found.clashes:
            assert result[name] == theirs[name]
        if mine[name] != base[name] and name not in found.clashes:
            assert result[name] == mine[name]
