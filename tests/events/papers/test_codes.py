"""QR codes: the same modules as the library's own matrix, a name, and nothing that a strict policy refuses."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
import segno

from events.papers.codes import QUIET, qr_image, qr_svg

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = ["A", "https://portal.example.org/certificates/7KQ4-M2XD-9PTA/", "Ștefan „Țuțea” <&>", "x" * 800]


def drawn(path: str, side: int) -> list[list[int]]:
    matrix = [[0] * side for _ in range(side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", path):
        for column in range(int(x), int(x) + int(length)):
            matrix[int(y)][column] = 1
    return matrix


@pytest.mark.parametrize("text", TEXTS)
def test_the_drawing_is_the_code(text: str) -> None:
    root = ET.fromstring(qr_svg(text, "Certificate"))
    ground, dark = root.findall(f"{SVG}path")
    side = int(root.attrib["viewBox"].split()[-1])
    matrix = [[int(dark) for dark in row] for row in segno.make(text, error="m", micro=False).matrix]
    inner = [row[QUIET:-QUIET] for row in drawn(dark.attrib["d"], side)[QUIET:-QUIET]]
    assert inner == matrix
    assert sum(map(sum, drawn(dark.attrib["d"], side))) == sum(map(sum, matrix))  # the border is white
    assert ground.attrib == {"fill": "#fff", "d": f"M0 0h{side}v{side}H0z"}


def test_it_has_a_name_and_no_style() -> None:
    svg = qr_svg("x", 'Ticket of <Ion> "Pop" & Co')
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == 'Ticket of <Ion> "Pop" & Co'
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script", svg)


def test_a_code_for_paper_has_no_border() -> None:
    side = len(segno.make("x", error="m", micro=False).matrix)
    assert f'viewBox="{QUIET} {QUIET} {side} {side}"' in qr_image("x")


def test_what_no_code_can_hold_is_refused() -> None:
    with pytest.raises(segno.DataOverflowError):
        qr_svg("x" * 4000, "too long")
