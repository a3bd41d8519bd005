"""Logos and certificate files: what is taken in, what is kept of it, and who gets it."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from members.actions import profile_parts
from members.models import Certificate, Membership, Organisation
from tests import factories
from tests.members.profile.conftest import World, signed_in, the_form

pytestmark = pytest.mark.django_db

LOGO = "/members/prut/edit/logo/"
PICTURE = "/members/prut/logo/"


def a_picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def a_huge_png(side: int = 13_000) -> bytes:
    """A small file whose header promises 169 megapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * ((side // 8 + 1) * side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def with_place() -> bytes:
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "CNRY-place"
    return a_picture("JPEG", exif=exif, comment=b"CNRY-comment")


def upload(client: Client, content: bytes, name: str = "logo.png") -> Any:
    return client.post(LOGO, {"logo": SimpleUploadedFile(name, content)})


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.representative)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_the_logo_as_a_png_of_our_own(world: World, client: Client, kind: str) -> None:
    assert upload(client, a_picture(kind), "../../etc/passwd.php").status_code == 302
    name = str(Organisation.objects.get(slug="prut").logo.name)
    assert name.startswith("logos/") and name.endswith(".png") and "passwd" not in name
    answer = Client().get(PICTURE)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert Client().get(PICTURE, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert Image.open(BytesIO(answer.content)).size == (300, 200)


def test_nothing_but_pixels_survives(client: Client) -> None:
    upload(client, with_place(), "photo.jpg")
    assert b"CNRY" not in Client().get(PICTURE).content
    upload(client, a_picture() + b"<script>CNRY</script>")
    assert b"CNRY" not in Client().get(PICTURE).content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "not a PNG, JPEG or WebP"),
        (a_huge_png(), "13000 × 13000"),
        (a_picture(size=(6_001, 2)), "6001 × 2"),
        (a_picture()[:-40], "cannot be read to its end"),
        (b"GIF89a" + b"\0" * 40, "not a PNG, JPEG or WebP"),
        (b"\x89PNG\r\n\x1a\n" + b"junk" * 20, "cannot be read to its end"),
        (b"", "empty"),
        (a_picture() + b"\0" * (2 * 1024 * 1024), "larger than 2 MB"),
        (factories.PDF, "not a PNG, JPEG or WebP"),
    ],
    ids=["svg", "169 megapixels", "too long", "cut", "gif", "junk", "empty", "2 MB", "pdf"],
)
def test_hostile_pictures_are_refused_with_a_reason(world: World, client: Client, content: bytes, words: str) -> None:
    answer = upload(client, content)
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors["logo"])
    assert not Organisation.objects.get(slug="prut").logo


def test_the_file_before_goes_with_the_commit(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    upload(client, a_picture())
    first = str(Organisation.objects.get(slug="prut").logo.name)
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, a_picture(size=(10, 10)))
    second = str(Organisation.objects.get(slug="prut").logo.name)
    assert not default_storage.exists(first) and default_storage.exists(second)
    assert client.get(f"{LOGO}remove/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LOGO}remove/")
    assert not default_storage.exists(second)
    assert Client().get(PICTURE).status_code == 404


def test_the_logo_is_seen_by_who_sees_the_page(world: World, client: Client) -> None:
    upload(client, a_picture())
    Organisation.objects.filter(slug="prut").update(show_profile="members")
    assert Client().get(PICTURE).status_code == 404
    assert signed_in(world.applicant).get(PICTURE).status_code == 404
    answer = signed_in(world.other).get(PICTURE)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    Organisation.objects.filter(slug="prut").update(show_profile="public")
    Membership.objects.filter(pk=world.membership.pk).update(state="suspended")
    assert Client().get(PICTURE).status_code == 404
    assert client.get(PICTURE).status_code == 200, "its own people"
    assert Client().get(PICTURE, headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_private_files_have_no_address_of_their_own(world: World, client: Client) -> None:
    upload(client, a_picture())
    name = Organisation.objects.get(slug="prut").logo.name
    for address in (f"/media/{name}", f"/{name}", f"/static/{name}", f"/members/prut/logo/{name}"):
        assert client.get(address).status_code == 404


# ------------------------------------------------------------------ certificates
def a_certificate(client: Client, content: bytes = factories.PDF, name: str = "iso.pdf", **fields: str) -> Any:
    values = {"kind": "iso_9001", "issuer": "Registrul", "valid_until": str(timezone.localdate() + timedelta(300))}
    return client.post(
        "/members/prut/edit/certificates/add/", {**values, **fields, "upload": SimpleUploadedFile(name, content)}
    )


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        ("public", {"visitor", "applicant", "other", "suspended", "director", "office", "representative"}),
        ("members", {"other", "director", "office", "representative"}),
        ("contact", {"office", "representative"}),
        ("office", {"office", "representative"}),
    ],
)
def test_a_certificate_file_goes_to_who_may_see_certificates(
    world: World, client: Client, level: str, seen: set[str]
) -> None:
    assert a_certificate(client).status_code == 302
    Organisation.objects.filter(slug="prut").update(show_certificates=level)
    address = f"/members/prut/certificates/{Certificate.objects.get().pk}/"
    roles = ("visitor", "applicant", "other", "suspended", "director", "office", "representative")
    answers = {role: signed_in(world.role(role)).get(address) for role in roles}
    assert {role for role, answer in answers.items() if answer.status_code == 200} == seen
    for answer in answers.values():
        answer.close()


def test_a_certificate_file_is_saved_never_opened_inside_the_portal(world: World, client: Client) -> None:
    a_certificate(client, name='évil".html')
    row = Certificate.objects.get()
    stored = str(row.file.name)
    assert stored.startswith("certificates/") and stored.endswith(".pdf")
    answer = client.get(f"/members/prut/certificates/{row.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == factories.PDF  # type: ignore[attr-defined]  # a file is streamed
    assert client.get(f"/members/siret/certificates/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    "content", [b"<html><script>1</script>", b"#!/bin/sh\nrm -rf /", b"MZ" + b"\0" * 100], ids=["html", "script", "exe"]
)
def test_a_script_named_pdf_is_refused_and_what_was_typed_stays(world: World, client: Client, content: bytes) -> None:
    answer = a_certificate(client, content, number="RO-77")
    assert answer.status_code == 200
    assert "whatever its name says" in str(answer.context["form"].errors["upload"])
    assert answer.context["form"]["number"].value() == "RO-77"
    assert not Certificate.objects.exists()


def test_all_files_of_an_organisation_have_one_limit(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile_parts, "QUOTA", 2 * len(factories.PDF))
    assert a_certificate(client).status_code == 302
    assert a_certificate(client, kind="iso_14001").status_code == 302
    answer = a_certificate(client, kind="iso_27001")
    assert "would use more than" in str(answer.context["form"].errors["upload"])
    assert Certificate.objects.count() == 2


def test_a_new_file_takes_the_verification_off_and_the_old_file_away(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    a_certificate(client)
    row = Certificate.objects.get()
    Certificate.objects.filter(pk=row.pk).update(verified_by=world.office, verified_at=timezone.now())
    address = f"/members/prut/edit/certificates/{row.pk}/"
    values = the_form(client, address)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**values, "upload": SimpleUploadedFile("new.pdf", factories.PDF)})
    fresh = Certificate.objects.get()
    assert fresh.verified_at is None and fresh.file.name != row.file.name
    assert not default_storage.exists(str(row.file.name))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**the_form(client, address), "drop_file": "on"})
    assert not Certificate.objects.get().file
    assert not default_storage.exists(str(fresh.file.name))
    assert client.get(f"/members/prut/certificates/{row.pk}/").status_code == 404
