"""The letters about accounts, and the frame that every letter stands in."""

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from cluster_portal.common import outbox
from cluster_portal.common.models import Cluster, OutgoingMail, User
from tests.look.test_components import HOSTILE, Tags

pytestmark = pytest.mark.django_db
FOLDER = django_settings.BASE_DIR / "templates/account/emails"
LETTERS = sorted(path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt"))


@pytest.fixture
def person(cluster: Cluster) -> User:
    user = User.objects.create_user("ilinca@punte.example", "o-parola-lungă-de-tot", full_name="Ilinca Vrânceanu")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def written(name: str, person: User, language: str, **more: Any) -> OutgoingMail:
    urls = dict.fromkeys(("activate_url", "password_reset_url", "signup_url"), "https://portal.example/?k=1&l=2")
    values = {
        "ip": "192.0.2.7",
        "user_agent": HOSTILE,
        "timestamp": timezone.now(),
        "from_email": HOSTILE,
        **urls,
        **more,
    }
    mail = outbox.post(f"account/{name}", person, cause=f"test:{name}:{language}", language=language, **values)
    assert isinstance(mail, OutgoingMail)
    return mail


def test_every_letter_of_the_account_library_that_can_be_sent_is_ours() -> None:
    """By code instead of link is switched off; so is a first password for accounts of other services."""
    library = Path(allauth.__file__).parent / "templates"
    theirs = {letter.name.removesuffix("_subject.txt") for letter in library.glob("[am]*/email/*_subject.txt")}
    assert theirs - set(LETTERS) == {"login_code", "password_reset_code"}
    assert not getattr(django_settings, "ACCOUNT_LOGIN_BY_CODE_ENABLED", False)
    assert not getattr(django_settings, "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED", False)


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("language", ["en", "ro"])
def test_both_parts_say_the_same_and_text_stays_text(person: User, name: str, language: str) -> None:
    mail = written(name, person, language)
    tags = Tags(mail.html)
    assert tags.of("html")[0]["lang"] == language
    assert not tags.of("script")
    heading = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", mail.html, re.DOTALL)
    assert heading and heading[1] == mail.subject
    assert mail.subject in mail.text
    for link in tags.of("a"):
        assert str(link["href"]).startswith("http")
        assert str(link["href"]) in mail.text
    assert "&amp;" not in mail.text
    assert "\n\n\n\n" not in mail.text


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_survives_a_forced_dark_theme(person: User, name: str) -> None:
    """No ground is painted and no scheme is promised, so the reader's program may turn both ink and paper."""
    html = written(name, person, "en").html
    assert "background" not in html
    assert "bgcolor" not in html
    assert "color-scheme" not in html
    assert "<style" not in html


def test_the_mark_is_a_small_picture_of_our_own_on_transparency(person: User) -> None:
    (picture,) = Tags(written("password_changed", person, "en").html).of("img")
    assert picture["src"] == f"{django_settings.SITE_URL}/static/img/mark-40.png"
    assert (picture["width"], picture["height"], picture["alt"]) == ("40", "28", "")
    content = (django_settings.BASE_DIR / "static/img/mark-40.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 3000


def test_a_change_of_password_is_told_by_letter(client: Client, person: User) -> None:
    client.force_login(person)
    client.post("/accounts/reauthenticate/", {"password": "o-parola-lungă-de-tot"})
    new = "cu-totul-alta-parola"
    data = {"oldpassword": "o-parola-lungă-de-tot", "password1": new, "password2": new}
    client.post("/accounts/password/change/", data)
    mail = OutgoingMail.objects.get(kind="account/password_changed")
    assert "127.0.0.1" in mail.text


def test_the_letter_of_a_new_account_leads_to_its_confirmation(client: Client, cluster: Cluster) -> None:
    data = {"email": "nou@punte.example", "password1": "o-parola-lungă-de-tot", "password2": "o-parola-lungă-de-tot"}
    answer = client.post("/accounts/signup/", data)
    assert answer.status_code == 302
    mail = OutgoingMail.objects.get(kind="account/email_confirmation_signup")
    (link,) = re.findall(r"http\S+/confirm-email/\S+", mail.text)
    assert client.get(link).status_code == 200
