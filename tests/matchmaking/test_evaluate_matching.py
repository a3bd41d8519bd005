"""`manage.py evaluate_matching`, from three files to the rankings."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cluster_portal.common.models import Cluster
from matchmaking.models import Reference, Work
from members.models import Capability, Tag
from tests.matchmaking.works import three_trades

pytestmark = pytest.mark.django_db
WORDS = (
    "sensor laser drone valve polymer antenna battery engine cipher radar vaccine filter robot alloy turbine".split()
)
TRADES = 5


def invented(folder: Path) -> list[Path]:
    """Thirty members in five trades; every project and need speaks of one trade, in its words and with its code."""
    chance = random.Random(11)

    def text(trade: int) -> str:
        return " ".join(chance.choices(WORDS[trade * 3 : trade * 3 + 3], k=8) + chance.choices(WORDS, k=2))

    def codes(trade: int) -> list[str]:
        return [f"T{trade}", f"T{trade}-{trade}"]

    projects = [
        {"project": 100 + n, "topic_title": text(n % TRADES), "title": f"Project {n}", "text": text(n % TRADES),
         "tags": codes(n % TRADES)}
        for n in range(40)
    ]  # fmt: skip
    members: list[dict[str, object]] = [
        {"member": f"m{n:02}", "country": "RO", "tags": codes(n % TRADES),
         "projects": sorted({100 + n % TRADES + TRADES * chance.randrange(8) for _ in range(1 + n % 4)})}
        for n in range(28)
    ]  # fmt: skip
    members += [{"member": "m28", "projects": [], "tags": codes(3)}, {"member": 29, "projects": [], "tags": []}]
    needs = [
        {"need": 500 + n, "year": 2030, "topic_title": text(n % TRADES), "title": "", "text": text(n % TRADES),
         "tags": codes(n % TRADES), "responders": ["m00"]}
        for n in range(10)
    ]  # fmt: skip
    paths = []
    for name, rows in (("members", members), ("needs", needs), ("projects", projects)):
        paths.append(folder / f"{name}.jsonl")
        paths[-1].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return paths


def run(paths: list[Path], out: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    call_command("evaluate_matching", *map(str, paths), "--out", str(out))
    return [json.loads(line) for line in out.read_text().splitlines()], capsys.readouterr().out


def test_the_members_of_the_trade_come_first(
    cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, told = run(invented(tmp_path), tmp_path / "run.jsonl", capsys)
    everybody = sorted([*(f"m{n:02}" for n in range(29)), "29"])
    assert [row["need"] for row in rows] == list(range(500, 510))
    for row in rows:
        assert sorted(row["ranking"]) == everybody
        trade = {f"m{n:02}" for n in range(28) if n % TRADES == row["need"] % TRADES}
        assert len(trade.intersection(row["ranking"][: len(trade)])) >= len(trade) - 1
    fitting = rows[3]["ranking"]
    assert fitting.index("m28") < fitting.index("29"), "its tags are all that is known of it, and they fit"
    assert rows[4]["ranking"].index("m28") > fitting.index("m28")
    assert "Members in no first ten:" in told
    assert "Gini of appearances in first tens: 0." in told
    assert "Ranked all members for 10 needs in" in told


def test_it_is_the_same_every_time_whatever_the_order_of_the_files(
    cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = invented(tmp_path)
    rows, _ = run(paths, tmp_path / "run.jsonl", capsys)
    assert run(paths, tmp_path / "again.jsonl", capsys)[0] == rows
    for path in (paths[0], paths[1]):
        path.write_text("\n".join(reversed(path.read_text().splitlines())))
    assert run(paths, tmp_path / "reversed.jsonl", capsys)[0] == list(reversed(rows))


def test_nothing_of_the_portal_is_read_or_touched(
    cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, _ = run(invented(tmp_path), tmp_path / "empty.jsonl", capsys)
    three_trades()
    models = (Capability, Reference, Tag, Work)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    assert run(invented(tmp_path), tmp_path / "full.jsonl", capsys)[0] == rows
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'evaluation%'")
        assert cursor.fetchone() == (0,)


def test_projects_that_are_not_there_are_told_and_count_for_nothing(
    cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = invented(tmp_path)
    paths[0].write_text(paths[0].read_text() + '{"member": "far", "projects": [7, 8], "tags": []}\n')
    call_command("evaluate_matching", *map(str, paths), "--out", str(tmp_path / "run.jsonl"))
    assert capsys.readouterr().err.startswith("2 projects of members are not in projects.jsonl;")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", "it is not JSON (Expecting property name enclosed in double quotes, column 2)."),
        (b"[1]", "it is not an object with named fields."),
        (b'{"projects": []}', "the field “member” is missing."),
        (b'{"member": ""}', '“member” holds "", which is no identifier (text or whole number).'),
        (b'{"member": 1.5}', "“member” holds 1.5, which is no identifier (text or whole number)."),
        (b'{"member": true}', "“member” holds true, which is no identifier (text or whole number)."),
        (b'{"member": "m01"}', "“m01” is there a second time."),
        (b'{"member": "x", "projects": 7}', "“projects” is not a list."),
        (b'{"member": "x", "projects": [{}]}', "“projects” holds {}, which is no identifier (text or whole number)."),
        (b'{"member": "x", "tags": [""]}', '“tags” holds "", which is no word.'),
        (b'{"member": "x\\u0000"}', "“member” holds letters that cannot be stored."),
        (b'{"member": "x\\ud800"}', "“member” holds letters that cannot be stored."),
        (b'{"member": "\xff"}', "it is not UTF-8."),
        (b"[" * 100_000, "it is nested too deeply."),
    ],
)
def test_a_bad_line_is_named_with_its_number(cluster: Cluster, tmp_path: Path, line: bytes, told: str) -> None:
    paths = invented(tmp_path)
    good = paths[0].read_bytes().splitlines()
    paths[0].write_bytes(b"\n".join([*good[:4], b"", line, *good[4:]]))
    with pytest.raises(CommandError) as error:
        call_command("evaluate_matching", *map(str, paths), "--out", str(tmp_path / "run.jsonl"))
    assert str(error.value) == f"members.jsonl, line 6: {told}"
    assert not (tmp_path / "run.jsonl").exists()


def test_many_bad_lines_are_counted_and_an_empty_file_is_told(cluster: Cluster, tmp_path: Path) -> None:
    paths = invented(tmp_path)
    paths[1].write_text('{"need": 1, "text": 5}\n' * 25)
    with pytest.raises(CommandError) as error:
        call_command("evaluate_matching", *map(str, paths), "--out", str(tmp_path / "run.jsonl"))
    assert str(error.value).splitlines()[0] == "needs.jsonl, line 1: “text” is not text."
    assert str(error.value).splitlines()[-1] == "… and 15 more lines with faults."
    paths[1].write_text("\n")
    with pytest.raises(CommandError, match=r"needs\.jsonl has no lines"):
        call_command("evaluate_matching", *map(str, paths), "--out", str(tmp_path / "run.jsonl"))


def test_files_that_cannot_be_read_or_written_are_told(cluster: Cluster, tmp_path: Path) -> None:
    paths = invented(tmp_path)
    with pytest.raises(CommandError, match="--out names the file to write"):
        call_command("evaluate_matching", *map(str, paths), "--out", str(tmp_path / "nowhere" / "run.jsonl"))
    with pytest.raises(CommandError, match="--out names the file to write"):
        call_command("evaluate_matching", *map(str, paths), "--out", str(tmp_path))
    paths[2].unlink()
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("evaluate_matching", *map(str, paths), "--out", str(tmp_path / "run.jsonl"))
