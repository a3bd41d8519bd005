"""Letters at the office's desk: what it sees, what it may do, and what it never sees."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cluster_portal import addresses
from cluster_portal.common import delivery
from cluster_portal.common.models import AuditEvent, Cluster, MailState, OutgoingMail, User
from tests import factories
from tests.letters.made import a_letter, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cluster")]
LIST = "/admin/common/outgoingmail/"
KEY = "the-key-of-this-letter"


@pytest.fixture
def office(cluster: Cluster, client: Client) -> User:
    person = factories.an_office_person()
    client.force_login(person)
    return person


def page(mail: OutgoingMail, door: str = "change") -> str:
    return f"{LIST}{mail.pk}/{door}/"


@pytest.mark.usefixtures("office")
def test_states_are_counted_and_filtered(client: Client) -> None:
    for state in (MailState.FAILED, MailState.FAILED, MailState.HELD):
        a_letter(f"{state}@example.org", state=state)
    a_letter("queued@example.org")
    whole = client.get(LIST).content.decode()
    assert "failed (2)" in whole and "on hold (1)" in whole and "waiting (1)" in whole
    failed = client.get(LIST, {"state__exact": "failed"}).content.decode()
    assert failed.count("failed@example.org") == 2
    assert "queued@example.org" not in failed


@pytest.mark.usefixtures("office")
def test_letters_are_found_by_recipient(client: Client) -> None:
    a_letter("ana@example.org"), a_letter("dan@example.org")
    found = client.get(LIST, {"q": "ANA@"}).content.decode()
    assert "ana@example.org" in found and "dan@example.org" not in found


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_letter_and_for_thirty(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        a_letter()
    client.get(LIST)
    with django_assert_max_num_queries(18):
        client.get(LIST)


def test_a_letter_that_failed_is_sent_again_from_its_page(client: Client, office: User) -> None:
    mail = a_letter(state=MailState.FAILED, attempts=3, last_error="refused: 550 mailbox full")
    shown = client.get(page(mail)).content.decode()
    assert "550 mailbox full" in shown and "Send again" in shown
    answer = client.post(page(mail, "again"), follow=True)
    assert "The letter goes out again." in answer.content.decode()
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.QUEUED, 0)
    assert AuditEvent.objects.get(verb="letter_sent_again").actor == office
    assert "on its way already" in client.post(page(mail, "again"), follow=True).content.decode()


@pytest.mark.usefixtures("office")
def test_sending_again_needs_a_button(client: Client) -> None:
    mail = a_letter(state=MailState.FAILED)
    assert client.get(page(mail, "again")).status_code == 405
    assert client.get(f"{LIST}resume/").status_code == 405
    assert client.post(page(mail)).status_code == 403
    assert fresh(mail).state == MailState.FAILED


@pytest.mark.usefixtures("office")
def test_the_text_of_a_letter_with_a_key_is_shown_to_nobody(client: Client) -> None:
    times: dict[str, Any] = {"sent": {"sent_at": "2026-01-01T00:00Z"}, "sending": {"lease_until": "2099-01-01T00:00Z"}}
    for state in MailState.values:
        mail = a_letter(state=state, confidential=True, text=KEY, html=KEY, **times.get(state, {}))
        assert KEY not in client.get(page(mail)).content.decode(), state
        assert client.get(page(mail, "page")).status_code == 404
        assert KEY not in client.get(page(mail, "history")).content.decode()
    assert KEY not in client.get(LIST).content.decode()


@pytest.mark.usefixtures("office")
def test_a_letter_with_a_key_that_was_sent_cannot_be_sent_again(client: Client) -> None:
    mail = a_letter(state=MailState.SENT, sent_at="2026-01-01T00:00Z", confidential=True, text="", html="")
    assert "Send again" not in client.get(page(mail)).content.decode()
    answer = client.post(page(mail, "again"), follow=True).content.decode()
    assert "Ask the person to request a new one" in answer
    assert OutgoingMail.objects.count() == 1


@pytest.mark.usefixtures("office")
def test_an_open_letter_is_shown_in_a_frame_without_rights(client: Client) -> None:
    mail = a_letter(html="<p>Bună ziua</p><script>alert(1)</script>", text="</pre><script>alert(2)</script>")
    shown = client.get(page(mail)).content.decode()
    assert f'src="{page(mail, "page")}"' in shown
    assert "<script>alert" not in shown
    frame = client.get(page(mail, "page"))
    assert "sandbox" in frame["Content-Security-Policy"] and "allow-scripts" not in frame["Content-Security-Policy"]


@pytest.mark.usefixtures("office")
def test_an_address_that_refused_twice_is_flagged_until_it_takes_a_letter(client: Client) -> None:
    refused = {"state": MailState.FAILED, "last_error": "refused: 550 no such person"}
    first = a_letter("gone@example.org", **refused)
    a_letter("once@example.org", **refused)
    assert list(delivery.refusing_addresses()) == []
    a_letter("gone@example.org", **refused)
    assert list(delivery.refusing_addresses()) == ["gone@example.org"]
    assert "has refused two letters" in client.get(page(first)).content.decode()
    flagged = client.get(LIST, {"address": "refusing"}).content.decode()
    assert "gone@example.org" in flagged and "once@example.org" not in flagged
    a_letter("gone@example.org", state=MailState.SENT, sent_at="2026-01-01T00:00Z")
    assert list(delivery.refusing_addresses()) == []


@pytest.mark.usefixtures("office")
def test_a_stopped_queue_is_told_with_a_button_to_try_now(client: Client, settings: Any) -> None:
    assert "Try now" not in client.get(LIST).content.decode()
    settings.EMAIL = addresses.mail("smtp://127.0.0.1:1")
    a_letter()
    delivery.sweep()
    told = client.get(LIST).content.decode()
    assert "the mail server cannot be reached" in told and "Try now" in told
    settings.EMAIL = addresses.mail("mailbox:")
    client.post(f"{LIST}resume/")
    assert delivery.sweep() == 1
    assert "Try now" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("role", ["visitor", "applicant", "director"])
def test_letters_are_the_offices_alone(client: Client, role: str) -> None:
    mail = a_letter(state=MailState.FAILED, text="for the office only")
    if role != "visitor":
        client.force_login(factories.a_director() if role == "director" else factories.a_user())
    for address in (LIST, *(page(mail, door) for door in ("change", "again", "page", "history"))):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in {302, 403, 404, 405}
            assert "for the office only" not in answer.content.decode()
    assert fresh(mail).state == MailState.FAILED


@pytest.mark.usefixtures("office")
def test_letters_that_do_not_exist_are_not_found(client: Client) -> None:
    for pk in ("0", "999999", "x", "1'", "9" * 30, "%00"):
        assert client.get(f"{LIST}{pk}/change/").status_code in {400, 404}
        assert client.post(f"{LIST}{pk}/again/").status_code in {400, 404}


def test_no_field_of_a_letter_can_be_edited(client: Client) -> None:
    root = factories.a_user(is_staff=True, is_superuser=True)
    client.force_login(root)
    mail = a_letter(state=MailState.FAILED)
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(page(mail, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(page(mail), {"recipient": "thief@example.org"}).status_code == 403
    shown = client.get(page(mail)).content.decode()
    assert not re.search(r'<input(?![^>]*type="hidden")', shown.split("<main", 1)[1])
    assert fresh(mail).recipient == mail.recipient


@pytest.mark.usefixtures("office")
def test_the_office_sees_what_travels_with_a_letter_but_not_what_is_in_it(client: Client) -> None:
    mail = a_letter()
    assert "Attached" not in client.get(page(mail)).content.decode()
    mail.attachments.create(name="event.ics", content_type="text/calendar", method="CANCEL", content=b"x" * 2048)
    mail.attachments.create(name="programme.pdf", content_type="application/pdf", content=b"%PDF-secret")
    shown = client.get(page(mail)).content.decode()
    assert "event.ics" in shown and "2.0\xa0KB" in shown and "takes the entry out of the calendar" in shown
    assert "programme.pdf" in shown and "11\xa0bytes" in shown and "secret" not in shown
