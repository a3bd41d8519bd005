"""Settings from the environment: a value or a file that holds it, and a clear sentence for nonsense."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cluster_portal import addresses, env


def test_a_value_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("SOMETHING_FILE", str(tmp_path / "secret"))
    assert env.text("SOMETHING") == "from the file"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMETHING", " ")
    assert env.text("SOMETHING", "usual") == "usual"
    assert env.flag("SOMETHING", True) is True
    assert env.number("SOMETHING", 7) == 7


def test_both_at_once_is_a_mistake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOMETHING", "a")
    monkeypatch.setenv("SOMETHING_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="SOMETHING and SOMETHING_FILE are both set"):
        env.text("SOMETHING")


@pytest.mark.parametrize(("content", "sentence"), [(None, "cannot be read"), ("\n", "is empty")])
def test_a_file_without_a_value_is_a_mistake(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / "secret").write_text(content)
    monkeypatch.setenv("SOMETHING_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=f"SOMETHING_FILE names .*, which {sentence}"):
        env.text("SOMETHING")


@pytest.mark.parametrize(
    ("value", "read", "sentence"),
    [
        ("maybe", lambda: env.flag("SOMETHING", True), r"write 1 \(yes\) or 0 \(no\)"),
        ("many", lambda: env.number("SOMETHING", 1, most=9), "write a whole number from 0 to 9"),
        ("10", lambda: env.number("SOMETHING", 1, most=9), "write a whole number from 0 to 9"),
        ("-1", lambda: env.number("SOMETHING", 1, most=9), "write a whole number from 0 to 9"),
        ("../up", lambda: env.slug("SOMETHING", "x"), "write lower-case letters, digits and dashes"),
    ],
)
def test_nonsense_is_answered_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, value: str, read: Callable[[], Any], sentence: str
) -> None:
    monkeypatch.setenv("SOMETHING", value)
    with pytest.raises(ImproperlyConfigured, match=f"SOMETHING is '{value}': {sentence}"):
        read()


def test_a_kept_secret_is_invented_once_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    first = env.kept_secret(path)
    assert len(first) > 60
    assert env.kept_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["secret"]


def test_a_database_address_is_read_whole() -> None:
    url = "postgresql://portal:p%40ss@db.example.org:5433/portal?sslmode=verify-full"
    assert addresses.database(url) == {
        "NAME": "portal",
        "USER": "portal",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "5433",
    }
    assert addresses.database_options(url) == {"sslmode": "verify-full"}


@pytest.mark.parametrize("url", ["mysql://localhost/portal", "postgresql://host:port/x", "postgresql://host", "portal"])
def test_a_wrong_database_address_shows_a_right_one_and_no_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL .*postgresql://user:password@host:5432/database"):
        addresses.database(url)


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("redis://valkey:6379/1", "redis://valkey:6379/1"),
    ],
)
def test_a_broker_address_is_written_as_celery_wants_it(url: str, broker: str) -> None:
    assert addresses.broker(url) == broker


@pytest.mark.parametrize("url", ["valkey", "amqp://host", "redis://", "unix:"])
def test_a_wrong_broker_address_shows_a_right_one(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL cannot be read"):
        addresses.broker(url)


@pytest.mark.parametrize(
    ("url", "mail"),
    [
        ("mailbox:", addresses.Mail(mailbox=True)),
        ("smtp://mail", addresses.Mail(False, "mail", 25)),
        ("smtps://u:p%2F@mail", addresses.Mail(False, "mail", 465, "u", "p/", tls=True)),
        ("smtp+starttls://mail:2525", addresses.Mail(False, "mail", 2525, starttls=True)),
    ],
)
def test_a_mail_address_is_read(url: str, mail: addresses.Mail) -> None:
    assert addresses.mail(url) == mail


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail", "smtp://", "smtp://mail:many", "smtp://[::1"])
def test_a_wrong_mail_address_shows_a_right_one(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL cannot be read: write it like smtps://"):
        addresses.mail(url)


@pytest.mark.parametrize(
    "url", ["portal.example.org", "ftp://x", "https://x/sub", "https://", "http://[", "http://x:y"]
)
def test_a_wrong_site_address_shows_a_right_one(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"SITE_URL is .*: write it like https://portal.example\.org"):
        addresses.hosts(url)


def test_the_portal_answers_to_its_own_name_and_the_loopback() -> None:
    assert addresses.hosts("https://portal.example.org") == ["portal.example.org", "localhost", "127.0.0.1", "[::1]"]
