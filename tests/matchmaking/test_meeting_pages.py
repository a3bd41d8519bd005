"""From a match to a meeting, as people click it: interest, answer, introduction, and what nobody must learn."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.models import AuditEvent, OutgoingMail, User
from matchmaking.actions.proposals import Proposed, propose
from matchmaking.models import ExportConfirmation, Interest, Introduction, NotInterested, OptOut, Proposal, Stage
from members.actions.membership import change_membership
from members.enums import AccessRole
from members.models import Capability, ContactConsent, Organisation, Representation
from tests import factories
from tests.matchmaking.conftest import Pairing, a_match

pytestmark = pytest.mark.django_db
HELLO = "We have a radio that you could test."


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(one: Organisation, other: Organisation, act: str = "") -> str:
    return f"/matchmaking/of/{one.slug}/with/{other.slug}/{act}"


def text(answer: Any) -> str:
    """The page without the token of its forms."""
    assert answer.status_code == 200
    shown: str = answer.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)


def sent(pairing: Pairing, **more: Any) -> Interest:
    path = at(pairing.maker, pairing.institute, "interest/")
    answer = browser(pairing.by_maker).post(path, {"message": HELLO, **more})
    assert answer.status_code == 302, answer.content.decode()
    return Interest.objects.get(member=pairing.maker)


def contributor_of(organisation: Organisation) -> User:
    person = factories.a_user()
    Representation.objects.create(organisation=organisation, user=person, role=AccessRole.CONTRIBUTOR)
    return person


# ------------------------------------------------------------------ expressing it
def test_a_representative_expresses_interest_from_a_match_and_takes_it_back(pairing: Pairing) -> None:
    maker = browser(pairing.by_maker)
    page = text(maker.get(at(pairing.maker, pairing.institute)))
    assert "Express interest" in page and "Institutul Armatei" in page and "They offer exactly this." in page
    form = text(maker.get(at(pairing.maker, pairing.institute, "interest/")))
    assert "What happens next" in form and "No contacts are shown." in form and "30 days" in form
    interest = sent(pairing, about="serv-emc")
    assert (interest.message, interest.about and interest.about.code) == (HELLO, "serv-emc")
    page = text(maker.get(f"/matchmaking/interests/{interest.key}/"))
    assert HELLO in page and "Waiting for an answer" in page and "Take it back" in page
    assert "Your interest waits" in text(maker.get("/matchmaking/"))
    maker.post(f"/matchmaking/interests/{interest.key}/withdraw/")
    maker.post(f"/matchmaking/interests/{interest.key}/withdraw/")
    interest.refresh_from_db()
    assert interest.state == "withdrawn"
    assert AuditEvent.objects.filter(verb="interest_withdrawn").count() == 1
    assert "Express interest" in text(maker.get(at(pairing.maker, pairing.institute)))


def test_the_form_sent_twice_makes_one_interest(pairing: Pairing) -> None:
    interest = sent(pairing)
    path = at(pairing.maker, pairing.institute, "interest/")
    answer = browser(pairing.by_maker).post(path, {"message": HELLO})
    assert answer["Location"] == f"/matchmaking/interests/{interest.key}/"
    assert Interest.objects.count() == 1


@pytest.mark.parametrize("message", ["", "   ", "x" * 2001, "CNP 1800101221144"])
def test_words_that_are_missing_or_too_long_are_refused_on_the_form(pairing: Pairing, message: str) -> None:
    answer = browser(pairing.by_maker).post(at(pairing.maker, pairing.institute, "interest/"), {"message": message})
    assert "errors" in text(answer) and not Interest.objects.exists()


def test_a_contributor_reads_but_does_not_speak(pairing: Pairing) -> None:
    interest = sent(pairing)
    helper, asked = browser(contributor_of(pairing.maker)), browser(contributor_of(pairing.institute))
    page = text(helper.get(f"/matchmaking/interests/{interest.key}/"))
    assert HELLO in page and "Take it back" not in page
    page = text(asked.get(f"/matchmaking/interests/{interest.key}/"))
    assert HELLO in page and "Yes, introduce us" not in page
    for client, path in (
        (helper, f"interests/{interest.key}/withdraw/"),
        (asked, f"interests/{interest.key}/accept/"),
        (asked, f"interests/{interest.key}/decline/"),
        (helper, f"of/{pairing.maker.slug}/with/{pairing.third.slug}/interest/"),
    ):
        assert client.post(f"/matchmaking/{path}", {"message": HELLO}).status_code == 403
    interest.refresh_from_db()
    assert interest.state == "open"


def test_nobody_else_finds_the_interest(pairing: Pairing) -> None:
    interest = sent(pairing)
    stranger = browser(pairing.by_third)
    for act in ("", "accept/", "decline/", "withdraw/"):
        path = f"/matchmaking/interests/{interest.key}/{act}"
        ask = stranger.post if act else stranger.get
        assert ask(path).status_code == 404
    assert browser(pairing.by_maker).post(f"/matchmaking/interests/{interest.key}/accept/").status_code == 404
    assert browser(pairing.by_institute).post(f"/matchmaking/interests/{interest.key}/withdraw/").status_code == 404
    assert stranger.get(at(pairing.maker, pairing.institute)).status_code == 404


# ------------------------------------------------------------------ not interested
def test_a_representative_leaves_matchmaking_after_a_question_and_comes_back(pairing: Pairing) -> None:
    interest = sent(pairing)
    maker, path = browser(pairing.by_maker), f"/matchmaking/of/{pairing.maker.slug}/leave/"
    assert "Take no part in matchmaking at all" in text(maker.get("/matchmaking/asides/"))
    assert "wait for an answer end" in text(maker.get(path)) and not OptOut.objects.exists()
    for _click in range(2):
        assert maker.post(path)["Location"] == f"/matchmaking/?member={pairing.maker.slug}"
    interest.refresh_from_db()
    assert interest.state == "ended" and AuditEvent.objects.filter(verb="matching_left").count() == 1
    assert pairing.maker.display_name not in text(browser(pairing.by_institute).get("/matchmaking/"))
    assert "It has opted out" in text(maker.get("/matchmaking/"))
    contributor = browser(contributor_of(pairing.maker))
    assert "Take part again" not in text(contributor.get("/matchmaking/"))
    assert contributor.post(path.replace("leave", "join")).status_code == 403
    maker.post(path.replace("leave", "join"))
    assert not OptOut.objects.exists()
    assert pairing.institute.display_name in text(maker.get("/matchmaking/"))


def test_who_is_put_aside_disappears_and_can_be_shown_again(pairing: Pairing) -> None:
    maker = browser(pairing.by_maker)
    path = at(pairing.maker, pairing.institute, "aside/")
    assert "errors" in text(maker.post(path, {})) and not NotInterested.objects.exists()
    for _twice in range(2):
        maker.post(path, {"reason": "competitor", "note": "They copied us."})
    row = NotInterested.objects.get()
    assert (row.member, row.partner, row.reason) == (pairing.maker, pairing.institute, "competitor")
    maker.get("/matchmaking/")  # says once that it was put aside
    assert "Institutul Armatei" not in text(maker.get("/matchmaking/"))
    page = text(maker.get("/matchmaking/asides/"))
    assert "Institutul Armatei" in page and "They copied us." in page
    institute = browser(pairing.by_institute)
    for page in ("/matchmaking/", at(pairing.institute, pairing.maker), "/matchmaking/asides/"):
        assert "copied" not in text(institute.get(page))
    assert "Atelierul Radio" in text(institute.get("/matchmaking/"))
    maker.post(f"/matchmaking/of/{pairing.maker.slug}/asides/{pairing.institute.pk}/back/")
    assert not NotInterested.objects.exists()
    assert "Institutul Armatei" in text(maker.get("/matchmaking/"))


# ------------------------------------------------------------------ the answer
def test_a_yes_leads_to_one_introduction_however_often_it_is_clicked(pairing: Pairing) -> None:
    interest = sent(pairing)
    institute = browser(pairing.by_institute)
    page = text(institute.get(f"/matchmaking/interests/{interest.key}/"))
    assert HELLO in page and "maker@example.org" not in page and "office@civil.example.org" not in page
    answers = [institute.post(f"/matchmaking/interests/{interest.key}/accept/") for _twice in range(2)]
    introduction = Introduction.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/matchmaking/introductions/{introduction.key}/"}
    for client, theirs in ((institute, "maker@example.org"), (browser(pairing.by_maker), "institute@example.org")):
        page = text(client.get(f"/matchmaking/introductions/{introduction.key}/"))
        assert theirs in page and "Tell how it goes" in page
    assert browser(pairing.by_third).get(f"/matchmaking/introductions/{introduction.key}/").status_code == 404


def test_an_interest_in_return_leads_straight_to_the_introduction(pairing: Pairing) -> None:
    sent(pairing)
    institute = browser(pairing.by_institute)
    answer = institute.get(at(pairing.institute, pairing.maker, "interest/"))
    assert "/matchmaking/interests/" in answer["Location"], "their own words come first"


def test_each_side_tells_how_it_goes_and_keeps_its_notes(pairing: Pairing) -> None:
    interest = sent(pairing)
    browser(pairing.by_institute).post(f"/matchmaking/interests/{interest.key}/accept/")
    introduction = Introduction.objects.get()
    here = f"/matchmaking/introductions/{introduction.key}/"
    maker = browser(pairing.by_maker)
    for _twice in range(2):
        maker.post(f"{here}stage/", {"stage": "met", "note": "They are slow."})
    assert Stage.objects.count() == 1
    assert "Write why it is closed." in text(maker.post(f"{here}stage/", {"stage": "closed"}))
    assert "They are slow." in text(maker.get(here))
    theirs = text(browser(pairing.by_institute).get(here))
    assert "We have met" in theirs and "slow" not in theirs
    office = text(browser(pairing.office).get(here))
    assert "They are slow." in office and "maker@example.org" not in office
    maker.post(f"{here}hide/")
    maker.post(f"{here}hide/")
    assert ContactConsent.objects.in_force().count() == 1
    theirs = text(browser(pairing.by_institute).get(here))
    assert "maker@example.org" not in theirs and "ended the showing" in theirs


def test_a_contributor_reads_an_introduction_and_a_proposal_but_binds_nobody(pairing: Pairing) -> None:
    interest = sent(pairing)
    browser(pairing.by_institute).post(f"/matchmaking/interests/{interest.key}/accept/")
    here = f"/matchmaking/introductions/{Introduction.objects.get().key}/"
    helper = browser(contributor_of(pairing.maker))
    page = text(helper.get(here))
    assert "institute@example.org" in page and "Tell how it goes" not in page and "Show them no longer" not in page
    for act, values in (("stage", {"stage": "met"}), ("confirm", {"care": "1", "confirms": "on"}), ("hide", {})):
        assert helper.post(f"{here}{act}/", values).status_code == 403
    propose(Proposed(pairing.maker.pk, "a"), Proposed(pairing.third.pk, "They make ceramics."), by=pairing.office)
    here = f"/matchmaking/proposals/{Proposal.objects.get().key}/"
    assert "They make ceramics." in text(helper.get(here)) and "Yes, introduce us" not in text(helper.get(here))
    assert [helper.post(f"{here}{act}/").status_code for act in ("accept", "decline")] == [403, 403]
    assert not Stage.objects.exists()


def test_a_suspended_member_finds_nothing_of_its_own_any_more(pairing: Pairing) -> None:
    interest = sent(pairing)
    browser(pairing.by_institute).post(f"/matchmaking/interests/{interest.key}/accept/")
    here = f"/matchmaking/introductions/{Introduction.objects.get().key}/"
    membership = pairing.maker.memberships.get()
    change_membership(membership.pk, "suspend", by=pairing.office, basis="Hotărârea 1", article="1")
    for path in (here, f"/matchmaking/interests/{interest.key}/", at(pairing.maker, pairing.institute)):
        assert browser(pairing.by_maker).get(path).status_code == 404
    page = text(browser(pairing.by_institute).get(here))
    assert "Atelierul Radio" in page, "what was agreed before stays with the other side"
    assert browser(pairing.by_institute).get(at(pairing.institute, pairing.maker)).status_code == 404


# ------------------------------------------------------------------ export control
def test_both_confirm_the_text_in_force_before_a_controlled_meeting(cluster: Any) -> None:
    pairing = a_match(control="dual_use", control_category="5", control_group="A")
    path = at(pairing.maker, pairing.institute, "interest/")
    maker, institute = browser(pairing.by_maker), browser(pairing.by_institute)
    page = text(maker.get(path))
    assert "exchange no controlled technology" in page and "5A" in page
    assert "Confirm this to go on" in text(maker.post(path, {"message": HELLO}))
    assert not Interest.objects.exists()
    interest = sent(pairing, confirms="on")
    accept = f"/matchmaking/interests/{interest.key}/accept/"
    assert "Confirm this to go on" in text(institute.post(accept))
    assert institute.post(accept, {"confirms": "on"}).status_code == 302
    rows = ExportConfirmation.objects.order_by("id")
    assert [(row.member, row.wording) for row in rows] == [(pairing.maker, "2026-11"), (pairing.institute, "2026-11")]
    assert AuditEvent.objects.filter(verb="export_confirmed", params__wording="2026-11").count() == 2
    page = text(maker.get(f"/matchmaking/introductions/{Introduction.objects.get().key}/"))
    assert "touches an offer on the dual-use list" in page


def test_an_offer_that_nobody_has_classified_is_said_and_told_to_the_office(cluster: Any) -> None:
    pairing = a_match(control="unsure")
    page = text(browser(pairing.by_maker).get(at(pairing.maker, pairing.institute, "interest/")))
    assert "Not classified under the dual-use list yet" in page and 'name="confirms"' not in page
    sent(pairing)
    assert OutgoingMail.objects.filter(kind="matchmaking/control_unsure").count() == 1


# ------------------------------------------------------------------ the office
@pytest.fixture
def secret(pairing: Pairing) -> Capability:
    """What the institute seeks for the office's eyes only."""
    return factories.a_capability(pairing.institute, "mat-ceramic", direction="sought", visibility="office")


def proposed(pairing: Pairing, secret: Capability, **more: str) -> Any:
    values = {
        "one_words": "They make ceramics.", "one_named": "on", "other_words": "A buyer seeks ceramics.",
        "other_named": "on", "other_item": str(secret.pk), **more,
    }  # fmt: skip
    path = f"/matchmaking/office/{pairing.third.slug}/with/{pairing.institute.slug}/"
    return browser(pairing.office).post(path, values)


def test_the_office_brokers_an_item_that_only_it_sees(pairing: Pairing, secret: Capability) -> None:
    office = browser(pairing.office)
    assert "Institutul Armatei" in text(office.get("/matchmaking/office/pairs/"))
    assert "Institutul" in text(office.get(f"/matchmaking/office/pairs/?member={pairing.third.slug}"))
    assert "words name an organisation" in text(proposed(pairing, secret, other_words="Institutul Armatei seeks."))
    for _twice in range(2):
        assert proposed(pairing, secret).status_code == 302
    proposal = Proposal.objects.get()
    third, institute = browser(pairing.by_third), browser(pairing.by_institute)
    here = f"/matchmaking/proposals/{proposal.key}/"
    for path in ("/matchmaking/proposals/", here, "/matchmaking/", "/members/mine/"):
        assert "Institutul" not in text(third.get(path))
    assert "A buyer seeks ceramics." in text(third.get(here))
    assert "They make ceramics." in text(institute.get(here)) and "Terța SA" in text(institute.get(here))
    assert browser(pairing.by_maker).get(here).status_code == 404
    for _twice in range(2):
        third.post(f"{here}accept/")
    assert "You have said yes" in text(third.get(here)) and "Institutul" not in text(third.get(here))
    answer = institute.post(f"{here}accept/")
    introduction = Introduction.objects.get()
    assert answer["Location"] == f"/matchmaking/introductions/{introduction.key}/"
    assert "institute@example.org" in text(third.get(answer["Location"]))
    assert "Both said yes" in text(office.get("/matchmaking/office/"))


def test_a_no_to_a_proposal_is_read_by_the_office_alone(pairing: Pairing, secret: Capability) -> None:
    proposed(pairing, secret)
    here = f"/matchmaking/proposals/{Proposal.objects.get().key}/"
    browser(pairing.by_institute).post(f"{here}decline/", {"reason": "Too early."})
    assert "Too early." in text(browser(pairing.office).get("/matchmaking/office/"))
    for path in (here, "/matchmaking/proposals/"):
        assert "Too early." not in text(browser(pairing.by_third).get(path))
    office = browser(pairing.office)
    for _twice in range(2):
        office.post(f"/matchmaking/office/proposals/{Proposal.objects.get().key}/withdraw/")
    assert "Nothing has come of this proposal." in text(browser(pairing.by_third).get(here))
    assert AuditEvent.objects.filter(verb="proposal_withdrawn").count() == 1


# ------------------------------------------------------------------ what needs me, what would help
def test_what_waits_stands_on_the_page_of_ones_organisation(pairing: Pairing, secret: Capability) -> None:
    sent(pairing)
    proposed(pairing, secret)
    page = text(browser(pairing.by_institute).get("/members/mine/"))
    assert "1 interest waits for your answer" in page and "1 proposal of the office waits for your answer" in page
    assert "Interests (1)" in text(browser(pairing.by_institute).get("/matchmaking/interests/"))
    assert "waits for your answer" not in text(browser(pairing.by_maker).get("/members/mine/"))


def test_a_profile_that_says_too_little_is_told_what_would_help(pairing: Pairing) -> None:
    pairing.third.capabilities.all().delete()
    page = text(browser(pairing.by_third).get("/matchmaking/"))
    assert "Nothing matches yet" in page and "State what you offer." in page and "State what you need." in page
    assert "State what you offer." in text(browser(pairing.by_third).get("/matchmaking/improve/"))


def test_the_list_by_need_and_narrowed(pairing: Pairing) -> None:
    maker = browser(pairing.by_maker)
    assert "meets 100 % of it" in text(maker.get("/matchmaking/?group=need"))
    page = text(maker.get("/matchmaking/?side=civil&group=need"))
    assert "No match is found so" in page and "Show all matches" in page
    assert "Institutul Armatei" in text(maker.get("/matchmaking/?side=nonsense&tag=none&trl=99"))
    maker.post(f"/matchmaking/of/{pairing.maker.slug}/seen/")
    assert "No match is found so" in text(maker.get("/matchmaking/?new=on"))
