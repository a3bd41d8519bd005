"""Uploaded files are what their bytes say: whole ones pass, everything else is refused with a sentence, quickly."""

from __future__ import annotations

import hashlib
import resource
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import override
from PIL import Image

from cluster_portal.common import uploads
from cluster_portal.common.uploads import UploadRefused, check_document, check_image, clean_name
from cluster_portal.common.uploads.refusal import SENTENCES
from tests.members.adhesion import corpus

MEGABYTE = 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(content: bytes, name: str = "file.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


WHOLE = {
    "pdf": (corpus.pdf(), "application/pdf"),
    "pdf_with_packed_objects": (corpus.pdf_with_packed(b"1 0 <</Type/Font>>"), "application/pdf"),
    "pdf_with_chance_letters_in_a_picture": (
        corpus.pdf(b"9 0 obj\n<</Type/XObject>>\nstream\n..../JS ....\nendstream\nendobj"),
        "application/pdf",
    ),
    "png": (corpus.picture(), "image/png"),
    "png_at_the_limit": (corpus.huge_png(4_000, 4_000), "image/png"),
    "jpeg": (corpus.picture("JPEG"), "image/jpeg"),
    "jpeg_with_place": (corpus.jpeg_with_place(), "image/jpeg"),
    "webp": (corpus.picture("WEBP"), "image/webp"),
    "docx": (corpus.office(), WORD),
    "xlsx": (corpus.office("xl/workbook.xml"), SHEET),
}


@pytest.mark.parametrize("case", WHOLE)
@pytest.mark.parametrize("name", ["file.pdf", "wrong.exe", "photo.php.png", "no extension", "Ștampilă (2).PDF"])
def test_a_whole_file_is_known_by_its_bytes_whatever_its_name(case: str, name: str) -> None:
    content, kind = WHOLE[case]
    found = check_document(upload(content, name))
    assert (found.content_type, found.size) == (kind, len(content))
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.name.lower().endswith(uploads.EXTENSIONS[kind])


def test_exactly_the_limit_passes_and_one_byte_more_does_not() -> None:
    filling = uploads.DOCUMENT_LIMIT - len(corpus.pdf(b"% "))
    whole = corpus.pdf(b"% " + b"x" * filling)
    assert check_document(upload(whole)).size == uploads.DOCUMENT_LIMIT
    with pytest.raises(UploadRefused, match="file_too_large"):
        check_document(upload(corpus.pdf(b"% " + b"x" * (filling + 1))))


ZEROS = {"word/a.bin": bytes(120 * MEGABYTE)}
TRAPS: dict[str, tuple[Callable[[], bytes], str]] = {  # built when they are tried: some are large
    "empty": (lambda: b"", "file_empty"),
    "one_byte": (lambda: b"%", "file_unknown"),
    "thirty_megabytes": (lambda: corpus.pdf(b"x" * 30 * MEGABYTE), "file_too_large"),
    "html_named_pdf": (lambda: b"<!doctype html><script>alert(1)</script>", "file_unknown"),
    "script_named_pdf": (lambda: b"#!/bin/sh\nrm -rf /\n", "file_unknown"),
    "gif_and_script": (lambda: b"GIF89a/*\x01\x00*/=1;alert(1)//", "file_unknown"),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "file_unknown"),
    "eicar": (lambda: corpus.EICAR, "file_unknown"),
    "program": (lambda: b"MZ\x90\x00" + b"\0" * 100, "file_unknown"),
    "pdf_cut_short": (lambda: corpus.PDF, "pdf_broken"),
    "pdf_encrypted": (lambda: corpus.pdf(end=b"trailer\n<</Root 1 0 R/Encrypt 7 0 R>>\n%%EOF"), "pdf_encrypted"),
    "pdf_encrypted_name_escaped": (lambda: corpus.pdf(end=b"trailer\n<</Encr#79pt 7 0 R>>\n%%EOF"), "pdf_encrypted"),
    "pdf_javascript": (lambda: corpus.pdf(b"<</S/JavaScript/JS(app.alert\\(1\\))>>"), "pdf_runs_something"),
    "pdf_javascript_escaped": (lambda: corpus.pdf(b"<</S/J#61vaScript/J#53(app)>>"), "pdf_runs_something"),
    "pdf_javascript_packed": (lambda: corpus.pdf_with_packed(b"1 0 <</S/JavaScript/JS(x)>>"), "pdf_runs_something"),
    "pdf_launch": (lambda: corpus.pdf(b"<</OpenAction<</S/Launch/F(cmd.exe)>>>>"), "pdf_runs_something"),
    "pdf_stream_without_end": (lambda: corpus.pdf(b"<<>>\nstream\n/JS (x)"), "pdf_runs_something"),
    "pdf_bomb": (lambda: corpus.pdf_with_packed(b"0" * 60 * MEGABYTE), "pdf_too_large_inside"),
    "pdf_of_10000_pages": (lambda: corpus.pdf(b"<</Type/Pages/Count 10000>>"), "pdf_too_many_pages"),
    "pdf_of_many_page_objects": (lambda: corpus.pdf(b"<</Type/Page>>\n" * 3_000), "pdf_too_many_pages"),
    "png_of_169_megapixels": (lambda: corpus.huge_png(13_000, 13_000), "image_too_many_pixels"),
    "png_of_400_megapixels": (lambda: corpus.huge_png(20_000, 20_000), "image_too_many_pixels"),
    "png_too_long": (lambda: corpus.huge_png(100, 6_100), "image_too_many_pixels"),
    "png_cut_short": (lambda: corpus.picture(size=(600, 600))[:-80], "image_broken"),
    "png_head_only": (lambda: b"\x89PNG\r\n\x1a\n", "image_broken"),
    "jpeg_cut_short": (lambda: corpus.picture("JPEG", (600, 600))[:2_000], "image_broken"),
    "jpeg_head_only": (lambda: b"\xff\xd8\xff\xe0", "image_broken"),
    "webp_head_only": (lambda: b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image_broken"),
    "png_animated": (lambda: corpus.animated("PNG", 1_000), "image_animated"),
    "webp_animated": (lambda: corpus.animated("WEBP", 1_000), "image_animated"),
    "png_text_bomb": (lambda: corpus.png_with_text("x" * 30 * MEGABYTE), "file_too_large"),
    "zip_of_nothing_known": (lambda: corpus.office("readme.txt"), "file_unknown"),
    "zip_of_100000_entries": (lambda: corpus.office_of_entries(100_000), "office_too_large_inside"),
    "zip_bomb_declared": (
        lambda: corpus.office(more=ZEROS),
        "office_too_large_inside",
    ),
    "zip_bomb_lying": (
        lambda: corpus.lying(corpus.office(more=ZEROS), 10),
        "office_broken",
    ),
    "zip_climbing": (lambda: corpus.office(more={"../../etc/passwd": b"x"}), "office_unsafe_names"),
    "zip_absolute": (lambda: corpus.office(more={"/etc/passwd": b"x"}), "office_unsafe_names"),
    "zip_link": (lambda: corpus.office(target=corpus.link("word/link")), "office_unsafe_names"),
    "zip_locked": (corpus.locked_zip, "office_old"),
    "zip_cut_short": (lambda: corpus.office()[:-30], "office_broken"),
    "office_macros": (lambda: corpus.office(more={"word/vbaProject.bin": b"x"}), "office_macros"),
    "office_macro_type": (
        lambda: corpus.office(more={"a.xml": b"application/x.macroEnabled.main+xml"}),
        "office_macros",
    ),
    "office_entity": (
        lambda: corpus.office(more={"word/e.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'}),
        "office_entities",
    ),
    "office_entity_wide": (lambda: corpus.office(more={"w.xml": "<!DOCTYPE a>".encode("utf-16")}), "office_entities"),
    "old_office_or_locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "office_old"),
}


@pytest.mark.parametrize("case", TRAPS)
def test_a_trap_is_refused_with_a_sentence_in_both_languages_quickly_and_in_little_memory(case: str) -> None:
    build, code = TRAPS[case]
    content = build()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(UploadRefused) as refused:
        check_document(upload(content))
    assert refused.value.code == code
    assert time.monotonic() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024  # kilobytes
    for language in ("en", "ro"):
        with override(language):
            assert refused.value.sentence.endswith(".") and "%(" not in refused.value.sentence


def test_every_sentence_is_reached_by_a_trap() -> None:
    elsewhere = {"disk_full", "quota_used_up", "image_unknown"}
    assert {code for _build, code in TRAPS.values()} | elsewhere == set(SENTENCES)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", corpus.office()])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_so_that_only_its_pixels_survive(kind: str, tail: bytes) -> None:
    drawn = check_image(upload(corpus.picture(kind, (1_600, 900)) + tail, "logo.png"))
    again = Image.open(BytesIO(drawn))
    assert (again.format, again.size) == ("PNG", (800, 450))
    assert tail not in drawn and b"script" not in drawn


def test_a_logo_forgets_where_it_was_taken() -> None:
    drawn = check_image(upload(corpus.jpeg_with_place(), "logo.jpg"))
    assert not Image.open(BytesIO(drawn)).getexif() and b"script" not in drawn


def test_a_logo_keeps_what_is_transparent() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(check_image(upload(out.getvalue())))).mode == "RGBA"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (corpus.pdf(), "image_unknown"),
        (corpus.huge_png(13_000, 13_000), "image_too_many_pixels"),
        (b"<svg/>", "image_unknown"),
        (corpus.picture(size=(2, 2)) + b"x" * 2 * MEGABYTE, "file_too_large"),
    ],
)
def test_a_logo_that_is_no_picture_or_too_large_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UploadRefused, match=code):
        check_image(upload(content))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("certificat.pdf", "certificat.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Ana\\onrc.PDF", "onrc.pdf"),
        ("a\u202efdp.exe", "a fdp.exe.pdf"),
        ("nul\0l.pdf", "nul l.pdf"),
        ('x"\r\nSet-Cookie: a=b.pdf', "x Set-Cookie a=b.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("", "document.pdf"),
        (".pdf", "pdf.pdf"),
        ("ă" * 300 + ".pdf", "ă" * 150 + ".pdf"),
        ("photo.php.png", "photo.php.png.pdf"),
    ],
)
def test_the_name_shown_is_harmless_and_has_the_extension_of_the_real_kind(given: str, shown: str) -> None:
    assert clean_name(given, "application/pdf") == shown


def test_a_stored_file_lives_as_long_as_the_block_succeeds() -> None:
    with uploads.stored(b"content", "documents", ".pdf") as kept:
        assert default_storage.exists(kept)
    with default_storage.open(kept) as file:
        assert file.read() == b"content"
    with pytest.raises(RuntimeError), uploads.stored(b"content", "failing"):
        raise RuntimeError
    assert default_storage.listdir("failing") == ([], [])


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(default_storage.path("full"))

    class Lost(UploadedFile):
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"the first part"
            raise OSError(28, "No space left on device")

    with pytest.raises(UploadRefused, match="disk_full"), uploads.stored(Lost(BytesIO(), "a.pdf", size=9), "full"):
        pass
    assert list(folder.iterdir()) == []
