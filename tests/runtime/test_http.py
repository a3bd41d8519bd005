"""What every request passes: NUL is refused, staff show a second factor, headers are strict, health tells the truth."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from redis import Redis

from cluster_portal.common.caches import DispensableCache
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Heartbeat
from tests import factories

DESK = "/admin/jsi18n/"  # behind the same door as every page of the desk
STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


# --- NUL --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/accounts/login/?next=%00", "/accounts/login/?%00=1", "/health/%00"])
def test_a_nul_in_the_address_is_refused(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()


def test_a_nul_in_a_form_is_refused(client: Client) -> None:
    assert client.post("/accounts/login/", {"login": "a\0b", "password": "x"}).status_code == 400
    assert client.post("/accounts/login/", {"lo\0gin": "ab", "password": "x"}).status_code == 400


@pytest.mark.django_db
def test_a_nul_in_the_name_of_a_file_never_reaches_a_view(client: Client) -> None:
    upload = SimpleUploadedFile("a\0b.pdf", b"x")
    assert client.post("/accounts/login/", {"file": upload}).status_code in {200, 400}


# --- Strictness -------------------------------------------------------------------------------------------------------
def policy(answer: Any) -> set[str]:
    return {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/no-such-page/", "/health/", "/accounts/login/?x=%00"])
def test_every_answer_carries_the_strict_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    assert policy(answer) == STRICT
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_only_the_page_with_the_key_of_the_app_shows_an_image_from_inside_the_page(client: Client) -> None:
    factories.a_cluster()
    person = factories.a_user()
    client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 200
    assert policy(answer) == STRICT - {"img-src 'self'"} | {"img-src 'self' data:"}


@pytest.mark.django_db
def test_a_page_asks_who_you_are_unless_it_is_public(client: Client) -> None:
    answer = client.get("/accounts/email/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/accounts/email/"


@pytest.mark.django_db
def test_reading_the_sign_in_page_makes_no_session(client: Client) -> None:
    client.get("/accounts/login/")
    assert not Session.objects.exists()


# --- The second factor of staff ---------------------------------------------------------------------------------------
@pytest.fixture
def required(settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = True


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


@pytest.mark.django_db
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client: Client, required: None) -> None:
    factories.a_cluster()
    client.force_login(factories.an_office_person())
    answer = client.get(DESK)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get("/accounts/email/").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("still_clock")
def test_staff_who_signed_in_with_a_password_alone_show_the_factor_that_they_have(
    client: Client, required: None
) -> None:
    factories.a_cluster()
    person = factories.an_office_person()
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client.force_login(person)
    answer = client.get(DESK)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fjsi18n%2F"
    answer = client.post(answer.headers["Location"], {"code": code(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, DESK)
    assert client.get(DESK).status_code == 200


@pytest.mark.django_db
def test_members_need_no_second_factor(client: Client, required: None) -> None:
    factories.a_cluster()
    client.force_login(factories.a_user())
    assert client.get("/accounts/email/").status_code == 200


@pytest.mark.django_db
def test_a_demonstration_asks_no_second_factor(client: Client) -> None:
    factories.a_cluster()
    client.force_login(factories.an_office_person())
    assert client.get(DESK).status_code == 200


# --- Health -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_health_without_workers_is_degraded_and_pages_are_served(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "degraded",
        "database": "ok",
        "broker": "ok",
        "worker": "down",
        "outbox_seconds": 0,
    }


@pytest.mark.django_db
def test_health_is_ok_when_both_workers_lately_left_a_sign_of_life(client: Client) -> None:
    for name in ("mail", "default"):
        Heartbeat.objects.create(name=name, at=ClockTimestamp())
    assert client.get("/health/").json()["status"] == "ok"


@pytest.mark.django_db
def test_health_reads_as_text_for_people(client: Client) -> None:
    answer = client.get("/health/", headers={"Accept": "text/plain"})
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines()[0] == "status: degraded"


@pytest.mark.django_db
def test_health_is_asked_with_two_queries(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/health/")
    assert len(queries) == 2


@pytest.mark.django_db
def test_health_knows_a_dead_broker(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "unix:///nowhere.sock"
    assert client.get("/health/").json()["broker"] == "down"


# --- Caches -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_attempts_are_counted_in_the_database() -> None:
    cache.set("attempts", 3)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from portal_cache")
        assert cursor.fetchone() == (1,)


def test_the_fast_cache_remembers() -> None:
    caches["fast"].set("name", "value")
    assert caches["fast"].get("name") == "value"


def test_clearing_the_fast_cache_leaves_the_queues_alone(valkey: Redis) -> None:
    valkey.rpush("mail", "a message")
    caches["fast"].set("name", "value")
    caches["fast"].clear()
    assert caches["fast"].get("name") is None
    assert valkey.delete("mail") == 1


def test_the_fast_cache_forgets_when_valkey_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DispensableCache, "asleep_until", 0.0)
    gone = DispensableCache("unix:///nowhere.sock", {})
    gone.set("name", "value")
    gone.set_many({"name": "value"})
    gone.delete("name")
    gone.clear()
    assert gone.get("name", "otherwise") == "otherwise"
    assert gone.get_many(["name"]) == {}
    assert gone.add("name", 1) is False
    assert gone.touch("name") is False
    assert "name" not in gone
    assert gone.incr("name") == 1
    assert gone.get_or_set("name", lambda: "made") == "made"
