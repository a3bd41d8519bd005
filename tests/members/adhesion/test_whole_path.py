"""One applicant's whole way over HTTP: sign-up, steps, documents, declarations, return, completion, decision."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail, User
from members.actions import board, office
from members.models import AdhesionRequest, Membership
from tests import factories
from tests.members.adhesion import corpus
from tests.members.adhesion.conftest import ORGANISATION, REPRESENTATIVE, ROLE, opened, page

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "ana.pop@example.org", "a password nobody guesses"


def signed_up(client: Client) -> User:
    fields = {"email": EMAIL, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/signup/", fields).status_code == 302
    letter = OutgoingMail.objects.get(kind="account/email_confirmation_signup")
    found = re.search(r"/accounts/confirm-email/[^\s\"<]+", letter.text)
    assert found is not None
    client.post(found[0])
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    return User.objects.get(email=EMAIL)


def done(client: Client, adhesion: AdhesionRequest, step: str, typed: dict[str, Any]) -> None:
    answer = client.post(page(adhesion, step), {**typed, **opened(client, adhesion, step)})
    assert answer.status_code == 303, answer.context["form"].errors


def uploaded(client: Client, adhesion: AdhesionRequest, kind: str) -> None:
    issued = timezone.localdate() - timedelta(days=5)
    fields = {f"{kind}-file": SimpleUploadedFile(f"{kind}.pdf", corpus.pdf()), f"{kind}-issued_on": issued.isoformat()}
    assert client.post(reverse("members:document-add", args=[adhesion.key, kind]), fields).status_code == 303


@pytest.mark.parametrize("outcome", ["approved", "rejected"])
def test_from_sign_up_to_the_decision(client: Client, directors: list[User], outcome: str) -> None:
    me = signed_up(client)
    client.post("/members/requests/start/")
    adhesion = AdhesionRequest.objects.get(applicant=me)
    done(client, adhesion, "organisation", ORGANISATION)
    done(client, adhesion, "representative", REPRESENTATIVE)
    done(client, adhesion, "role", ROLE)
    done(client, adhesion, "evidence", {"cells": ["cyber-soc"], "contribution": "A team that watches networks."})
    for kind in ("form", "reg_cert", "onrc", "const_act", "join_decision", "mandate", "presentation"):
        uploaded(client, adhesion, kind)
    boxes = client.get(page(adhesion, "declarations")).context["form"].fields
    done(client, adhesion, "declarations", dict.fromkeys(boxes, "on"))
    assert client.post(reverse("members:request-submit", args=[adhesion.key])).status_code == 303

    desk = factories.an_office_person()
    office.return_request(adhesion.pk, by=desk, items=[{"code": "mandate", "note": "Not signed."}])
    assert "Not signed." in client.get(reverse("members:request", args=[adhesion.key])).content.decode()
    uploaded(client, adhesion, "mandate")
    assert "The office asks for it again" not in client.get(page(adhesion, "documents")).content.decode()
    assert client.post(reverse("members:request-submit", args=[adhesion.key])).status_code == 303

    office.declare_complete(adhesion.pk, by=desk)
    AdhesionRequest.objects.filter(pk=adhesion.pk).update(objections_until=timezone.localdate() - timedelta(days=1))
    office.end_objections(adhesion.pk)
    vote = board.open_round(adhesion.pk, by=directors[0])
    for director in directors[:4]:
        factories.votes(vote, director, "for" if outcome == "approved" else "against", motive="Not shown.")
    shown = client.get(reverse("members:request", args=[adhesion.key])).content.decode()
    decision = client.get(reverse("members:request-decision", args=[adhesion.key])).content.decode()
    assert "Resolution 1/" in decision and f"is {outcome}" in decision
    assert Membership.objects.exists() is (outcome == "approved")
    assert ("Fill in the profile" in shown) is (outcome == "approved")
    adhesion.refresh_from_db()
    assert adhesion.organisation.slug == "atelierul-inaltimii-srl"
    assert adhesion.submitted_file["organisation"]["tax_id"] == ORGANISATION["tax_id"]
