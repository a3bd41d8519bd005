"""What a PDF must not hold: a lock, a script, a program to start; and that it is whole."""

import re
import zlib

from cluster_portal.common.uploads.refusal import UploadRefused

MOST_PAGES = 2_000
MOST_UNPACKED = 24 * 1024 * 1024  # bytes of packed objects that are looked through
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_END_OF_NAME = rb"(?=[\s/<>\[\]()%{}]|$)"
_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData)" + _END_OF_NAME)
_RUNS_ANYWHERE = re.compile(rb"/(?:JavaScript|RichMedia|SubmitForm|ImportData)" + _END_OF_NAME)
_ENCRYPT = re.compile(rb"/Encrypt" + _END_OF_NAME)
_COUNT = re.compile(rb"/Count\s+(\d{1,9})")
_PAGE = re.compile(rb"/Type\s*/Page" + _END_OF_NAME)
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is cut short, locked, active or endless."""
    if b"%%EOF" not in content[-2_048:]:
        raise UploadRefused("pdf_broken")
    outside, packed = _parts(content)
    plain = _unescaped(outside)
    objects = _unescaped(packed)
    if _ENCRYPT.search(plain):
        raise UploadRefused("pdf_encrypted")
    if _RUNS.search(plain) or _RUNS.search(objects) or _RUNS_ANYWHERE.search(content):
        raise UploadRefused("pdf_runs_something")
    counts = [int(found) for text in (plain, objects) for found in _COUNT.findall(text)]
    pages = len(_PAGE.findall(plain)) + len(_PAGE.findall(objects))
    if max([pages, *counts]) > MOST_PAGES:
        raise UploadRefused("pdf_too_many_pages", limit=MOST_PAGES)


def _parts(content: bytes) -> tuple[bytes, bytes]:
    """The objects that stand in the open, and those unpacked from object streams.

    Names are looked for in these alone: three letters such as /JS occur by chance in compressed pictures.
    """
    outside: list[bytes] = []
    packed: list[bytes] = []
    room, position = MOST_UNPACKED, 0
    while (found := _STREAM.search(content, position)) is not None:
        outside.append(content[position : found.start()])
        end = content.find(b"endstream", found.end())
        if end < 0:
            return b"\n".join([*outside, content[found.start() :]]), b"\n".join(packed)
        if b"/ObjStm" in _unescaped(outside[-1][-2_000:]):
            packed.append(_unpacked(content[found.end() : end], room))
            room -= len(packed[-1])
        position = end + len(b"endstream")
    return b"\n".join([*outside, content[position:]]), b"\n".join(packed)


def _unpacked(data: bytes, room: int) -> bytes:
    """The objects of one stream, as far as they can be read; more than there is room for is a bomb."""
    reader = zlib.decompressobj()
    try:
        objects = reader.decompress(data, max(room, 1))
    except zlib.error:
        return data  # packed in another manner, or not at all: looked through as it is
    if reader.unconsumed_tail:
        raise UploadRefused("pdf_too_large_inside")
    return objects


def _unescaped(text: bytes) -> bytes:
    """Names may be written with #xx for any letter; here they are written out."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
