"""Letters about accounts: in the right language, to the right address, leading to the configured portal only."""

import re
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.conf import settings as configured
from django.test import Client, RequestFactory
from django.utils import translation

from cluster_portal.common.models import Cluster, OutgoingMail, User
from tests import factories

pytestmark = pytest.mark.django_db
NEW = {"email": "nou@example.org", "password1": "o-parola-lungă-de-tot", "password2": "o-parola-lungă-de-tot"}
HOSTS = [
    "evil.example", "evil.example:8000", "localhost.evil.example", "localhost@evil.example", "[::1].evil.example",
    "evil.example/x", "localhost,evil.example", "127.0.0.1.evil.example", "xn--lcalhost-5wa.example",
]  # fmt: skip


def letters(kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=f"account/{kind}").order_by("pk"))


@pytest.mark.parametrize("language", ["ro", "en"])
def test_letters_to_a_new_person_are_in_the_language_of_the_sign_up(
    cluster: Cluster, client: Client, language: str
) -> None:
    client.cookies["language"] = language
    client.post("/accounts/signup/", NEW)
    assert User.objects.get(email=NEW["email"]).language == language
    (mail,) = letters("email_confirmation_signup")
    assert mail.language == language
    assert f'<html lang="{language}">' in mail.html


def test_a_person_reads_their_own_language_whoever_asks(cluster: Cluster, client: Client) -> None:
    factories.a_user("ana@example.org", language="ro")
    client.cookies["language"] = "en"
    client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    assert [mail.language for mail in letters("password_reset_key")] == ["ro"]


def test_the_whole_way_from_the_letter_to_a_new_password(cluster: Cluster, client: Client) -> None:
    user = factories.a_user("ana@example.org")
    client.post("/accounts/password/reset/", {"email": user.email})
    (mail,) = letters("password_reset_key")
    (link,) = re.findall(r"http\S+/password/reset/key/\S+", mail.text)
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW["password1"], "password2": NEW["password2"]})
    user.refresh_from_db()
    assert user.check_password(NEW["password1"])
    assert [mail.recipient for mail in letters("password_reset")] == [user.email]


def test_the_host_that_was_asked_for_never_enters_a_letter(cluster: Cluster, client: Client) -> None:
    factories.a_user("ana@example.org")
    for host in HOSTS:
        headers: dict[str, Any] = {"HTTP_HOST": host, "HTTP_X_FORWARDED_HOST": "evil.example"}
        for address, data in (("/accounts/password/reset/", {"email": "ana@example.org"}), ("/accounts/signup/", NEW)):
            assert client.post(address, data, **headers).status_code == 400, host
    assert OutgoingMail.objects.count() == 0


def test_links_begin_with_the_configured_address_under_every_name_that_is_answered(
    cluster: Cluster, client: Client
) -> None:
    factories.a_user("ana@example.org")
    for host, address, data in (
        ("127.0.0.1", "/accounts/password/reset/", {"email": "ana@example.org"}),
        ("127.0.0.1:4711", "/accounts/password/reset/", {"email": "nobody@example.org"}),
        ("[::1]", "/accounts/signup/", NEW),
        ("localhost:1", "/accounts/signup/", {**NEW, "email": "ana@example.org"}),
    ):
        assert Client().post(address, data, HTTP_HOST=host).status_code == 302
    kinds = {"password_reset_key", "unknown_account", "email_confirmation_signup", "account_already_exists"}
    assert {mail.kind for mail in OutgoingMail.objects.all()} == {f"account/{kind}" for kind in kinds}
    for mail in OutgoingMail.objects.all():
        links = re.findall(r"http[^\s\"<]+", mail.text) + re.findall(r'(?:href|src)="([^"]+)"', mail.html)
        assert links and all(link.startswith(f"{configured.SITE_URL}/") for link in links)


def test_a_stranger_learns_nothing_from_the_pages_and_an_owner_everything_from_the_letter(
    cluster: Cluster, client: Client
) -> None:
    factories.a_user("ana@example.org", full_name="Ana Pop")
    answers = []
    for email in ("ana@example.org", "nobody@example.org"):
        asked = client.post("/accounts/password/reset/", {"email": email})
        answers.append((asked.status_code, asked["Location"]))
        new = Client().post("/accounts/signup/", {**NEW, "email": email})
        answers.append((new.status_code, new["Location"]))
    assert answers[:2] == answers[2:]
    assert {mail.recipient for mail in OutgoingMail.objects.all()} == {"ana@example.org", "nobody@example.org"}
    for kind in ("account_already_exists", "unknown_account", "email_confirmation_signup"):
        (mail,) = letters(kind)
        assert "Ana Pop" not in mail.text


def test_a_second_click_within_the_minute_writes_no_second_letter_to_an_address_that_was_typed(
    cluster: Cluster, client: Client
) -> None:
    for _click in range(2):
        client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert len(letters("unknown_account")) == 1


def test_the_same_notice_is_told_again_for_the_next_change_but_once_for_one_request(cluster: Cluster) -> None:
    user = factories.a_user()
    for _request in range(2):
        with request_context(RequestFactory().get("/")):
            for _call in range(2):
                get_adapter().send_notification_mail("mfa/email/totp_activated", user)
    assert len(letters("totp_activated")) == 2


def test_a_notice_goes_to_the_old_address_in_the_persons_language_without_a_name(cluster: Cluster) -> None:
    user = factories.a_user("noua@example.org", language="ro", full_name="Ana Pop")
    EmailAddress.objects.create(user=user, email="veche@example.org", verified=True)
    with request_context(RequestFactory().get("/")), translation.override("en"):
        get_adapter().send_notification_mail(
            "account/email/email_changed",
            user,
            context={"from_email": "veche@example.org", "to_email": "noua@example.org"},
            email="veche@example.org",
        )
    (mail,) = letters("email_changed")
    assert (mail.recipient, mail.language) == ("veche@example.org", "ro")
    assert "Ana Pop" not in mail.text


def test_a_sign_up_that_fails_leaves_no_letter(cluster: Cluster, client: Client) -> None:
    client.post("/accounts/signup/", {**NEW, "password2": "another one entirely"})
    assert OutgoingMail.objects.count() == 0


def test_who_gave_no_name_is_greeted_without_one(cluster: Cluster, client: Client) -> None:
    client.cookies["language"] = "en"
    client.post("/accounts/signup/", NEW)
    (mail,) = letters("email_confirmation_signup")
    assert "Good day," in mail.text and "Good day," in mail.html
    assert f"Dear {NEW['email']}" not in mail.text
