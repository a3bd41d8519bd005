"""The lines of a member's page are joined from strings: no value of any of them can become markup."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string

from cluster_portal.common.visibility import viewer
from members.queries.profile import Capacity, Contact, Field, Profile, profile_for
from members.views.profile_page import page_of
from tests.factories import a_member

pytestmark = pytest.mark.django_db
HOSTILE = "\"><script>alert('1')</script>&"
SIDES = {"side": "dual", "trl": 4}


def hostile(kind: Any, **given: Any) -> Any:
    """One of its kind of which every text is hostile."""
    return kind(**{one.name: HOSTILE for one in fields(kind) if one.type is str} | given)


@pytest.fixture
def profile(cluster: Any) -> Profile:
    member = a_member("Fabrica")
    found = profile_for(member.organisation.slug, viewer(member=True, own=[member.organisation_id]))
    assert found is not None
    capacity = hostile(Capacity, **SIDES, must=True, references=1500, seen_by="members")
    texts: dict[str, Any] = {one.name: HOSTILE for one in fields(Profile) if one.type is str}
    known = ("slug", "side", "helix_role", "state", "show_profile", "country", "matrix_title")
    return replace(
        found,
        **{name: text for name, text in texts.items() if name not in known},
        offers=(capacity,),
        needs=(capacity, replace(capacity, must=False)),
        people=(hostile(Contact),),
        sectors=(hostile(Field), hostile(Field)),
        founded_on=date(1999, 1, 1),
        employees=12_345,
    )


@pytest.mark.parametrize("sees_more", [True, False])
def test_no_value_becomes_markup(profile: Profile, sees_more: bool) -> None:
    shown = replace(profile, sees_more=sees_more)
    html = render_to_string("members/profile_body.html", page_of(shown, own=True))
    assert "<script" not in html and "alert('1')" not in html
    assert html.count("&lt;script&gt;") > 40


def test_what_is_not_stated_has_no_line(profile: Profile) -> None:
    nothing: dict[str, Any] = {
        one.name: "" for one in fields(Profile) if one.type is str and one.name not in ("slug", "country_name")
    }
    bare = replace(profile, **nothing, people=(), sectors=(), founded_on=None, employees=None)
    facts = str(page_of(bare, own=False)["facts"])
    assert facts.count("<dt>") == facts.count("<dd") == 2  # where it is, and when the profile was changed
