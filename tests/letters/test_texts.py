"""The whole text of every letter, in both languages, as it is stored in tests/letters/expected.

After a change of wording: REWRITE_LETTERS=1 .venv/bin/python -m pytest tests/letters/test_texts.py, then read the diff.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.html import escape

from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import Cluster, OutgoingMail
from tests import factories
from tests.letters import days, matching_cases
from tests.letters.cases import CASES, HOSTILE, TODAY, a_world
from tests.letters.events import CASES as EVENTS
from tests.letters.events import an_occasion

pytestmark = pytest.mark.django_db
EXPECTED = Path(__file__).with_name("expected")
TEMPLATES = settings.BASE_DIR / "templates"
LANGUAGES = ["en", "ro"]
PLACEHOLDERS = "{{ settings.SECRET_KEY }} {% now 'Y' %} %(day)s {0.__class__}"

APPS = {"members": CASES, "matchmaking": matching_cases.CASES | days.CASES}
LETTERS = [(app, name, send) for app, cases in APPS.items() for name, send in cases.items()]

SITE = settings.SITE_URL
KEYED = {"key": "k3y", "activate_url": f"{SITE}/accounts/confirm-email/k3y/"}
RESET = {"key": "1-k3y", "uid": "1", "password_reset_url": f"{SITE}/accounts/password/reset/key/1-k3y/"}
TYPED = {"password_reset_url": f"{SITE}/accounts/password/reset/", "signup_url": f"{SITE}/accounts/signup/"}
NOTICE = {"timestamp": TODAY, "ip": "192.0.2.7", "user_agent": "Mozilla/5.0 (X11; Linux x86_64)"}
ACCOUNT: dict[str, dict[str, Any]] = {
    "account/email/email_confirmation": KEYED,
    "account/email/email_confirmation_signup": KEYED,
    "account/email/account_already_exists": TYPED,
    "account/email/unknown_account": TYPED,
    "account/email/password_reset_key": RESET,
    "account/email/password_changed": NOTICE,
    "account/email/password_reset": NOTICE,
    "account/email/password_set": NOTICE,
    "account/email/email_changed": {**NOTICE, "from_email": "veche@example.org", "to_email": "noua@example.org"},
    "account/email/email_confirm": NOTICE,
    "account/email/email_deleted": {**NOTICE, "deleted_email": "veche@example.org"},
    "mfa/email/totp_activated": NOTICE,
    "mfa/email/totp_deactivated": NOTICE,
    "mfa/email/recovery_codes_generated": NOTICE,
    "mfa/email/webauthn_added": NOTICE,
    "mfa/email/webauthn_removed": NOTICE,
}


def stored(mail: OutgoingMail) -> str:
    """A letter as it is kept for comparison: what differs from run to run is replaced by its name."""
    whole = f"To: {mail.recipient}\nSubject: {mail.subject}\n\n{mail.text}"
    whole = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "REQUEST-KEY", whole)
    whole = re.sub(r"/letters/unsubscribe/[\w.-]+/", "/letters/unsubscribe/SIGNED/", whole)
    whole = re.sub(r"/by-key/[0-9a-f]{43}/", "/by-key/GUEST-KEY/", whole)
    return re.sub(r"/adhesionrequest/\d+/", "/adhesionrequest/REQUEST/", whole)


def compare(mail: OutgoingMail, name: str) -> None:
    path = EXPECTED / f"{name}.{mail.language}.txt"
    if os.environ.get("REWRITE_LETTERS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(stored(mail), encoding="utf-8")
    assert stored(mail) == path.read_text(encoding="utf-8")


def same_links(mail: OutgoingMail) -> None:
    """Both parts lead to the same places, which are all ours."""
    in_text = set(re.findall(r"https?://[^\s<>]+", mail.text))
    in_page = {link.replace("&amp;", "&") for link in re.findall(r'href="(http[^"]+)"', mail.html)}
    assert in_page == in_text
    assert in_text and all(link.startswith(f"{SITE}/") for link in in_text)
    assert len(re.findall(r"<h1", mail.html)) == 1
    assert "<script" not in mail.html and "<style" not in mail.html


@pytest.fixture(autouse=True)
def that_day(cluster: Cluster) -> Any:
    forget_cluster()
    with time_machine.travel(TODAY, tick=False):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is forgotten: the cluster is loaded once for all letters of a test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_the_apps_read_as_stored(language: str) -> None:
    for app, name, send in LETTERS:
        with undone():
            world = a_world(language)
            with translation.override("en" if language == "ro" else "ro"):  # whoever acts reads the other language
                send(world)
            mail = OutgoingMail.objects.get()
            assert (mail.language, mail.kind) == (language, f"{app}/{name.split('.')[0]}")
            same_links(mail)
            compare(mail, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_events_read_as_stored(language: str) -> None:
    for name, send in EVENTS.items():
        with undone():
            world = an_occasion(language)
            with translation.override("en" if language == "ro" else "ro"):
                send(world)
            mail = OutgoingMail.objects.get()
            assert (mail.language, mail.kind) == (language, f"events/{name.split('.')[0]}")
            assert mail.confidential == (mail.user is None and not mail.topic), "a letter with a key is shown to nobody"
            same_links(mail)
            compare(mail, f"event-{name}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_about_accounts_read_as_stored(language: str) -> None:
    for prefix, context in ACCOUNT.items():
        with undone():
            user = factories.a_user("ilinca@example.org", full_name="Ilinca Vrânceanu", language=language)
            known = {} if "signup_url" in context else {"user": user}
            with translation.override(language):
                get_adapter().send_mail(prefix, user.email, {**context, **known})
            mail = OutgoingMail.objects.get()
            assert mail.confidential and mail.language == language
            same_links(mail)
            compare(mail, f"account-{prefix.rsplit('/', 1)[-1]}")


def test_hostile_names_and_words_stay_text() -> None:
    for _app, name, send in LETTERS:
        with undone():
            world = a_world("en", name=HOSTILE, words=f"{HOSTILE}\n\n{PLACEHOLDERS}")
            for person in (world.applicant, world.director, world.vote.opened_by):
                person.full_name = HOSTILE
                person.save()
            send(world)
            mail = OutgoingMail.objects.get()
            assert "<script" not in mail.html, name
            assert settings.SECRET_KEY not in mail.text + mail.html, name
            assert HOSTILE in mail.text, name
            assert escape(HOSTILE) in mail.html, name
            assert ("{{" in mail.text) == (PLACEHOLDERS in mail.text), name


def test_hostile_names_and_words_stay_text_in_letters_of_events() -> None:
    for name, send in EVENTS.items():
        with undone():
            world = an_occasion("en", name=HOSTILE, words=f"{HOSTILE}\n\n{PLACEHOLDERS}")
            world.event.title_ro = world.event.title_en = HOSTILE
            send(world)
            mail = OutgoingMail.objects.get()
            assert "<script" not in mail.html, name
            assert settings.SECRET_KEY not in mail.text + mail.html, name
            assert HOSTILE in mail.text, name
            assert escape(HOSTILE) in mail.html, name
            assert ("{{" in mail.text) == (PLACEHOLDERS in mail.text), name


def test_every_letter_that_has_a_template_is_among_the_stored_ones() -> None:
    names = {"events": list(EVENTS), **{app: list(cases) for app, cases in APPS.items()}}
    for app, cases in names.items():
        written = {
            path.name.removesuffix(".subject.txt") for path in (TEMPLATES / app / "emails").glob("*.subject.txt")
        }
        assert {name.split(".")[0] for name in cases} == written
    accounts = {path.name.removesuffix(".subject.txt") for path in (TEMPLATES / "account/emails").glob("*.subject.txt")}
    assert {prefix.rsplit("/", 1)[-1] for prefix in ACCOUNT} == accounts


def test_keys_last_as_long_as_the_letters_say(settings: Any) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS * 24 * 3600 == 3 * 24 * 3600


def test_nothing_is_stored_that_is_no_letter() -> None:
    names = [
        *(name for _app, name, _send in LETTERS),
        *(f"event-{name}" for name in EVENTS),
        *(f"account-{prefix.rsplit('/', 1)[-1]}" for prefix in ACCOUNT),
    ]
    stored_ones = {path.name for path in EXPECTED.iterdir()}
    assert stored_ones == {f"{name}.{code}.txt" for name in names for code in LANGUAGES}
