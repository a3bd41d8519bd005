"""The rules of the house that a machine can check: imports, sizes, rooms, names, unsafe words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cluster_portal", "members", "matchmaking", "events")
FILES = sorted(
    path
    for folder in (*APPS, "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and "__pycache__" not in path.parts
)
CODE = [path for path in FILES if path.parts[len(ROOT.parts)] != "tests"]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50

# Where text is declared to be safe HTML, and why it is.
MARK_SAFE = {
    "cluster_portal/common/found.py",  # JSON for search engines, in which the signs of HTML are escapes
    "cluster_portal/common/templatetags/drawing.py",  # output of our own templates, which escaped their values
    "cluster_portal/common/templatetags/furniture.py",  # the same, kept between pages
    "cluster_portal/common/templatetags/matrix_table.py",  # cells drawn by the functions above
    "cluster_portal/common/templatetags/sharing.py",  # output of our own template
    "cluster_portal/common/templatetags/ui.py",  # output of our own templates, with the content of the page put back
    "members/admin/terms.py",  # lines made by format_html, joined
    "members/views/directory_cards.py",  # joined for speed, each value through escape()
    "members/views/directory_panel.py",  # joined for speed, each value through escape()
    "members/views/profile_lines.py",  # the same; test_lines.py tries every value with signs of HTML
}

NOT_ESCAPED = {
    "templates/components/field_words.html",  # help texts are ours, and Django's own contain a list
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_who_may_import_whom() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-4000:]


def test_no_file_is_too_long() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in FILES}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name(path)}:{function.name}": function.end_lineno - function.lineno
        for path in CODE
        for function in functions(path)
        if function.end_lineno and function.end_lineno - function.lineno > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        name(path) for path in FILES if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_no_room_without_a_meaning() -> None:
    assert [name(path) for path in FILES if path.stem in {"helpers", "utils", "misc", "common_utils"}] == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        f"{name(path)}:{inner.lineno}"
        for path in FILES
        for function in functions(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_text_is_declared_safe_in_listed_files_only() -> None:
    declared = re.compile(r"\bmark_safe\(|\bSafeString\((?!\"\"\))")
    found = {name(path) for path in CODE if declared.search(path.read_text())}
    assert found == MARK_SAFE


def test_templates_leave_escaping_in_listed_files_only() -> None:
    unsafe = re.compile(r"autoescape off|\|safe\b")
    found = {name(path) for path in (ROOT / "templates").rglob("*.html") if unsafe.search(path.read_text())}
    assert found == NOT_ESCAPED


@pytest.mark.parametrize("pattern", [r"\sstyle\s*=", r"\son[a-z]+\s*=\s*[\"']", r"<style\b", r"javascript:"])
def test_pages_carry_no_inline_style_or_script(pattern: str) -> None:
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts]
    assert [name(path) for path in pages if re.search(pattern, path.read_text(), re.IGNORECASE)] == []


def test_every_script_is_a_file() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE)
    pages = [path for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text())]
    assert [name(path) for path in pages] == []
