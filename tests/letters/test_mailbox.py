"""The mailbox page of the demonstration: everybody reads it there, nobody anywhere else."""

import re
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cluster_portal import addresses
from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import Cluster, OutgoingMail
from tests.letters.made import a_letter

pytestmark = pytest.mark.django_db
LINK = f"{configured.SITE_URL}/accounts/confirm-email/a-key:1/"


@pytest.fixture
def demonstration(settings: Any, cluster: Cluster) -> None:
    settings.DEMO, settings.EMAIL = True, addresses.mail("mailbox:")
    forget_cluster()


def pages(mail: OutgoingMail) -> list[str]:
    return ["/mailbox/", f"/mailbox/{mail.pk}/", f"/mailbox/{mail.pk}/page/"]


@pytest.mark.parametrize(
    ("demo", "transport"), [(False, "mailbox:"), (True, "smtp://localhost"), (False, "smtp://localhost")]
)
def test_there_is_no_mailbox_page_where_letters_leave_or_people_are_real(
    client: Client, settings: Any, cluster: Cluster, demo: bool, transport: str
) -> None:
    mail = a_letter()
    settings.DEMO, settings.EMAIL = demo, addresses.mail(transport)
    assert [client.get(page).status_code for page in pages(mail)] == [404, 404, 404]


@pytest.mark.usefixtures("demonstration")
def test_a_visitor_follows_the_link_of_a_letter(client: Client) -> None:
    mail = a_letter(
        text=f"Confirm the address:\n{LINK}\n", html=f'<p><a href="{LINK}">Confirm</a></p>', confidential=True
    )
    banner = client.get("/privacy/").content.decode()
    assert 'href="/mailbox/"' in banner
    listed = client.get("/mailbox/").content.decode()
    assert f'href="/mailbox/{mail.pk}/"' in listed
    page = client.get(f"/mailbox/{mail.pk}/").content.decode()
    assert 'href="/accounts/confirm-email/a-key:1/"' in page
    assert f'src="/mailbox/{mail.pk}/page/"' in page
    frame = client.get(f"/mailbox/{mail.pk}/page/")
    assert frame.content.decode() == mail.html
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "allow-scripts" not in frame["Content-Security-Policy"]


@pytest.mark.usefixtures("demonstration")
def test_letters_are_found_by_recipient_newest_first(client: Client) -> None:
    first, other, second = a_letter("ana@example.org"), a_letter("dan@example.org"), a_letter("ana@example.org")
    page = client.get("/mailbox/", {"to": "ANA@"}).content.decode()
    assert re.findall(r"/mailbox/(\d+)/", page) == [str(second.pk), str(first.pk)]
    assert str(other.recipient) not in page


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("wanted", ["nobody@example.org", "x" * 300, "<script>", "%"])
def test_what_is_not_there_is_said(client: Client, wanted: str) -> None:
    answer = client.get("/mailbox/", {"to": wanted, "page": "nonsense"})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
    assert client.get("/mailbox/999999/").status_code == 404


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_letter_and_for_thirty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        a_letter()
    forget_cluster()
    with django_assert_num_queries(3):  # how many, which, the cluster
        client.get("/mailbox/")


@pytest.mark.usefixtures("demonstration")
def test_hostile_letters_stay_text_on_the_page(client: Client) -> None:
    mail = a_letter(subject="<img src=x onerror=alert(1)>", text="</pre><script>alert(1)</script>")
    page = client.get(f"/mailbox/{mail.pk}/").content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page
