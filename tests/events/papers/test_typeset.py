"""The press: a process that writes nothing, opens nothing of others, ends in time and says what went wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from cluster_portal.common.press import PaperFailed, typeset
from cluster_portal.common.press import setting as papers
from cluster_portal.common.press.plain import cleaned
from cluster_portal.common.press.setting import HOUSE, PRESS
from events.papers.certificates import TEMPLATE, certificate
from tests.events.papers.made import CERTIFICATE

TEMPLATES = sorted([*HOUSE.parent.glob("*.typ"), *TEMPLATE.parent.glob("*.typ")])


def test_no_template_reads_or_evaluates_anything() -> None:
    assert len(TEMPLATES) == 5
    unsafe = re.compile(r"\b(eval|read|include|plugin|csv|yaml|toml|xml|cbor)\b|@preview|mode:")
    for template in TEMPLATES:
        code = re.sub(r"//.*", "", template.read_text())
        assert not unsafe.search(code), template
        assert re.findall(r"#import \"([^\"]+)\"", code) == [] if template.name == "house.typ" else ["house.typ"]
        assert all(source.startswith("bytes(") for source in re.findall(r"\b(?:image|json)\(([^)]*)", code)), template


def test_the_press_may_write_no_file(tmp_path: Path) -> None:
    files = {"main.typ": "Words"}
    order = json.dumps({"name": "main.typ", "kind": "pdf", "standards": [], "data": "{}", "files": files})
    target = tmp_path / "out.pdf"
    with target.open("wb") as out:
        done = subprocess.run([sys.executable, "-I", "-B", PRESS], input=order.encode(), stdout=out, stderr=out)
    assert done.returncode != 0
    assert target.read_bytes() == b""


def test_many_threads_at_once_get_each_its_own() -> None:
    names = [f"Person {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda name: certificate(replace(CERTIFICATE, person=name)), names))
    assert made == [certificate(replace(CERTIFICATE, person=name)) for name in names]


def in_a_fork() -> bytes:
    return certificate(CERTIFICATE)


def test_a_forked_worker_can_do_it_after_its_parent_did() -> None:
    before = certificate(CERTIFICATE)
    with get_context("fork").Pool(1) as pool:
        assert pool.apply_async(in_a_fork).get(timeout=60) == before


def test_a_paper_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "SECONDS", 0.01)
    with pytest.raises(PaperFailed, match="was not ready after"):
        certificate(CERTIFICATE)


@pytest.mark.parametrize(
    ("template", "data", "said"),
    [("certificate.typ", {}, "certificate.typ"), ("attendance.typ", {"title": "x"}, "does not contain key")],
)
def test_what_went_wrong_is_said(template: str, data: dict[str, Any], said: str) -> None:
    with pytest.raises(PaperFailed, match=said):
        typeset(TEMPLATE.with_name(template), data)


def test_every_text_is_cleaned_wherever_it_stands() -> None:
    data = {"a": " x\n y\x00", "b": [("\u202ez", 1), {"c": "e\u0301"}], "d": None}
    assert cleaned(data) == {"a": "x y", "b": [["z", 1], {"c": "é"}], "d": None}
