"""Papers' data as a cluster would have it, and texts as somebody who means ill would type them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeVar

from pypdf import PdfReader

from events.papers.data import Attendance, Attendee, Badge, Badges, Certificate
from members.enums import HelixRole, Side

Data = TypeVar("Data", Certificate, Badge, Attendee)

CERTIFICATE = Certificate(
    language="ro",
    cluster="Clusterul Industrial Dual Carpați",
    person="Ștefania-Ăngela Țîrlea-Mîndruță",
    organisation="Șantierul Naval Ânger SRL",
    title="Cerințe AQAP 2110 pentru furnizorii din lanțul de apărare",
    kind="Instruire",
    first_day=date(2026, 11, 12),
    last_day=date(2026, 11, 13),
    hours=Decimal("12.50"),
    place="Palatul Culturii, Brașov",
    number="CP-2026-0042",
    code="7KQ4-M2XD-9PTA",
    address="https://portal.example.org/certificates/7KQ4-M2XD-9PTA/",
    issued_on=date(2026, 11, 16),
    valid_until=date(2028, 11, 13),
    manager="Ioana Văcărescu",
)
BADGE = Badge("Ștefan Țuțea", "TICKET-0001", "Universitatea „Ovidiu”", HelixRole.UNIVERSITY, Side.DUAL, "Vorbitor")
BADGES = Badges(
    language="ro",
    cluster=CERTIFICATE.cluster,
    title=CERTIFICATE.title,
    first_day=CERTIFICATE.first_day,
    last_day=CERTIFICATE.last_day,
    people=(BADGE,),
)
ATTENDEE = Attendee(
    name="Ștefan Țuțea",
    organisation="Universitatea „Ovidiu”",
    email="stefan@example.org",
    role=HelixRole.UNIVERSITY,
    side=Side.DUAL,
    state="Registered",
    registered_at=datetime(2026, 10, 1, 6, 30, tzinfo=UTC),
    arrived_at=datetime(2026, 11, 12, 7, 5, 59, tzinfo=UTC),
    answers=("vegetarian",),
)
ATTENDANCE = Attendance(
    language="en",
    cluster="Carpathian Dual Cluster",
    title="AQAP 2110 for suppliers",
    kind="Training",
    first_day=date(2026, 11, 12),
    last_day=date(2026, 11, 12),
    place="Palace of Culture, Brașov",
    made_at=datetime(2026, 11, 11, 15, 0, tzinfo=UTC),
    people=(ATTENDEE,),
    questions=("Meals",),
)

HOSTILE = {
    "reads a file": '#read("/etc/passwd")',
    "shows a file": '#image("file:///etc/passwd") #include "/etc/passwd"',
    "calls code": '#eval("1+1") #sys.inputs #{ panic("no") }',
    "imports": '#import "@preview/cetz:0.3.4": *',
    "markup": "*bold* _it_ = head $x^2$ <b>&amp;</b> @ref <label> // no /* no */ `raw` ~ -- --- [x](y)",
    "quotes": '"\' „ghilimele” « » \\ \\" \\u{41} ${HOME} %(name)s {0}',
    "right to left": "שלום עולם مرحبا بالعالم",
    "one long word": "W" * 300,
    "long": "Alexandrina-Ștefania de la Țîrlea " * 9,
}
"""Every one of them is printed letter by letter."""


def filled_with(data: Data, text: str) -> Data:
    """The data with `text` in every field that holds a text; not where only a code may stand."""
    texts = {one.name for one in fields(data) if isinstance(getattr(data, one.name), str)}
    changes: dict[str, Any] = dict.fromkeys(texts - {"language", "role", "side"}, text)
    return replace(data, **changes)


def letters(text: str) -> str:
    """A text without anything that a line break or a reader of PDF may put in or leave out between letters."""
    return "".join(text.replace("\u200b", "").replace("\u00ad", "").split())


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def root(pdf: bytes) -> Any:
    """The catalogue of the PDF: language, marks, description."""
    return read(pdf).root_object


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def alternatives(pdf: bytes) -> Iterator[str]:
    """What a screen reader says in place of the pictures."""
    reader = read(pdf)
    for number in range(1, len(reader.xref_objStm) + len(reader.xref.get(0, {})) + 1):
        found = reader.get_object(number)
        if isinstance(found, dict) and "/Alt" in found:
            yield str(found["/Alt"])
