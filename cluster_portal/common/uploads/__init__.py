"""Files that people upload: what they are by their bytes, never by their name; how they are kept and given out.

`check_document` and `check_image` raise UploadRefused, whose `sentence` says what to do.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.files import File  # generic for type checkers only
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from cluster_portal.common.uploads import image
from cluster_portal.common.uploads.office import KINDS as OFFICE_KINDS
from cluster_portal.common.uploads.office import check_office
from cluster_portal.common.uploads.pdf import check_pdf
from cluster_portal.common.uploads.refusal import UploadRefused

__all__ = [
    "ACCEPTED", "CheckedFile", "UploadRefused", "attachment", "check_document", "check_image", "clean_name", "stored",
]  # fmt: skip

MEGABYTE = 1024 * 1024
DOCUMENT_LIMIT = 15 * MEGABYTE
IMAGE_LIMIT = 2 * MEGABYTE
LOGO_SIDE = 800  # pixels
LONGEST_NAME = 150
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    **dict(zip(OFFICE_KINDS.values(), (".docx", ".xlsx"), strict=True)),
}
ACCEPTED = ",".join([*EXTENSIONS.values(), ".jpeg"])
"""For the `accept` attribute of a file control: a help to the reader, not a check."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


@dataclass(frozen=True)
class CheckedFile:
    """A file whose bytes have been looked through."""

    content_type: str
    size: int
    sha256: str
    name: str
    """The name as the uploader's computer had it, made harmless and with the extension of its real kind."""


def check_document(upload: "UploadedFile[Any]") -> CheckedFile:
    """Look through a PDF, picture, DOCX or XLSX of at most 15 MB."""
    content = _whole(upload, DOCUMENT_LIMIT)
    kind = _kind_of_document(content)
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(kind, len(content), digest, clean_name(upload.name or "", kind))


def check_image(upload: "UploadedFile[Any]", *, side: int = LOGO_SIDE) -> bytes:
    """A PNG, JPEG or WebP of at most 2 MB, drawn anew as a PNG of at most `side` pixels: only pixels survive."""
    content = _whole(upload, IMAGE_LIMIT)
    kind = image.kind_of_image(content[:16])
    if kind is None:
        raise UploadRefused("image_unknown")
    return image.drawn_anew(content, kind, side)


def _whole(upload: "UploadedFile[Any]", limit: int) -> bytes:
    if getattr(upload, "disk_was_full", False):
        raise UploadRefused("disk_full")
    if (upload.size or 0) > limit:
        raise UploadRefused("file_too_large", limit=limit // MEGABYTE)
    if not upload.size:
        raise UploadRefused("file_empty")
    upload.seek(0)
    content: bytes = upload.read()
    upload.seek(0)
    return content


def _kind_of_document(content: bytes) -> str:
    head = content[:16]
    if head.startswith(b"%PDF-"):
        check_pdf(content)
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return check_office(content)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UploadRefused("office_old")
    kind = image.kind_of_image(head)
    if kind is None:
        raise UploadRefused("file_unknown")
    image.opened(content, kind)
    return kind


def clean_name(name: str, content_type: str = "") -> str:
    """A name to show and to download under: no folders, no invisible characters, the extension of its kind."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in plain)
    tidy = " ".join(re.sub(r'[<>:"|?*]', " ", visible).split()).lstrip("-. ").rstrip(". ")
    stem, suffix = PurePosixPath(tidy).stem if tidy else "", PurePosixPath(tidy).suffix if tidy else ""
    wanted = EXTENSIONS.get(content_type, suffix)
    if suffix.lower() not in {wanted, {".jpg": ".jpeg"}.get(wanted, wanted)}:
        stem = tidy
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return f"{(stem or 'document')[:LONGEST_NAME]}{wanted}"


@contextmanager
def stored(content: "File[bytes] | bytes", folder: str, extension: str = "") -> Iterator[str]:
    """Keep a file under a name of our own for as long as the block succeeds; the name to put into the row.

    Wrap the transaction that writes the row: a row never exists without its file, and when the transaction is
    rolled back the file goes too. A full disk is UploadRefused("disk_full"), and leaves no half file.
    """
    name = f"{folder}/{uuid4().hex}{extension}"
    source = ContentFile(content) if isinstance(content, bytes) else content
    try:
        kept = default_storage.save(name, source)
    except OSError as error:
        default_storage.delete(name)
        raise UploadRefused("disk_full") from error
    try:
        yield kept
    except BaseException:
        default_storage.delete(kept)
        raise


def attachment(file: FieldFile, name: str, content_type: str = "application/octet-stream") -> FileResponse:
    """The answer that gives a private file to somebody who may have it: saved, never opened inside the portal."""
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
