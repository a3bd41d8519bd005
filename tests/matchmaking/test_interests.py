"""Interest, a silent no, a yes of both: who learns what, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.common.models import AuditEvent, OutgoingMail
from matchmaking.actions import interests, introductions
from matchmaking.actions.standing import leave_matching
from matchmaking.models import ExportConfirmation, Interest, Introduction
from matchmaking.queries.introductions import interests_over, interests_to_remind, received_by, sent_by, stage_of
from matchmaking.tasks import end_interests, remind
from members.actions.membership import change_membership
from members.models import Capability, ContactConsent, Person
from members.permissions import forget_standing, viewer_of
from members.queries.profile import profile_for
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.conftest import Pairing

pytestmark = pytest.mark.django_db


def express(pairing: Pairing, **more: Any) -> Interest:
    values = {"by": pairing.by_maker, "message": "We have a radio for you.", **more}
    return interests.express_interest(pairing.maker.pk, pairing.institute.pk, **values)


def letters(kind: str = "") -> list[tuple[str, str]]:
    rows = OutgoingMail.objects.filter(kind__startswith=f"matchmaking/{kind}").order_by("id")
    return [(mail.kind.removeprefix("matchmaking/"), mail.recipient) for mail in rows]


def days_later(days: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def seen_by(pairing: Pairing) -> list[tuple[str, str]]:
    return [(sent.state, sent.partner.legal_name) for sent in sent_by(pairing.maker.pk)]


def test_an_interest_reaches_the_other_side_and_shows_no_contacts(pairing: Pairing) -> None:
    interest = express(pairing)
    assert list(received_by(pairing.institute.pk)) == [interest]
    assert letters() == [("interest_received", "institute@example.org")]
    assert not ContactConsent.objects.exists()
    forget_standing(pairing.by_institute)
    assert viewer_of(pairing.by_institute).partners == frozenset()


def test_a_yes_introduces_both_and_opens_the_contacts_of_both(pairing: Pairing) -> None:
    Person.objects.create(organisation=pairing.maker, role="technical", full_name="Ana", email="ana@example.org")
    interest = express(pairing)
    introduction = interests.accept_interest(interest.pk, by=pairing.by_institute)
    assert (introduction.first_id, introduction.second_id) == tuple(sorted((pairing.maker.pk, pairing.institute.pk)))
    assert letters("introduced") == [("introduced", "maker@example.org"), ("introduced", "institute@example.org")]
    for user, other in ((pairing.by_maker, pairing.institute), (pairing.by_institute, pairing.maker)):
        forget_standing(user)
        assert viewer_of(user).partners == {other.pk}
    forget_standing(pairing.by_third)
    assert viewer_of(pairing.by_third).partners == frozenset()
    page = profile_for(pairing.maker.slug, viewer_of(pairing.by_institute))
    assert page is not None and "ana@example.org" in str(page)
    consents = ContactConsent.objects.all()
    assert all(consent.given_at <= introduction.made_at for consent in consents) and len(consents) == 2
    to_institute = OutgoingMail.objects.get(kind="matchmaking/introduced", recipient="institute@example.org")
    assert "ana@example.org" in to_institute.text and "office@civil.example.org" in to_institute.text


def test_the_letter_keeps_to_the_levels_of_each_profile(pairing: Pairing) -> None:
    Person.objects.create(organisation=pairing.maker, role="technical", full_name="Ana", email="ana@example.org")
    for field in ("show_contact", "show_people"):
        setattr(pairing.maker, field, "office")
    pairing.maker.save()
    interests.accept_interest(express(pairing).pk, by=pairing.by_institute)
    text = OutgoingMail.objects.get(kind="matchmaking/introduced", recipient="institute@example.org").text
    assert "maker@example.org" in text
    assert "ana@example.org" not in text and "office@civil.example.org" not in text


def test_a_no_is_silent_until_the_last_day_and_reads_like_no_answer(pairing: Pairing) -> None:
    """Two senders, one refused and one not answered: on every day they see the same."""
    refused = express(pairing)
    factories.a_capability(pairing.third, "serv-emc", direction="sought")
    ignored = interests.express_interest(pairing.third.pk, pairing.maker.pk, by=pairing.by_third, message="Hello.")
    interests.decline_interest(refused.pk, by=pairing.by_institute, reason="A competitor of ours.")
    with pytest.raises(RuleError, match="interest_waits"):
        express(pairing)

    def both() -> list[tuple[str, Any]]:
        return [(sent.state, sent.introduction) for one in (pairing.maker, pairing.third) for sent in sent_by(one.pk)]

    assert both() == [("open", None)] * 2
    assert letters("interest_expired") == []
    with days_later(31):
        end_interests()
        end_interests()
    assert both() == [("expired", None)] * 2
    assert letters("interest_expired") == [
        ("interest_expired", "maker@example.org"),
        ("interest_expired", "third@example.org"),
    ]
    told = OutgoingMail.objects.filter(kind="matchmaking/interest_expired").values_list("text", flat=True)
    assert not any("competitor" in text for text in told)
    refused.refresh_from_db()
    ignored.refresh_from_db()
    assert (refused.state, ignored.state) == ("declined", "expired")
    assert express(pairing).state == "open"  # and it may be tried again


def test_who_declined_may_think_better_of_it(pairing: Pairing) -> None:
    interest = express(pairing)
    interests.decline_interest(interest.pk, by=pairing.by_institute)
    interests.accept_interest(interest.pk, by=pairing.by_institute)
    assert seen_by(pairing) == [("accepted", pairing.institute.legal_name)]


def test_an_interest_in_return_is_a_yes(pairing: Pairing) -> None:
    first = express(pairing)
    second = interests.express_interest(
        pairing.institute.pk, pairing.maker.pk, by=pairing.by_institute, message="We know."
    )
    introduction = Introduction.objects.get()
    for one in (first, second):
        one.refresh_from_db()
        assert (one.state, one.introduction) == ("accepted", introduction)
    assert len(letters("introduced")) == 2
    with pytest.raises(RuleError, match="introduced_already"):
        express(pairing)


def test_a_declined_interest_that_is_returned_after_all_is_a_yes(pairing: Pairing) -> None:
    declined = express(pairing)
    interests.decline_interest(declined.pk, by=pairing.by_institute)
    interests.express_interest(pairing.institute.pk, pairing.maker.pk, by=pairing.by_institute, message="After all.")
    declined.refresh_from_db()
    assert declined.state == "accepted" and Introduction.objects.count() == 1


@pytest.mark.parametrize("declined", [False, True])
def test_an_interest_can_be_taken_back_whether_or_not_it_was_declined(pairing: Pairing, declined: bool) -> None:
    interest = express(pairing)
    if declined:
        interests.decline_interest(interest.pk, by=pairing.by_institute)
    interests.withdraw_interest(interest.pk, by=pairing.by_maker)
    interests.withdraw_interest(interest.pk, by=pairing.by_maker)
    with pytest.raises(RuleError, match="interest_over"):
        interests.accept_interest(interest.pk, by=pairing.by_institute)
    assert list(received_by(pairing.institute.pk)) == []
    assert express(pairing).state == "open"


def test_who_has_not_answered_is_reminded_once(pairing: Pairing) -> None:
    interest = express(pairing)
    assert list(interests_to_remind(timezone.localdate())) == []
    with days_later(25):
        remind()
        remind()
        assert list(interests_over(timezone.localdate())) == []
    assert letters("interest_reminder") == [("interest_reminder", "institute@example.org")]
    interests.decline_interest(interest.pk, by=pairing.by_institute)
    with days_later(26):
        assert list(interests_to_remind(timezone.localdate())) == []


def test_nobody_speaks_for_a_member_but_its_representatives_in_good_standing(pairing: Pairing) -> None:
    contributor = factories.a_user()
    pairing.maker.representations.create(user=contributor, role="contributor")
    for person in (pairing.by_institute, pairing.office, contributor, factories.a_user()):
        with pytest.raises(RuleError, match="not_your_member"):
            express(pairing, by=person)
    interest = express(pairing)
    for person in (pairing.by_maker, pairing.by_third, pairing.office):
        for act in (interests.accept_interest, interests.decline_interest):
            with pytest.raises(RuleError, match="not_your_member"):
                act(interest.pk, by=person)
    with pytest.raises(RuleError, match="not_your_member"):
        interests.withdraw_interest(interest.pk, by=pairing.by_institute)
    assert Interest.objects.get().state == "open"


def test_what_cannot_be_expressed_is_refused_in_words(pairing: Pairing) -> None:
    with pytest.raises(RuleError, match="message_missing"):
        express(pairing, message=" \n")
    with pytest.raises(RuleError, match="partner_is_oneself"):
        interests.express_interest(pairing.maker.pk, pairing.maker.pk, by=pairing.by_maker, message="Us.")
    leave_matching(pairing.institute.pk, by=pairing.by_institute)
    with pytest.raises(RuleError, match="partner_not_in_matching"):
        express(pairing)
    leave_matching(pairing.maker.pk, by=pairing.by_maker)
    with pytest.raises(RuleError, match="member_not_in_matching"):
        express(pairing)


def test_interests_that_wait_have_a_limit(pairing: Pairing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interests, "MOST_WAITING", 1)
    express(pairing)
    with pytest.raises(RuleError, match="too_many_interests"):
        interests.express_interest(pairing.maker.pk, pairing.third.pk, by=pairing.by_maker, message="You too.")


@pytest.mark.parametrize("leaving", ["maker", "institute"])
def test_a_suspension_ends_what_waits_and_tells_only_who_waits(pairing: Pairing, leaving: str) -> None:
    interest = express(pairing)
    membership = getattr(pairing, leaving).memberships.get()
    change_membership(membership.pk, "suspend", by=pairing.office, basis="Hotărârea 1", article="1")
    interest.refresh_from_db()
    assert interest.state == "ended"
    assert list(received_by(pairing.institute.pk)) == []
    assert letters("interest_expired") == (
        [("interest_expired", "maker@example.org")] if leaving == "institute" else []
    )
    with pytest.raises(RuleError):
        interests.accept_interest(interest.pk, by=pairing.by_institute)


def test_a_suspended_member_sees_no_contacts_of_partners(pairing: Pairing) -> None:
    interests.accept_interest(express(pairing).pk, by=pairing.by_institute)
    membership = pairing.maker.memberships.get()
    change_membership(membership.pk, "suspend", by=pairing.office, basis="Hotărârea 1", article="1")
    forget_standing(pairing.by_maker)
    assert viewer_of(pairing.by_maker).partners == frozenset()


# ------------------------------------------------------------------ after the introduction
def test_each_side_tells_how_it_goes_and_both_close_it(pairing: Pairing) -> None:
    introduction = interests.accept_interest(express(pairing).pk, by=pairing.by_institute)
    maker, institute = pairing.maker.pk, pairing.institute.pk
    introductions.record_stage(introduction.pk, maker, by=pairing.by_maker, stage="met")
    introductions.record_stage(introduction.pk, maker, by=pairing.by_maker, stage="pilot", note="Three radios.")
    stage = stage_of(introduction, maker)
    assert stage is not None and stage.name == "pilot"
    assert stage_of(introduction, institute) is None
    with pytest.raises(RuleError, match="reason_missing"):
        introductions.record_stage(introduction.pk, maker, by=pairing.by_maker, stage="closed")
    with pytest.raises(RuleError, match="stage_unknown"):
        introductions.record_stage(introduction.pk, maker, by=pairing.by_maker, stage="married")
    for member, person in ((maker, pairing.by_institute), (pairing.third.pk, pairing.by_third)):
        with pytest.raises(RuleError, match="not_your_member"):
            introductions.record_stage(introduction.pk, member, by=person, stage="met")
    introductions.record_stage(introduction.pk, maker, by=pairing.by_maker, stage="closed", note="No budget.")
    introduction.refresh_from_db()
    assert introduction.closed_at is None
    introductions.record_stage(introduction.pk, institute, by=pairing.by_institute, stage="closed", note="Same.")
    introduction.refresh_from_db()
    assert introduction.closed_at is not None
    with pytest.raises(RuleError, match="introduction_closed"):
        introductions.record_stage(introduction.pk, maker, by=pairing.by_maker, stage="met")
    again = interests.accept_interest(express(pairing).pk, by=pairing.by_institute)
    assert again.pk != introduction.pk


def test_a_side_can_hide_its_contacts_again(pairing: Pairing) -> None:
    introduction = interests.accept_interest(express(pairing).pk, by=pairing.by_institute)
    introductions.hide_contacts(introduction.pk, pairing.maker.pk, by=pairing.by_maker)
    forget_standing(pairing.by_institute)
    forget_standing(pairing.by_maker)
    assert viewer_of(pairing.by_institute).partners == frozenset()
    assert viewer_of(pairing.by_maker).partners == {pairing.institute.pk}
    with pytest.raises(RuleError, match="consent_over"):
        introductions.hide_contacts(introduction.pk, pairing.maker.pk, by=pairing.by_maker)


# ------------------------------------------------------------------ export control
DUAL_USE = {"control": "dual_use", "control_category": "5", "control_group": "A"}


def test_a_match_that_touches_the_list_asks_both_sides_to_confirm(pairing: Pairing) -> None:
    Capability.objects.filter(organisation=pairing.maker, direction="offered").update(**DUAL_USE)
    with pytest.raises(RuleError, match="confirmation_missing"), transaction.atomic():
        express(pairing)
    assert not Interest.objects.exists()
    interest = express(pairing, confirms=True)
    with pytest.raises(RuleError, match="confirmation_missing"), transaction.atomic():
        interests.accept_interest(interest.pk, by=pairing.by_institute)
    introduction = interests.accept_interest(interest.pk, by=pairing.by_institute, confirms=True)
    assert introduction.controlled
    rows = ExportConfirmation.objects.order_by("id")
    assert [(row.member_id, row.partner_id, row.offers) for row in rows] == [
        (pairing.maker.pk, pairing.institute.pk, ["5A Software-defined radio"]),
        (pairing.institute.pk, pairing.maker.pk, ["5A Software-defined radio"]),
    ]
    assert AuditEvent.objects.filter(verb="export_confirmed").count() == 2
    text = OutgoingMail.objects.filter(kind="matchmaking/introduced").first()
    assert text is not None and "dual-use list" in text.text


def test_what_is_confirmed_is_kept_in_the_language_in_which_it_was_read(pairing: Pairing) -> None:
    Capability.objects.filter(organisation=pairing.maker, direction="offered").update(**DUAL_USE)
    with override("ro"):
        express(pairing, confirms=True)
    assert ExportConfirmation.objects.get().offers == ["5A Radio definit prin software"]


def test_an_offer_for_the_offices_eyes_asks_nothing_of_the_other_side(pairing: Pairing) -> None:
    """Being asked would say that there is one."""
    factories.a_capability(pairing.institute, "mat-ceramic", direction="sought", visibility="members")
    factories.a_capability(pairing.maker, "mat-ceramic", visibility="office", **DUAL_USE)
    interest = interests.express_interest(
        pairing.institute.pk, pairing.maker.pk, by=pairing.by_institute, message="Hello."
    )
    with pytest.raises(RuleError, match="confirmation_missing"), transaction.atomic():
        interests.accept_interest(interest.pk, by=pairing.by_maker)
    introduction = interests.accept_interest(interest.pk, by=pairing.by_maker, confirms=True)
    institute = pairing.institute.pk
    introductions.record_stage(introduction.pk, institute, by=pairing.by_institute, stage="met")
    with pytest.raises(RuleError, match="confirmation_missing"):
        introductions.record_stage(introduction.pk, institute, by=pairing.by_institute, stage="nda")
    introductions.confirm_export(introduction.pk, institute, by=pairing.by_institute)
    introductions.record_stage(introduction.pk, institute, by=pairing.by_institute, stage="nda")


def test_an_offer_that_its_owner_cannot_classify_goes_to_the_office_once(pairing: Pairing) -> None:
    Capability.objects.filter(organisation=pairing.maker, direction="offered").update(control="unsure")
    interest = express(pairing)
    interests.accept_interest(interest.pk, by=pairing.by_institute)
    assert letters("control_unsure") == [("control_unsure", "office@example.org")]
