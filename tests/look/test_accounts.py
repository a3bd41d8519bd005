"""The pages of the account library, every one, stand in the portal's layout and keep its policy."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from playwright.sync_api import Page

from cluster_portal.common.models import Cluster, User
from tests.look.test_components import Tags

PASSWORD = "o-parola-destul-de-lungă"
SIGNED_OUT = ("login/", "signup/", "password/reset/", "password/reset/done/", "inactive/", "confirm-email/")
SIGNED_IN = (
    "email/",
    "password/change/",
    "reauthenticate/",
    "sessions/",
    "logout/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
)
WITH_A_FACTOR = ("2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/webauthn/")


@pytest.fixture
def person(db: None, cluster: Cluster) -> User:
    user = User.objects.create_user("ilinca@punte.example", PASSWORD, full_name="Ilinca Vrânceanu")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.fixture
def confirmed(signed_in: Client) -> Client:
    """Signed in, and the password given once more, as the sensitive pages ask."""
    signed_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return signed_in


def in_our_layout(answer: Any) -> Tags:
    assert answer.status_code == 200
    page = answer.content.decode()
    tags = Tags(page)
    assert tags.of("html")[0]["lang"] == "en"
    assert 'class="masthead' in page
    assert len(tags.of("h1")) == 1
    assert not tags.of("style")
    assert [attributes for _tag, attributes in tags.found if "style" in attributes] == []
    for script in tags.of("script"):
        assert "src" in script or script["type"] == "application/json"
    title = page.split("<title>")[1].split("</title>")[0]
    assert title.strip().split("·")[0].strip(), "the page has a title of its own"
    for field in tags.of("input"):
        if field.get("type") not in {"hidden", "submit"} and field.get("tabindex") != "-1":
            assert f'for="{field["id"]}"' in page or 'class="choice"' in page
    return tags


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_pages_for_strangers(client: Client, cluster: Cluster, path: str) -> None:
    in_our_layout(client.get(f"/accounts/{path}"))


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_my_account(confirmed: Client, path: str) -> None:
    in_our_layout(confirmed.get(f"/accounts/{path}"))


@pytest.mark.parametrize("path", WITH_A_FACTOR)
def test_pages_of_my_account_with_a_second_factor(confirmed: Client, person: User, path: str) -> None:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    data = {"name": "Telefon", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
    in_our_layout(confirmed.get(f"/accounts/{path}"))


def test_the_second_factor_is_asked_for_in_our_layout(client: Client, person: User) -> None:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == "/accounts/2fa/authenticate/"
    in_our_layout(answer)


def test_pages_of_my_account_mark_the_tab(signed_in: Client) -> None:
    for path, tab in {"email/": "E-mail address", "2fa/": "Second factor", "sessions/": "Where I am signed in"}.items():
        page = signed_in.get(f"/accounts/{path}").content.decode()
        assert f'aria-current="page">{tab}</a>' in page


def test_a_wrong_password_is_answered_by_the_summary(client: Client, person: User) -> None:
    answer = client.post("/accounts/login/", {"login": person.email, "password": "greșită"})
    assert in_our_layout(answer).of("div")
    assert b'role="alert"' in answer.content


def test_signing_in_says_nothing_and_signing_out_says_it(signed_in: Client) -> None:
    assert b'class="messages"' not in signed_in.get("/accounts/email/").content
    signed_in.post("/accounts/logout/")
    assert b"You are signed out." in signed_in.get("/privacy/").content


def test_a_change_of_address_waits_for_its_confirmation(signed_in: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email="nou@punte.example", verified=False, primary=False)
    answer = signed_in.get("/accounts/email/")
    in_our_layout(answer)
    assert b"nou@punte.example" in answer.content
    assert b'name="action_remove"' in answer.content


def test_the_picture_of_the_key_is_the_only_thing_drawn_inside_a_page(confirmed: Client) -> None:
    answer = confirmed.get("/accounts/2fa/totp/activate/")
    (picture,) = in_our_layout(answer).of("img")
    assert str(picture["src"]).startswith("data:image/svg+xml;base64,")
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]
    assert "data:" not in confirmed.get("/accounts/2fa/")["Content-Security-Policy"]


def test_a_passkey_is_made_and_signs_in_under_the_strict_policy(
    live_server: Any, page: Page, person: User, settings: Any
) -> None:
    """Chromium's own virtual authenticator; every breach of the policy would be on the console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Telefon")
    page.get_by_label("Passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/")
    assert page.get_by_role("heading", name="Telefon").is_visible()
    assert [text for text in said if "Content Security Policy" in text] == []


@pytest.mark.parametrize(("at_desk", "begins"), [(False, "/members/mine/"), (True, "/admin/")])
def test_who_signs_in_begins_where_the_work_is(client: Client, person: User, at_desk: bool, begins: str) -> None:
    User.objects.filter(pk=person.pk).update(is_staff=at_desk)
    sent = {"login": person.email, "password": PASSWORD}
    assert client.post("/accounts/login/", sent).headers["Location"] == begins
    client.post("/accounts/logout/")
    assert client.post("/accounts/login/?next=/statute/", sent).headers["Location"] == "/statute/"
