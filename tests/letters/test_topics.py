"""Letters that one may refuse: by a link without an account, by one click of a mail program, in the account."""

from __future__ import annotations

import email
import re
import threading
from collections.abc import Callable
from email.policy import default
from typing import Any

import pytest
from django.conf import settings
from django.core.signing import Signer
from django.db import connection, transaction
from django.test import Client

from cluster_portal.common import delivery, outbox, topics
from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail, RefusalWay, RefusedTopic, User
from cluster_portal.common.outbox import Unwritten
from cluster_portal.common.topics import Topic
from tests import factories
from tests.letters.made import a_letter, fresh
from tests.letters.sink import Naughty

pytestmark = pytest.mark.django_db
ADDRESS = "ilinca@example.org"
TOPIC = Topic("tests.news", "Noutăți & <altele>", "Ce mai este nou.")


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(topics.TOPICS, TOPIC.code, TOPIC)


def post(to: User | str = ADDRESS, cause: str = "cause", topic: Topic | None = TOPIC) -> OutgoingMail | Unwritten:
    with transaction.atomic():
        return outbox.post(
            "account/email_confirm", to, cause=cause, topic=topic, timestamp=None, ip="192.0.2.1", user_agent="Test"
        )


def written(**how: Any) -> OutgoingMail:
    mail = post(**how)
    assert isinstance(mail, OutgoingMail)
    return mail


def trail() -> list[str]:
    rows = AuditEvent.objects.filter(verb__startswith="topic_").order_by("pk")
    return list(rows.values_list("verb", flat=True))


def path_of(address: str = ADDRESS, code: str = TOPIC.code) -> str:
    return topics.unsubscribe_link(address, code).removeprefix(settings.SITE_URL)


# -- letters
def test_a_letter_about_a_topic_says_in_its_head_and_in_both_parts_how_to_refuse_it(cluster: Cluster) -> None:
    mail = written()
    link = topics.unsubscribe_link(ADDRESS, TOPIC.code)
    assert mail.topic == TOPIC.code
    assert link in mail.text and f'href="{link}"' in mail.html
    assert "Noutăți & <altele>" in mail.text and "Noutăți &amp; &lt;altele&gt;" in mail.html
    raw = delivery.as_message(mail, cluster).as_bytes()
    message = email.message_from_bytes(raw, policy=default)
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in raw, "programs that do not decode words must read it too"


def test_the_longest_address_still_gives_a_header_that_a_line_may_hold(cluster: Cluster) -> None:
    address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 50}.example.org"
    raw = delivery.as_message(written(to=address), cluster).as_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) < 998


def test_an_essential_letter_has_nothing_of_this(cluster: Cluster) -> None:
    mail = written(topic=None)
    assert delivery.as_message(mail, cluster)["List-Unsubscribe"] is None
    assert "/letters/unsubscribe/" not in mail.text + mail.html


def test_a_refused_topic_writes_no_letter_and_says_so(cluster: Cluster) -> None:
    topics.refuse("Ilinca@Example.org", TOPIC.code, way=RefusalWay.PAGE, by=None)
    assert post() is Unwritten.REFUSED
    assert post(factories.a_user(ADDRESS), "account") is Unwritten.REFUSED
    assert not Unwritten.REFUSED
    assert OutgoingMail.objects.count() == 0
    assert post(topic=None), "what is essential comes all the same"
    assert post("other@example.org"), "and so do letters to others"


def test_what_waits_is_not_sent_once_its_address_has_refused(cluster: Cluster, server: Naughty) -> None:
    mine, other = written(), written(to="other@example.org")
    topics.refuse(ADDRESS, TOPIC.code, way=RefusalWay.ONE_CLICK, by=None)
    assert delivery.sweep() == 2
    assert (fresh(mine).state, fresh(other).state) == ("cancelled", "sent")
    again = delivery.send_again(mine.pk, by=factories.an_office_person())
    assert delivery.sweep() == 1 and fresh(again).state == "cancelled", "nor when the office asks"


def test_a_copy_of_a_letter_keeps_its_topic(cluster: Cluster, server: Naughty) -> None:
    mail = written()
    assert delivery.sweep() == 1
    copy = delivery.send_again(mail.pk, by=factories.an_office_person())
    assert copy.pk != mail.pk and copy.topic == TOPIC.code


def test_addresses_that_bounced_for_good_are_told_by_one_query(
    cluster: Cluster, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _twice in range(2):
        a_letter("Gone@Example.org", state="failed", last_error="refused: 550 5.1.1 no such user")
    a_letter("once@example.org", state="failed", last_error="refused: 550 5.7.1 spam")
    a_letter("slow@example.org", state="failed", last_error="retry: 450 later")
    with django_assert_num_queries(1):
        assert delivery.bounced() == {"gone@example.org"}


# -- the link
def test_a_look_refuses_nothing_because_scanners_open_every_link(cluster: Cluster, client: Client) -> None:
    for method in (client.get, client.head):
        assert method(path_of()).status_code == 200
    assert RefusedTopic.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "ro"])
def test_the_page_asks_and_then_tells_and_offers_the_way_back(cluster: Cluster, language: str) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": language})
    asked = browser.get(path_of()).content.decode()
    assert ADDRESS in asked and "Noutăți &amp; &lt;altele&gt;" in asked
    answer = browser.post(path_of())
    assert (answer.status_code, answer["Location"]) == (303, path_of())
    told = browser.get(path_of()).content.decode()
    row = RefusedTopic.objects.get()
    assert (row.address, row.topic, row.way, row.refused_by) == (ADDRESS, TOPIC.code, "page", None)
    back = re.search(r'action="(/letters/subscribe/[^"]+)"', told)
    assert back and browser.post(back[1]).status_code == 303
    assert RefusedTopic.objects.count() == 0
    assert not browser.cookies, "a page for strangers needs no cookie"


def test_one_click_of_a_mail_program_refuses_without_token_sign_in_or_redirect(cluster: Cluster) -> None:
    browser = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        answer = browser.post(path_of(), {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content) == (200, b"OK\n")
    row = RefusedTopic.objects.get()
    assert (row.address, row.way) == (ADDRESS, "one_click")
    assert trail() == ["topic_refused"]
    assert ADDRESS not in str(list(AuditEvent.objects.values())), "the trail is for ever and names no address"


@pytest.mark.parametrize("kind", ["multipart", "urlencoded"])
def test_both_ways_in_which_mail_programs_write_the_form_are_read(cluster: Cluster, kind: str) -> None:
    body: Any = {"List-Unsubscribe": "One-Click"}
    how: dict[str, Any] = {}
    if kind == "urlencoded":
        body, how = "List-Unsubscribe=One-Click", {"content_type": "application/x-www-form-urlencoded"}
    assert Client().post(path_of(), body, **how).content == b"OK\n"
    assert RefusedTopic.objects.get().way == "one_click"


def test_a_refusal_stays_as_it_was_first_made(cluster: Cluster, client: Client) -> None:
    client.post(path_of())
    first = RefusedTopic.objects.get()
    client.post(path_of(), {"List-Unsubscribe": "One-Click"})
    again = RefusedTopic.objects.get()
    assert (again.pk, again.way, again.refused_at) == (first.pk, "page", first.refused_at)


def tampered() -> list[str]:
    whole = topics.token_of(ADDRESS, TOPIC.code)
    body, _dot, signature = whole.rpartition(".")
    others, _dot, _signature = topics.token_of("victim@example.org", TOPIC.code).rpartition(".")
    return [whole[:-1], f"{others}.{signature}", f"{body}.", body, f"{body}x.{signature}", "x", "ș", "." * 40]


def test_a_link_that_we_did_not_sign_is_a_clear_page_and_does_nothing(cluster: Cluster, client: Client) -> None:
    for token in tampered():
        for path in (f"/letters/unsubscribe/{token}/", f"/letters/subscribe/{token}/"):
            answer = client.post(path, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 404, token
            assert "This link is not whole" in answer.content.decode()
        assert client.get(f"/letters/unsubscribe/{token}/").status_code == 404
    assert RefusedTopic.objects.count() == 0


def test_a_signature_made_for_something_else_opens_nothing() -> None:
    signed = Signer(salt="something else", sep=".").sign_object([ADDRESS, TOPIC.code], compress=True)
    assert topics.read_token(signed) is None
    wrong = Signer(salt=topics.SALT, sep=".").sign_object({"a": 1, "b": 2, "c": 3})
    assert topics.read_token(wrong) is None


def test_letters_of_an_app_that_is_gone_can_still_be_refused(cluster: Cluster, client: Client) -> None:
    path = path_of(code="gone.digest")
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 303
    assert topics.has_refused(ADDRESS, "gone.digest")


# -- the account
def test_the_account_has_a_switch_for_every_topic_and_keeps_what_is_chosen(cluster: Cluster, client: Client) -> None:
    person = factories.a_user(ADDRESS)
    client.force_login(person)
    page = client.get("/accounts/letters/").content.decode()
    assert page.count('type="checkbox"') == len(topics.TOPICS) == page.count(" checked")
    assert "Invitations to seminars" in page and ADDRESS in page
    others = {code: "on" for code in topics.TOPICS if code != TOPIC.code}
    for _twice in range(2):
        assert client.post("/accounts/letters/", others).status_code == 303
    row = RefusedTopic.objects.get()
    assert (row.address, row.topic, row.way, row.refused_by) == (ADDRESS, TOPIC.code, "page", person)
    assert client.get("/accounts/letters/").content.decode().count(" checked") == len(topics.TOPICS) - 1
    client.post("/accounts/letters/", {**others, TOPIC.code: "on"})
    assert RefusedTopic.objects.count() == 0
    assert trail() == ["topic_refused", "topic_accepted"]


def test_the_page_is_reached_from_the_menu_of_the_account(cluster: Cluster, client: Client) -> None:
    client.force_login(factories.a_user(ADDRESS))
    assert 'href="/accounts/letters/"' in client.get("/accounts/email/").content.decode()


def test_the_page_costs_the_same_however_many_topics_were_refused(
    cluster: Cluster, client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client.force_login(factories.a_user(ADDRESS))
    client.get("/accounts/letters/")
    for number in (1, 30):
        for one in range(number):
            topics.refuse(ADDRESS, f"tests.topic{one}", way=RefusalWay.PAGE, by=None)
        with django_assert_num_queries(PAGE):
            client.get("/accounts/letters/")


PAGE = 3
"""Session, person, refusals."""


@pytest.mark.django_db(transaction=True)
def test_clicks_at_one_instant_refuse_once(cluster: Cluster) -> None:
    gate, answers = threading.Barrier(4), []

    def click() -> None:
        try:
            gate.wait(60)
            answers.append(Client().post(path_of(), {"List-Unsubscribe": "One-Click"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert answers == [200] * 4
    assert RefusedTopic.objects.count() == 1
    assert AuditEvent.objects.filter(verb="topic_refused").count() == 1
