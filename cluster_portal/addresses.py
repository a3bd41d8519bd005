"""Reads the addresses of the servers that the portal uses: database, broker, mail, its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
PARTS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def hosts(site_url: str) -> list[str]:
    """The host names that the portal answers to: its own, and the loopback for health checks."""
    try:
        parts = urlsplit(site_url)
        name, _ = parts.hostname, parts.port
    except ValueError:
        name = None
    if not name or parts.scheme not in {"http", "https"} or parts.path or parts.query:
        raise ImproperlyConfigured(f"SITE_URL is {site_url!r}: write it like https://portal.example.org")
    return [name, *(host for host in LOOPBACK if host != name)]


def database(url: str) -> dict[str, str]:
    """DATABASE_URL as Django's names."""
    found = _database(url)
    return {ours: str(found[theirs]) for theirs, ours in PARTS.items() if theirs in found}


def database_options(url: str) -> dict[str, str]:
    """What else DATABASE_URL says (sslmode …), passed to the driver."""
    return {name: str(value) for name, value in _database(url).items() if name not in PARTS and value is not None}


def _database(url: str) -> dict[str, Any]:
    wanted = "write it like postgresql://user:password@host:5432/database"
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"DATABASE_URL is not the address of a PostgreSQL database: {wanted}.")
    try:
        found = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:  # the reason may quote the password: it is not repeated
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {wanted}.") from error
    if not str(found.get("port", "5432")).isdigit():
        raise ImproperlyConfigured(f"DATABASE_URL has a port that is no number: {wanted}.")
    if not found.get("dbname"):
        raise ImproperlyConfigured(f"DATABASE_URL names no database: {wanted}.")
    return found


def broker(url: str) -> str:
    """REDIS_URL as Celery writes it: a socket is `redis+socket:///path?virtual_host=0`."""
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path:
        return f"redis+socket://{parts.path}?virtual_host={parse_qs(parts.query).get('db', ['0'])[0]}"
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return url
    raise ImproperlyConfigured("REDIS_URL cannot be read: write it like redis://host:6379/0 or unix:///path?db=0.")


@dataclass(frozen=True)
class Mail:
    """How letters leave: over SMTP, or into the mailbox page of the demonstration."""

    mailbox: bool
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


def mail(url: str) -> Mail:
    """EMAIL_URL: smtp:// is plain, smtp+starttls:// begins plain and changes over, smtps:// is TLS from the start."""
    if url == "mailbox:":
        return Mail(mailbox=True)
    usual = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in usual or not host:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read: write it like smtps://user:password@host:465, smtp+starttls://host:587, "
            "smtp://host:25 or mailbox: (a page inside the portal)."
        )
    return Mail(
        mailbox=False,
        host=host,
        port=port or usual[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+starttls",
    )
