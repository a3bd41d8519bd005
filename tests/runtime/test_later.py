"""What few pages need is not read by the others: a web process that has shown pages holds none of those libraries."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cluster_portal import later
from tests.conftest import ROOT, environment

HEAVY = ("fido2", "cryptography", "PIL", "celery", "kombu", "redis", "openpyxl")
PAGES = f"""
import sys, django
django.setup()
from django.test import Client
for page in ("/", "/members/", "/members/?q=a", "/accounts/login/", "/accounts/signup/", "/statute/"):
    assert Client().get(page, headers={{"host": "localhost"}}).status_code == 200, page
print(*sorted(set({HEAVY!r}) & set(sys.modules)))
"""


@pytest.mark.django_db(transaction=True)
def test_a_web_process_that_has_shown_pages_has_read_none_of_the_heavy_libraries() -> None:
    env = environment(PORTAL_PROCESS="web")
    done = subprocess.run([sys.executable, "-c", PAGES], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


@pytest.fixture
def postponed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that counts how often it is read, postponed."""
    name = f"postponed_{tmp_path.name}"
    (tmp_path / f"{name}.py").write_text(
        "import builtins\nbuiltins.read = getattr(builtins, 'read', 0) + 1\nANSWER = 42\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delattr("builtins.read", raising=False)
    later.postpone(name)
    return name


def test_a_postponed_module_is_read_once_by_the_first_who_uses_it(postponed: str) -> None:
    stand_in = sys.modules[postponed]
    assert isinstance(stand_in, later.Later)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(stand_in.ANSWER)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [42] * 16
    assert __builtins__["read"] == 1  # type: ignore[index]  # a module's are a dictionary
    assert not isinstance(sys.modules[postponed], later.Later)


def test_a_module_that_cannot_be_read_says_so_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later.postpone("postponed_that_never_was")
    stand_in = sys.modules["postponed_that_never_was"]
    for _attempt in range(2):
        with pytest.raises(ModuleNotFoundError):
            _ = stand_in.ANSWER
    del sys.modules["postponed_that_never_was"]


def test_what_is_missing_from_a_postponed_module_is_missing(postponed: str) -> None:
    with pytest.raises(AttributeError):
        _ = sys.modules[postponed].QUESTION
