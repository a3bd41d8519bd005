"""The settings of a real installation, read by a process of its own."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SITE_URL": "https://portal.example.org",
    "PROXIES": "1",
    "DATABASE_URL": "postgresql://portal:word@127.0.0.1:9/portal",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "smtps://portal:word@mail.example.org",
    "SECRET_KEY": secrets.token_urlsafe(64),
}


def manage(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | {"DATA_DIR": str(tmp_path / "data"), "PYTHONWARNINGS": "ignore"} | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


def ask(tmp_path: Path, expression: str, **variables: str) -> Any:
    """The value of an expression over the settings, with these variables."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = f"import json; from cluster_portal import settings as s; print(json.dumps({expression}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean | {"DATA_DIR": str(tmp_path / "data")} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_production_installation_passes_the_deployment_check(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"SITE_URL": "http://portal.example.org"}, "portal.W001"),
        ({"PROXIES": "0"}, "portal.W002"),
        ({"ALLOWED_HOSTS": "*"}, "portal.W003"),
        ({"DEMO": "1"}, "portal.W004"),
        ({"EMAIL_URL": "mailbox:"}, "portal.W005"),
        ({"REQUIRE_STAFF_MFA": "0"}, "portal.W006"),
        ({"MEDIA_ROOT": str(ROOT / "static")}, "portal.E001"),
        ({"MAIL_FROM": "nobody"}, "portal.E002"),
        ({"SECRET_KEY": "short"}, "security.W009"),
        ({"DEBUG": "1"}, "security.W018"),
    ],
)
def test_each_mistake_is_found(tmp_path: Path, variables: dict[str, str], code: str) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | variables)
    assert done.returncode == 1
    assert f"({code})" in done.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set: set SECRET_KEY, or SECRET_KEY_FILE to a file that holds it."),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps': write 1 (yes) or 0 (no)."),
        ({"PORT": "0"}, "PORT is '0': write a whole number from 1 to 65535."),
        ({"LANGUAGE_CODE": "fr"}, "LANGUAGE_CODE is 'fr': write one of ro, en."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud': write one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ],
)
def test_a_setting_that_cannot_be_read_ends_with_one_sentence(
    tmp_path: Path, variables: dict[str, str], sentence: str
) -> None:
    done = manage(tmp_path, "check", **PRODUCTION | variables)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{sentence}\n")


def test_a_database_that_does_not_answer_ends_with_one_sentence(tmp_path: Path) -> None:
    done = manage(tmp_path, "migrate", **PRODUCTION)
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer (")
    assert done.stderr.endswith("): check DATABASE_URL and that the server runs.\n")
    assert done.stderr.count("\n") == 1 and "?" not in done.stderr


def test_a_folder_of_another_kind_ends_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    done = manage(tmp_path, "migrate")
    assert done.returncode == 1
    assert done.stderr == (
        f"The portal keeps its data in {tmp_path / 'data'} and cannot use that folder (File exists): "
        "start it as the folder's owner, or name another folder with DATA_DIR.\n"
    )


def test_with_nothing_configured_it_is_a_demonstration_on_this_machine(tmp_path: Path) -> None:
    found = ask(tmp_path, "[s.ON_THIS_MACHINE, s.DEMO, s.DEBUG, s.REQUIRE_STAFF_MFA, s.EMAIL.mailbox, s.SITE_URL]")
    assert found == [True, True, False, False, True, "http://localhost:8000"]


def test_two_clusters_on_one_machine_share_nothing(tmp_path: Path) -> None:
    names = "[str(s.DATA_DIR), s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DATABASES['default']['HOST'], s.REDIS_URL]"
    clusters = [ask(tmp_path, names, PRESET=preset, DATA_DIR="") for preset in ("dual-use", "proeco-cbrne")]
    assert all(one != other for one, other in zip(*clusters, strict=True))


@pytest.mark.parametrize("process", ["web", "worker", "command"])
def test_the_database_gives_up_where_somebody_waits(tmp_path: Path, process: str) -> None:
    options = ask(tmp_path, "s.DATABASES['default']['OPTIONS']['options']", PORTAL_PROCESS=process)
    expected = {
        "web": "lock_timeout=3000 -c statement_timeout=5000 -c idle_in_transaction_session_timeout=15000",
        "worker": "lock_timeout=3000 -c statement_timeout=60000 -c idle_in_transaction_session_timeout=15000",
        "command": "lock_timeout=10000",
    }
    assert options == f"-c {expected[process]} -c jit=off"


def test_cookies_over_https_belong_to_this_host_alone(tmp_path: Path) -> None:
    names = "[s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE]"
    assert ask(tmp_path, names, **PRODUCTION) == ["__Host-sid", "__Host-csrf", True, True]
