"""Two editors of one profile: each keeps what is theirs, and where both wrote, a person chooses."""

from __future__ import annotations

import pytest

from members.models import Organisation, Person, Sector
from tests.members.profile.conftest import World, signed_in, the_form

pytestmark = pytest.mark.django_db

TEXTS = "/members/prut/edit/texts/"


def texts(world: World) -> tuple[str, str]:
    row = Organisation.objects.get(pk=world.organisation.pk)
    return row.summary_ro, row.summary_en


def test_two_who_wrote_in_different_fields_both_keep_their_text(world: World) -> None:
    first, second = signed_in(world.representative), signed_in(world.contributor)
    mine, theirs = the_form(first, TEXTS), the_form(second, TEXTS)
    assert first.post(TEXTS, {**mine, "summary_ro": "Al meu."}).status_code == 302
    assert second.post(TEXTS, {**theirs, "summary_en": "Theirs."}).status_code == 302
    assert texts(world) == ("Al meu.", "Theirs.")


def test_a_save_in_another_section_disturbs_nobody(world: World) -> None:
    first, second = signed_in(world.representative), signed_in(world.contributor)
    one, two = Sector.objects.all()[:2]
    place = "/members/prut/edit/classification/"
    mine, theirs = the_form(first, TEXTS), the_form(second, place)
    first.post(TEXTS, {**mine, "summary_ro": "Al meu."})
    assert second.post(place, {**theirs, "sectors": [one.pk, two.pk]}).status_code == 302
    assert set(world.organisation.sectors.all()) == {one, two}


def test_the_second_editor_of_one_field_sees_both_texts_and_nothing_is_saved_yet(world: World) -> None:
    first, second = signed_in(world.representative), signed_in(world.contributor)
    mine, theirs = the_form(first, TEXTS), the_form(second, TEXTS)
    first.post(TEXTS, {**mine, "summary_en": "The first text."})
    answer = second.post(TEXTS, {**theirs, "summary_en": "The second text.", "summary_ro": "Alt text."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The first text." in page and "The second text." in page
    assert str(world.representative) in page
    assert texts(world)[1] == "The first text."


@pytest.mark.parametrize(("choice", "stays"), [("mine", "The second text."), ("theirs", "The first text.")])
def test_the_choice_is_carried_out_and_the_rest_is_saved_with_it(world: World, choice: str, stays: str) -> None:
    first, second = signed_in(world.representative), signed_in(world.contributor)
    mine, theirs = the_form(first, TEXTS), the_form(second, TEXTS)
    first.post(TEXTS, {**mine, "summary_en": "The first text.", "description_en": "Only the first wrote this."})
    clash = second.post(TEXTS, {**theirs, "summary_en": "The second text.", "summary_ro": "Alt text."})
    hidden = {bound.html_name: bound.value() for bound in clash.context["form"]}
    answer = second.post(TEXTS, {**hidden, "keep-summary_en": choice})
    assert answer.status_code == 302
    row = Organisation.objects.get(pk=world.organisation.pk)
    assert (row.summary_ro, row.summary_en, row.description_en) == ("Alt text.", stays, "Only the first wrote this.")


def test_a_third_editor_in_between_is_not_overwritten_by_the_choice(world: World) -> None:
    first, second = signed_in(world.representative), signed_in(world.contributor)
    third = signed_in(world.office)
    mine, theirs = the_form(first, TEXTS), the_form(second, TEXTS)
    first.post(TEXTS, {**mine, "summary_en": "The first text."})
    clash = second.post(TEXTS, {**theirs, "summary_en": "The second text."})
    third.post(TEXTS, {**the_form(third, TEXTS), "summary_en": "The third text."})
    hidden = {bound.html_name: bound.value() for bound in clash.context["form"]}
    again = second.post(TEXTS, {**hidden, "keep-summary_en": "mine"})
    assert again.status_code == 409
    assert "The third text." in again.content.decode()


def test_a_form_that_does_not_say_its_version_overwrites_nothing_silently(world: World) -> None:
    client = signed_in(world.representative)
    answer = client.post(TEXTS, {"summary_en": "Written by a program."})
    assert answer.status_code == 409
    assert texts(world) == (world.organisation.summary_ro, world.organisation.summary_en)


def test_sectors_that_both_changed_are_asked_about_by_name(world: World) -> None:
    first, second = signed_in(world.representative), signed_in(world.contributor)
    one, two = Sector.objects.all()[:2]
    place = "/members/prut/edit/classification/"
    mine, theirs = the_form(first, place), the_form(second, place)
    first.post(place, {**mine, "sectors": [one.pk]})
    answer = second.post(place, {**theirs, "sectors": [two.pk]})
    assert answer.status_code == 409
    difference = answer.context["differences"][0]
    assert (difference.theirs, difference.mine) == (str(one), str(two))


def test_two_editors_of_one_person_are_asked_too(world: World) -> None:
    person = Person.objects.create(organisation=world.organisation, role="technical", full_name="Ana Rusu")
    place = f"/members/prut/edit/people/{person.pk}/"
    first, second = signed_in(world.representative), signed_in(world.contributor)
    mine, theirs = the_form(first, place), the_form(second, place)
    assert first.post(place, {**mine, "full_name": "Ana Rusu-Pop"}).status_code == 302
    assert second.post(place, {**theirs, "position": "Head of laboratory"}).status_code == 302
    answer = second.post(place, {**theirs, "full_name": "Ana Pop"})
    assert answer.status_code == 409
    hidden = {bound.html_name: bound.value() or "" for bound in answer.context["form"]}
    assert second.post(place, {**hidden, "keep-full_name": "mine"}).status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.position) == ("Ana Pop", "Head of laboratory")


def test_what_was_typed_survives_the_removal_of_its_row(world: World) -> None:
    person = Person.objects.create(organisation=world.organisation, role="technical", full_name="Ana Rusu")
    place = f"/members/prut/edit/people/{person.pk}/"
    client = signed_in(world.representative)
    mine = the_form(client, place)
    person.delete()
    answer = client.post(place, {**mine, "position": "Head of laboratory"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Somebody removed this entry" in page and "Head of laboratory" in page
    assert 'action="/members/prut/edit/people/add/"' in page
    assert not Person.objects.filter(organisation=world.organisation).exists()
