"""Builds the files that people and attackers upload: whole ones, broken ones and traps, from nothing."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
END = b"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(*objects: bytes, end: bytes = END) -> bytes:
    return PDF + b"\n".join(objects) + b"\n" + end


def pdf_with_packed(objects: bytes) -> bytes:
    packed = zlib.compress(objects, 9)
    head = b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    return pdf(head + packed + b"\nendstream\nendobj")


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(width: int, height: int) -> bytes:
    """A true PNG of one colour, tiny on the disk and enormous in memory."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer, line = zlib.compressobj(9), b"\0" + b"\0" * ((width + 7) // 8)
    body = b"".join(packer.compress(line * 100) for _ in range(height // 100)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def animated(kind: str, frames: int) -> bytes:
    out = BytesIO()
    pictures = [Image.new("RGB", (8, 8), (number % 256, number // 256, 0)) for number in range(frames)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def png_with_text(text: str) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", text)
    return picture(pnginfo=notes)


def jpeg_with_place() -> bytes:
    """A JPEG that knows where it was taken, with a script in its comment."""
    notes = Image.Exif()
    notes.get_ifd(0x8825).update({1: "N", 2: (45.0, 47.0, 0.0), 3: "E", 4: (24.0, 9.0, 0.0)})
    return picture("JPEG", exif=notes, comment=b"<script>alert(1)</script>")


def office(part: str = "word/document.xml", more: dict[str, bytes] | None = None, **infos: zipfile.ZipInfo) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document>text</document>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
        for target, info in infos.items():
            archive.writestr(info, target)
    return out.getvalue()


def office_of_entries(count: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"word/{number}.txt", b"")
    return out.getvalue()


def lying(content: bytes, declared: int) -> bytes:
    """The same ZIP whose directory says that its last entry unpacks to `declared` bytes only."""
    place = content.rindex(b"PK\x01\x02")
    return content[: place + 24] + struct.pack("<I", declared) + content[place + 28 :]


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def locked_zip() -> bytes:
    """A ZIP whose entries are marked as encrypted."""
    content = bytearray(office())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)
