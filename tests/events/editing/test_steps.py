"""What is done with an event and its parts: what happens, what is refused, what a second click does."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cluster_portal.common.models import OutgoingMail
from events import tasks
from events.actions import programme
from events.models import Event, Material, Question, Session, Speaker
from tests import factories
from tests.events import seminars
from tests.events.editing.conftest import errors, save
from tests.events.editing.test_sections import page, stored

pytestmark = pytest.mark.django_db


def said(client: Client, answer: object) -> str:
    """The page after a form, with what was said on it."""
    return client.get(answer["Location"]).content.decode()  # type: ignore[index]  # an answer of the client


def test_publishing_says_what_is_missing_and_then_publishes_once(client: Client) -> None:
    event = seminars.a_draft(summary_ro="", place_name="")
    overview = client.get(page(event)).content.decode()
    assert "Before it is published the event needs" in overview and "Summary in Romanian" in overview
    assert "the event needs: summary in Romanian, place" in said(client, client.post(page(event, "publish/")))
    assert stored(event).state == "draft"
    ready = seminars.a_draft()
    for _click in range(2):
        assert client.post(page(ready, "publish/")).status_code == 302
    assert (stored(ready).state, stored(ready).version) == ("published", ready.version + 1)
    assert client.get(page(ready, "publish/")).status_code == 405


def test_postponed_rescheduled_and_cancelled_each_with_one_letter(client: Client) -> None:
    event = seminars.a_seminar()
    seminars.a_registration(event)
    assert b"1 person gets a letter" in client.get(page(event, "postpone/")).content
    assert "reason" in errors(client.post(page(event, "postpone/"), {"reason": " "}))
    for _click in range(2):
        client.post(page(event, "postpone/"), {"reason": "Storm."})
    past = {"starts_at": "2020-05-04T10:00", "ends_at": "2020-05-04T12:00"}
    assert "starts_at" in errors(client.post(page(event, "reschedule/"), past))
    ahead = {"starts_at": "2027-05-04T10:00", "ends_at": "2027-05-04T12:00"}
    for _click in range(2):
        assert client.post(page(event, "reschedule/"), ahead).status_code == 302
    assert stored(event).state == "published"
    for _click in range(2):
        client.post(page(event, "cancel/"), {"reason": "Flood."})
    assert (stored(event).state, stored(event).reason) == ("cancelled", "Flood.")
    tasks.tell_registrants()
    kinds = list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["events/registered", "events/postponed", "events/changed", "events/cancelled"]


def test_a_late_click_reads_a_sentence(client: Client) -> None:
    event = seminars.a_seminar()
    assert b"in which this cannot be done" in client.get(page(event, "reschedule/")).content
    ahead = {"starts_at": "2027-05-04T10:00", "ends_at": "2027-05-04T12:00"}
    assert "__all__" in errors(client.post(page(event, "reschedule/"), ahead))


def test_a_draft_is_thrown_away_once_and_a_published_event_never(client: Client) -> None:
    draft, published = seminars.a_draft(), seminars.a_seminar()
    for _click in range(2):
        assert client.post(page(draft, "discard/"))["Location"] == "/events/manage/"
    assert not Event.objects.filter(pk=draft.pk).exists()
    assert "Only a draft can be thrown away" in said(client, client.post(page(published, "discard/")))


def test_a_series_is_made_once_and_a_line_that_is_no_date_is_named(client: Client) -> None:
    event = seminars.a_draft()
    lines = "04.05.2027 10:00\n2027-06-01 10:00\n"
    for _click in range(2):
        assert client.post(page(event, "duplicate/"), {"starts": lines}).status_code == 302
    assert Event.objects.filter(series=stored(event).series).count() == 3
    assert (
        "28.03.2027 03:30"
        in errors(client.post(page(event, "duplicate/"), {"starts": "28.03.2027 03:30"}))["starts"][0]
    )
    assert "someday" in errors(client.post(page(event, "duplicate/"), {"starts": "someday"}))["starts"][0]


# ------------------------------------------------------------------ parts
def test_a_session_is_added_once_edited_and_kept_inside_its_event(client: Client) -> None:
    event = seminars.a_draft(
        starts_at=seminars.a_draft().starts_at.replace(hour=7), ends_at=seminars.a_draft().starts_at.replace(hour=12)
    )
    speaker = Speaker.objects.create(full_name="Ana Pop")
    day = event.starts_at.strftime("%Y-%m-%d")
    form = {
        "title_ro": "Sesiune",
        "starts_at": f"{day}T11:00",
        "ends_at": f"{day}T11:30",
        "speakers": [str(speaker.pk)],
    }
    for _click in range(2):
        assert client.post(page(event, "programme/new/"), form).status_code == 302
    session = Session.objects.get(event=event)
    assert [talk.speaker for talk in session.talks.all()] == [speaker]
    assert "ends_at" in errors(client.post(page(event, "programme/new/"), form | {"ends_at": f"{day}T10:30"}))
    outside = form | {"starts_at": f"{day}T01:00", "ends_at": f"{day}T02:00"}
    assert "starts_at" in errors(client.post(page(event, "programme/new/"), outside))
    assert b"Ana Pop" in client.get(page(event, "programme/")).content


def test_two_editors_of_one_session_lose_nothing(client: Client) -> None:
    event = seminars.a_draft()
    times = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    session = programme.save_session(event.pk, by=seminars.office(), values={"title_ro": "Sesiune", **times})
    address = page(event, f"programme/{session.pk}/")
    client.get(address)
    stale = client.get(address).context["form"]["version"].value()
    programme.save_session(event.pk, by=seminars.office(), values={"room": "Sala B"}, pk=session.pk)
    answer = save(client, address, title_ro="Al meu", version=str(stale))
    assert "what you wrote stands below" in errors(answer)["__all__"][0] and b"Al meu" in answer.content
    fresh = answer.context["form"]["version"].value()
    assert save(client, address, title_ro="Al meu", version=str(fresh)).status_code == 302
    assert Session.objects.get(pk=session.pk).title_ro == "Al meu"


def test_a_speaker_with_slides_stays_and_the_sentence_says_why(client: Client) -> None:
    event = seminars.a_draft()
    form = {"full_name": "Ana Pop"}
    for _click in range(2):
        assert client.post("/events/manage/speakers/new/", form).status_code == 302
    speaker = Speaker.objects.get()
    values = {"title_ro": "Prezentare", "speaker": speaker}
    material = programme.add_link(event.pk, by=seminars.office(), values=values, link="https://example.org/a")
    remove = f"/events/manage/speakers/{speaker.pk}/remove/"
    assert client.get(remove).status_code == 200
    assert "Ana Pop has slides or other materials here" in said(client, client.post(remove))
    client.post(page(event, f"materials/{material.pk}/remove/"))
    for _click in range(2):
        assert "Removed." in said(client, client.post(remove))
    assert not Speaker.objects.exists()


def test_questions_say_what_they_lack(client: Client) -> None:
    event = seminars.a_draft()
    form = {"kind": "choice", "text_ro": "Prânz?", "choices_ro": "Da", "position": "1"}
    address = page(event, "questions/new/")
    assert "choices_ro" in errors(client.post(address, form))
    whole = form | {"choices_ro": "Da\nNu"}
    assert "choices_en" in errors(client.post(address, whole | {"choices_en": "Yes"}))
    for _click in range(2):
        assert client.post(address, whole).status_code == 302
    assert Question.objects.get().choices_ro == ["Da", "Nu"]


def test_materials_are_looked_through_and_links_are_safe(client: Client) -> None:
    event = seminars.a_draft()
    form = {"title_ro": "Prezentare", "access": "public", "position": "0"}
    script = SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>", "application/pdf")
    assert "upload" in errors(client.post(page(event, "materials/file/"), form | {"upload": script}))
    for _click in range(2):
        upload = SimpleUploadedFile("a.pdf", factories.PDF, "application/pdf")
        assert client.post(page(event, "materials/file/"), form | {"upload": upload}).status_code == 302
    material = Material.objects.get()
    answer = client.get(page(event, f"materials/{material.pk}/open/"))
    assert b"".join(answer.streaming_content) == factories.PDF  # type: ignore[attr-defined]  # a file
    unsafe = form | {"link": "http://example.org/film"}
    assert "link" in errors(client.post(page(event, "materials/link/"), unsafe))


def test_invitees_are_added_once_and_a_wrong_address_is_named(client: Client) -> None:
    event = seminars.a_draft()
    address = page(event, "invite/")
    assert "nobody" in errors(client.post(address, {"addresses": "one@example.org nobody"}))["addresses"][0]
    for _click in range(2):
        assert (
            client.post(address, {"addresses": "one@example.org, ONE@example.org; two@example.org"}).status_code == 302
        )
    assert sorted(event.invitees.values_list("email", flat=True)) == ["one@example.org", "two@example.org"]
    invitee = event.invitees.earliest("pk")
    for _click in range(2):
        client.post(page(event, f"invitees/{invitee.pk}/remove/"))
    assert event.invitees.count() == 1
