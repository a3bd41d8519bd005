"""What a DOCX or XLSX (a ZIP of XML) must not hold: bombs, macros, entities, names that lead elsewhere."""

import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from cluster_portal.common.uploads.refusal import UploadRefused

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
CHUNK = 256 * 1024
LARGEST_DIRECTORY = 512 * 1024  # bytes; reading a directory of 100,000 entries would take seconds
KINDS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MACROS = ("vbaproject.bin", "vbadata.xml")


def check_office(content: bytes) -> str:
    """The content type of a DOCX or XLSX; anything else in a ZIP is refused."""
    _check_directory(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            kind = _kind_of(entries)
            room = MOST_UNPACKED
            for entry in entries:
                room -= _read(archive, entry, room)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UploadRefused("office_broken") from error
    return kind


def _check_directory(content: bytes) -> None:
    """Look at the last record of the ZIP alone: how long its directory is. The form for giants is not for documents."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or len(content) < end + 22:
        raise UploadRefused("office_broken")
    length = int.from_bytes(content[end + 12 : end + 16], "little")
    if length > LARGEST_DIRECTORY or content[max(end - 20, 0) : end].startswith(b"PK\x06\x07"):
        raise UploadRefused("office_too_large_inside")


def _kind_of(entries: list[zipfile.ZipInfo]) -> str:
    """What the directory of the ZIP promises; refused before anything is unpacked."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UploadRefused("office_too_large_inside")
    if any(_is_unsafe(entry) for entry in entries):
        raise UploadRefused("office_unsafe_names")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UploadRefused("office_old")
    names = {entry.filename for entry in entries}
    if len(names) != len(entries):
        raise UploadRefused("office_broken")
    if any(PurePosixPath(name).name.lower() in _MACROS for name in names):
        raise UploadRefused("office_macros")
    if "[Content_Types].xml" not in names:
        raise UploadRefused("file_unknown")
    kind = next((kind for part, kind in KINDS.items() if part in names), None)
    if kind is None:
        raise UploadRefused("file_unknown")
    return kind


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return link or "\\" in name or "\0" in name or ".." in parts or name.startswith("/") or ":" in name


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """Unpack one entry without keeping it; its real size. The sizes in the directory may lie."""
    size, before = 0, b""
    markup = entry.filename.lower().endswith((".xml", ".rels"))
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > room:
                raise UploadRefused("office_too_large_inside")
            if markup:
                text = (before + chunk).replace(b"\0", b"")  # UTF-16 reads like ASCII without its zeros
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise UploadRefused("office_entities")
                if b"macroEnabled" in text:
                    raise UploadRefused("office_macros")
                before = chunk[-64:]
    return size
