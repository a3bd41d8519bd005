"""The sections of a profile: what is saved, what is refused, and that nothing else can be slipped in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from stdnum.ro import cnp

from cluster_portal.common.models import AuditEvent
from members.models import Certificate, DirectoryEntry, HelixSubtype, Organisation, Person, Sector, Tag
from tests import factories
from tests.members.profile.conftest import World, signed_in, the_form

pytestmark = pytest.mark.django_db

EDIT = "/members/prut/edit/"
CNP = "198010140001" + cnp.calc_check_digit("198010140001")


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.representative)


def save(client: Client, address: str, **changes: Any) -> Any:
    """Send the form of a page with these changes."""
    return client.post(address, {**the_form(client, address), **changes})


def stored(world: World) -> Organisation:
    return Organisation.objects.get(pk=world.organisation.pk)


def lines(world: World) -> list[tuple[str, Any]]:
    trail = AuditEvent.objects.filter(target_type="members.organisation", target_id=str(world.organisation.pk))
    return list(trail.order_by("id").values_list("verb", "params"))


def test_texts_are_live_at_once_with_one_line_that_names_the_fields(world: World, client: Client) -> None:
    answer = save(client, f"{EDIT}texts/", summary_en="We map caves.", description_ro="Prima linie.\r\nȘi a doua.  ")
    assert answer.status_code == 302
    row = stored(world)
    assert (row.summary_en, row.description_ro) == ("We map caves.", "Prima linie.\nȘi a doua.")
    assert row.version == world.organisation.version + 1
    assert lines(world) == [("profile_edited", {"fields": ["description_ro", "summary_en"]})]
    assert set(DirectoryEntry.objects.filter(organisation=row).values_list("summary_en", flat=True)) == {
        "We map caves."
    }
    assert "We map caves." in Client().get("/members/prut/").content.decode()


def test_cedillas_become_commas(world: World, client: Client) -> None:
    save(client, f"{EDIT}texts/", summary_ro="Ţesături şi aţă")
    assert stored(world).summary_ro == "Țesături și ață"


def test_an_unchanged_form_writes_nothing(world: World, client: Client) -> None:
    assert save(client, f"{EDIT}texts/").status_code == 302
    assert stored(world).version == world.organisation.version
    assert lines(world) == []


@pytest.mark.parametrize(
    ("section", "field", "value", "words"),
    [
        ("texts", "summary_en", "x" * 301, "at most 300 characters"),
        ("texts", "description_en", f"Ask for {CNP} there.", "CNP"),
        ("contact", "website", "javascript:alert(1)", "Write the whole address"),
        ("contact", "website", "ftp://example.org/", "Write the whole address"),
        ("contact", "email", "nobody", "Enter a valid email"),
        ("contact", "phone", "call me", "such as +40"),
        ("classification", "employees", "-1", "greater than or equal to 0"),
        ("classification", "employees", "4000", "does not belong to the size class"),
        ("classification", "tier", "tier9", "Select a valid choice"),
        ("classification", "sectors", "999999", "Select a valid choice"),
        ("visibility", "show_people", "board", "Select a valid choice"),
        ("visibility", "show_profile", "office", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    world: World, client: Client, section: str, field: str, value: str, words: str
) -> None:
    answer = save(client, f"{EDIT}{section}/", **{field: value})
    form = answer.context["form"]
    assert answer.status_code == 200
    assert words in " ".join(form.errors[field])
    assert value in str(form[field].value())
    assert stored(world).version == world.organisation.version


def test_a_web_address_gets_its_https(world: World, client: Client) -> None:
    save(client, f"{EDIT}contact/", website="prut.example.org")
    assert stored(world).website == "https://prut.example.org"


def test_classification_keeps_sectors_and_a_sub_type_of_its_own_role(world: World, client: Client) -> None:
    one, two = Sector.objects.all()[:2]
    fitting = HelixSubtype.objects.filter(role="industry")[0]
    answer = save(client, f"{EDIT}classification/", sectors=[one.pk, two.pk], helix_subtype=fitting.pk, employees="20")
    assert answer.status_code == 302
    row = stored(world)
    assert set(row.sectors.all()) == {one, two}
    assert (row.helix_subtype, row.employees) == (fitting, 20)
    strange = HelixSubtype.objects.exclude(role="industry")[0]
    answer = save(client, f"{EDIT}classification/", helix_subtype=strange.pk)
    assert "Select a valid choice" in str(answer.context["form"].errors["helix_subtype"])


def test_visibility_of_a_group_changes_what_others_see(world: World, client: Client) -> None:
    save(client, f"{EDIT}visibility/", show_contact="public")
    assert world.organisation.email in Client().get("/members/prut/").content.decode()
    save(client, f"{EDIT}visibility/", show_contact="office")
    assert world.organisation.email not in Client().get("/members/prut/").content.decode()
    assert world.organisation.email not in signed_in(world.other).get("/members/prut/").content.decode()
    assert ("profile_edited", {"fields": ["show_contact"]}) in lines(world)


def test_an_edit_by_the_office_is_on_the_trail_with_its_name(world: World) -> None:
    save(signed_in(world.office), f"{EDIT}texts/", summary_en="Corrected by the office.")
    assert AuditEvent.objects.filter(verb="profile_edited").get().actor == world.office


# ------------------------------------------------------------------ mass assignment
def test_fields_that_no_form_has_change_nothing(world: World, client: Client) -> None:
    before = Organisation.objects.values().get(pk=world.organisation.pk)
    extra = {
        "legal_name": "Another SRL", "slug": "taken-over", "tax_id": "1", "helix_role": "funder", "side": "defence",
        "country": "DE", "key": "00000000-0000-0000-0000-000000000000", "id": "1", "pk": "1", "organisation": "1",
        "sort_key": "zzz", "demonstration": "on", "logo": "logos/x.png", "created_at": "2000-01-01", "is_staff": "on",
        "is_superuser": "on", "status": "active", "state": "active", "verified_by": world.representative.pk,
        "verified_at": "2026-01-01", "member_since": "2001-01-01", "organisation_id": "1", "fee_exempt": "on",
        "show_registration": "public", "_method": "DELETE",
    }  # fmt: skip
    for section in ("texts", "contact", "classification"):
        assert save(client, f"{EDIT}{section}/", **extra).status_code == 302
    assert Organisation.objects.values().get(pk=world.organisation.pk) == before
    for field, value in (("show_texts", "members"),):
        save(client, f"{EDIT}visibility/", **{**extra, "show_registration": "office", field: value})
    after = Organisation.objects.values().get(pk=world.organisation.pk)
    changed = {name for name, value in after.items() if value != dict(before)[name]}
    assert changed == {"show_texts", "version", "changed_at"}


def test_a_part_cannot_be_moved_to_or_taken_from_another_member(world: World, client: Client) -> None:
    theirs = Organisation.objects.get(slug="siret").capabilities.get()
    assert client.get(f"{EDIT}offers/{theirs.pk}/").status_code == 404
    assert client.post(f"{EDIT}offers/{theirs.pk}/remove/").status_code == 404
    mine = world.organisation.capabilities.get()
    save(
        client, f"{EDIT}offers/{mine.pk}/", organisation=theirs.organisation_id, direction="sought", tag=theirs.tag_id,
        id=theirs.pk, evidence="Contract 13/2026",
    )  # fmt: skip
    row = world.organisation.capabilities.get()
    assert (row.pk, row.direction, row.tag_id, row.evidence) == (mine.pk, "offered", mine.tag_id, "Contract 13/2026")


# ------------------------------------------------------------------ people of the page
def test_a_person_is_added_edited_and_removed(world: World, client: Client) -> None:
    answer = client.post(
        f"{EDIT}people/add/",
        {
            "full_name": "Ana Țurcanu",
            "role": "technical",
            "language": "en",
            "starts_on": "2026-01-05",
            "phone": "call me",
        },
    )
    assert answer.status_code == 200
    assert "such as +40" in str(answer.context["form"].errors["phone"])
    answer = client.post(
        f"{EDIT}people/add/",
        {"full_name": "Ana Țurcanu", "role": "technical", "language": "en", "starts_on": "2026-01-05"},
    )
    assert answer.status_code == 302
    person = Person.objects.get(organisation=world.organisation)
    answer = save(client, f"{EDIT}people/{person.pk}/", ends_on="2025-12-31")
    assert "before the beginning" in str(answer.context["form"].errors["ends_on"])
    assert save(client, f"{EDIT}people/{person.pk}/", ends_on="2026-12-31").status_code == 302
    person.refresh_from_db()
    assert str(person.ends_on) == "2026-12-31"
    assert client.get(f"{EDIT}people/{person.pk}/remove/").status_code == 200
    assert Person.objects.filter(pk=person.pk).exists()
    client.post(f"{EDIT}people/{person.pk}/remove/")
    assert not Person.objects.filter(pk=person.pk).exists()
    assert [verb for verb, _params in lines(world)] == ["contact_added", "contact_edited", "contact_removed"]


# ------------------------------------------------------------------ offers and needs
def words_left(world: World, direction: str) -> list[Tag]:
    stated = world.organisation.capabilities.filter(direction=direction).values("tag_id")
    return list(Tag.objects.filter(active=True, parent__isnull=False).exclude(pk__in=stated).order_by("position"))


def test_a_word_is_found_in_either_language_and_chosen_without_scripts(world: World, client: Client) -> None:
    page = client.get(f"{EDIT}needs/add/", {"q": "BIOSENZORI"})
    word = Tag.objects.get(code="bio-sensors")
    assert word in [one.tag for one in page.context["words"]]
    assert f"?tag={word.pk}" in page.content.decode()
    assert client.get(f"{EDIT}needs/add/", {"q": "biosensors"}).context["words"][0].tag == word
    form = client.get(f"{EDIT}needs/add/", {"tag": word.pk})
    assert "trl" in form.context["form"].fields and "weight" in form.context["form"].fields
    answer = client.post(
        f"{EDIT}needs/add/", {"tag": word.pk, "side": "dual", "trl": "6", "weight": "2", "visibility": "members"}
    )
    assert answer.status_code == 302
    need = world.organisation.capabilities.get(direction="sought")
    assert (need.tag, need.side, need.trl, need.weight, need.visibility) == (word, "dual", 6, 2, "members")


def test_typing_ahead_answers_the_list_alone(world: World, client: Client) -> None:
    answer = client.get(f"{EDIT}offers/add/", {"q": "textile"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "textil" in answer.content.decode().lower()
    assert "No word holds that" in client.get(f"{EDIT}offers/add/", {"q": "qqqq"}).content.decode()


def test_a_word_is_stated_once_and_retired_words_and_roots_are_not_taken(world: World, client: Client) -> None:
    mine = world.organisation.capabilities.get()
    values = {"side": "civil", "visibility": "public", "references": "0"}
    answer = client.post(f"{EDIT}offers/add/", {"tag": mine.tag_id, **values})
    assert "already on the list" in answer.content.decode()
    root = Tag.objects.filter(parent__isnull=True)[0]
    retired = words_left(world, "offered")[3]
    Tag.objects.filter(pk=retired.pk).update(active=False)
    for tag in (root.pk, retired.pk, "999999999", "x", "-1", "9" * 40):
        assert "Search the vocabulary" in client.post(f"{EDIT}offers/add/", {"tag": tag, **values}).content.decode()
    assert world.organisation.capabilities.count() == 1


@pytest.mark.parametrize(("part", "direction", "most"), [("offers", "offered", 20), ("needs", "sought", 12)])
def test_the_lists_have_an_end(world: World, client: Client, part: str, direction: str, most: int) -> None:
    words = words_left(world, direction)
    while world.organisation.capabilities.filter(direction=direction).count() < most:
        factories.a_capability(world.organisation, words.pop(), direction=direction)
    values = {"side": "civil", "visibility": "public", "references": "0", "weight": "1"}
    answer = client.post(f"{EDIT}{part}/add/", {"tag": words.pop().pk, **values})
    assert f"at most {most}" in answer.content.decode()
    assert world.organisation.capabilities.filter(direction=direction).count() == most
    assert "Add a" not in client.get(f"{EDIT}{part}/").content.decode()


# ------------------------------------------------------------------ certificates
def test_an_ended_certificate_is_shown_as_such(world: World, client: Client) -> None:
    Certificate.objects.create(
        organisation=world.organisation,
        kind="iso_9001",
        issuer="Registrul",
        valid_until=timezone.localdate() - timedelta(1),
    )
    assert "Has ended" in client.get(f"{EDIT}certificates/").content.decode()
    assert "1 has ended" in client.get(EDIT).content.decode()
    assert "ended on" in client.get("/members/mine/").content.decode()


def test_an_edit_takes_the_verification_off_and_an_unchanged_save_does_not(world: World, client: Client) -> None:
    row = Certificate.objects.create(
        organisation=world.organisation, kind="iso_9001", issuer="Registrul", number="1",
        valid_until=timezone.localdate() + timedelta(400), verified_by=world.office, verified_at=timezone.now(),
    )  # fmt: skip
    address = f"{EDIT}certificates/{row.pk}/"
    assert save(client, address, verified_by="", verified_at="").status_code == 302
    row.refresh_from_db()
    assert row.verified_by == world.office
    save(client, address, number="2")
    row.refresh_from_db()
    assert row.number == "2"
    assert (row.verified_by_id, row.verified_at) == (None, None)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"valid_until": "2020-01-01", "valid_from": "2021-01-01"}, "valid_until", "before the beginning"),
        ({"kind": "other"}, "title", "name of the certificate"),
        ({"issuer": ""}, "issuer", "required"),
        ({"valid_until": "31.02.2027"}, "valid_until", "a day that exists"),
    ],
)
def test_a_wrong_certificate_is_refused_at_its_field(
    world: World, client: Client, changes: dict[str, str], field: str, words: str
) -> None:
    good = {"kind": "iso_9001", "issuer": "Registrul", "valid_until": "2028-01-01"}
    answer = client.post(f"{EDIT}certificates/add/", {**good, **changes})
    assert words in str(answer.context["form"].errors[field])
    assert not Certificate.objects.exists()


# ------------------------------------------------------------------ how complete it is
def test_what_is_missing_is_said_per_language(world: World, client: Client) -> None:
    Organisation.objects.filter(pk=world.organisation.pk).update(summary_en="", description_ro="Ceva.")
    texts = client.get(EDIT).context["complete"].part("texts")
    assert [str(label) for label in texts.lacking] == ["one sentence in English", "presentation in English"]
    assert "presentation in English" in client.get(EDIT).content.decode()
    mine = client.get("/members/mine/").content.decode()
    assert "One sentence in English" in mine and "is missing" in mine


@pytest.mark.parametrize("rows", [1, 11])
def test_the_lists_ask_the_database_a_fixed_number_of_times(
    world: World, client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    organisation = world.organisation
    for direction in ("offered", "sought"):
        words = words_left(world, direction)
        while organisation.capabilities.filter(direction=direction).count() < rows:
            factories.a_capability(organisation, words.pop(), direction=direction)
    for number in range(rows):
        Person.objects.create(organisation=organisation, role="technical", full_name=f"Person {number}")
        Certificate.objects.create(
            organisation=organisation, kind="iso_9001", issuer="R", valid_until=timezone.localdate() - timedelta(1)
        )
    client.get("/members/mine/")
    counts = {"people/": 5, "offers/": 5, "needs/": 5, "certificates/": 5}
    for page, count in counts.items():
        with django_assert_num_queries(count):
            client.get(f"{EDIT}{page}")


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("", "visibility"),
        ("classification/", "value-chain"),
        ("visibility/", "visibility"),
        ("offers/", "trl"),
        ("needs/", "match"),
        ("certificates/", "aqap"),
        ("offers/add/", "vocabulary"),
    ],
)
def test_words_explain_themselves_where_the_profile_is_edited(client: Client, page: str, word: str) -> None:
    assert f'popovertarget="term-{word}"' in client.get(EDIT + page).content.decode()
