"""Kind, term and dual-use class of offers and needs: their forms, who hears of them, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail
from members.models import Capability, Tag
from members.tasks import remind_renewals
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(cluster: Any) -> Capability:
    user = factories.a_user("maker@example.org")
    factories.an_office_person("office@example.org")
    return factories.a_member("Atelierul Radio SRL", user=user).organisation.capabilities.get()


@pytest.fixture
def client(mine: Capability) -> Client:
    client = Client()
    client.force_login(mine.organisation.representations.get().user, "django.contrib.auth.backends.ModelBackend")
    return client


def save(client: Client, row: Capability, part: str = "offers", **values: Any) -> Any:
    address = f"/members/{row.organisation.slug}/edit/{part}/{row.pk}/"
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in shown.items()}
    return client.post(address, {**data, **values})


def letters(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=f"members/{kind}").values_list("recipient", flat=True))


def test_an_offer_is_classified_with_category_and_group(client: Client, mine: Capability) -> None:
    answer = save(client, mine, control="dual_use", control_category="3")
    assert "needs its category and its group" in str(answer.context["form"].errors["control_group"])
    save(client, mine, kind="product", control="dual_use", control_category="3", control_group="E")
    mine.refresh_from_db()
    assert (mine.kind, mine.control, mine.control_category, mine.control_group) == ("product", "dual_use", "3", "E")
    page = client.get(f"/members/{mine.organisation.slug}/edit/offers/").content.decode()
    assert "dual-use 3E" in page and "Product" in page
    save(client, mine, control="none")
    mine.refresh_from_db()
    assert (mine.control, mine.control_category, mine.control_group) == ("none", "", "")


def test_unsure_goes_to_the_office_once_for_each_time_it_is_said(client: Client, mine: Capability) -> None:
    save(client, mine, control="unsure")
    save(client, mine, control="unsure", trl="7")
    assert letters("classification_unsure") == ["office@example.org"]
    save(client, mine, control="none")
    save(client, mine, control="unsure")
    assert len(letters("classification_unsure")) == 2


def test_a_need_has_a_term_but_no_class(client: Client, mine: Capability) -> None:
    tag = Tag.objects.get(code="cyber-soc")
    need = factories.a_capability(mine.organisation, tag, direction="sought", evidence="")
    assert (
        "control" not in client.get(f"/members/{mine.organisation.slug}/edit/needs/{need.pk}/").context["form"].fields
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = save(client, need, "needs", expires_on=yesterday.isoformat())
    assert "This day is over" in str(answer.context["form"].errors["expires_on"])
    save(client, need, "needs", expires_on=(yesterday + timedelta(days=8)).isoformat(), kind="funding")
    need.refresh_from_db()
    assert (need.expires_on, need.kind) == (yesterday + timedelta(days=8), "funding")
    Capability.objects.filter(pk=need.pk).update(expires_on=yesterday)
    assert save(client, need, "needs", trl="5").status_code == 302  # what ran out may still be edited
    assert "ended on" in client.get(f"/members/{mine.organisation.slug}/edit/needs/").content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"control": "dual_use", "control_category": "3"},
        {"control": "none", "control_category": "3", "control_group": "E"},
        {"control": "secret"},
        {"kind": "dream"},
        {"direction": "sought", "control": "none"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(mine: Capability, values: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Capability.objects.filter(pk=mine.pk).update(**values)


def test_who_states_something_with_a_term_is_reminded_once_for_each_day(mine: Capability) -> None:
    mine.expires_on = timezone.localdate() + timedelta(days=20)
    mine.save()
    remind_renewals()
    assert letters("capability_expiring") == []
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        remind_renewals()
        remind_renewals()
        assert letters("capability_expiring") == ["maker@example.org"]
        mine.expires_on += timedelta(days=1)
        mine.save()
        remind_renewals()
    assert len(letters("capability_expiring")) == 2


@pytest.mark.parametrize(("direction", "part"), [("offered", "offers"), ("sought", "needs")])
def test_my_organisation_names_what_runs_out_soon(client: Client, mine: Capability, direction: str, part: str) -> None:
    word = factories.a_capability(
        mine.organisation, Tag.objects.get(code="cyber-soc"), direction=direction, evidence=""
    )
    line = f"/members/{mine.organisation.slug}/edit/{part}/{word.pk}/"
    for days, named in ((-1, True), (14, True), (15, False)):
        Capability.objects.filter(pk=word.pk).update(expires_on=timezone.localdate() + timedelta(days=days))
        assert (line in client.get("/members/mine/").content.decode()) is named, days
