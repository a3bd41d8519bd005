"""The people of a flow and what each of them does at the portal, by nothing but pages, links and forms."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message
from typing import Any

from celery import current_app
from django.core.management import call_command
from django.utils import timezone

from cluster_portal.common.models import MailState, OutgoingMail, User
from members.models import AdhesionRequest
from tests import factories
from tests.conftest import PATIENCE, Sink
from tests.flows.walker import Page, Upload, Walker
from tests.members.adhesion import corpus

PASSWORD = "a password nobody guesses"
QUEUE = "/admin/members/adhesionrequest/"


def wait_until(done: Any, seconds: float = PATIENCE) -> None:
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, list(OutgoingMail.objects.values_list("kind", "state", "last_error"))
        time.sleep(0.05)


def text_of(letter: Message) -> str:
    """The text part of a letter that arrived."""
    part = next(one for one in letter.walk() if one.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


@dataclass
class Stage:
    """Where everybody meets. `board[0]` is the president, then vice-president and secretary."""

    server: str
    sink: Sink
    office: User
    board: list[User]
    _desks: dict[int, Walker] = field(default_factory=dict)

    # -- the desk
    def desk(self, person: User) -> Walker:
        """The browser of somebody of the Board or the office, signed in."""
        if person.pk not in self._desks:
            self._desks[person.pk] = Walker(self.server, "en").signed_in(person.email, factories.PASSWORD)
        return self._desks[person.pk]

    def file(self, person: User, number: str) -> Page:
        """The file, opened from the queue."""
        desk = self.desk(person)
        return desk.follow(desk.get(f"{QUEUE}?stands=all"), number)

    def act(self, person: User, number: str, words: str, **typed: Any) -> Page:
        """Open the file, press a button that leads to a question, answer it."""
        desk = self.desk(person)
        question = desk.follow(self.file(person, number), words)
        return desk.submit(question, question.path, **typed)

    def vote(self, person: User, number: str, choice: str, **typed: Any) -> Page:
        return self.desk(person).submit(self.file(person, number), "/ballot/", choice=choice, **typed)

    def vote_by_hand(self, person: User, applicant: Applicant, **typed: str) -> Page:
        """A ballot from a page that was opened before the round was over."""
        desk = self.desk(person)
        stale = desk.get("/admin/").form("/logout/")
        values = [("csrfmiddlewaretoken", stale.value("csrfmiddlewaretoken")), *typed.items()]
        return desk.post(f"{QUEUE}{applicant.row.pk}/ballot/", values)

    def returned(self, number: str, **typed: Any) -> Page:
        return self.act(self.office, number, "Return", **typed)

    def declared_complete(self, number: str) -> Page:
        return self.act(self.office, number, "Declare complete")

    def round_opened(self, number: str) -> Page:
        return self.act(self.board[0], number, "Open a round", procedure="written")

    def objections_over(self, number: str) -> None:
        """The window ends: the day passes, and the worker does what the timetable asks of it at night."""
        yesterday = timezone.localdate() - timedelta(days=1)
        AdhesionRequest.objects.filter(number=number).update(objections_until=yesterday)
        self.night("end_objections")

    def night(self, task: str) -> None:
        """Have the worker do what the timetable asks of it; what it did is seen in the database."""
        current_app.send_task(f"members.tasks.{task}", queue="default")

    # -- letters
    def letter(self, kind: str, email: str, number: int = 1) -> Message:
        """The letter of this kind that arrived; there are exactly `number` of them."""
        kind = kind if "/" in kind else f"members/{kind}"
        rows = OutgoingMail.objects.filter(kind=kind, recipient=email)
        wait_until(lambda: rows.filter(state=MailState.SENT).count() == number)
        last = rows.latest("pk")
        found = [letter for letter in self.sink.letters if letter["Message-ID"] == last.message_id]
        assert len(found) == 1, f"{kind} arrived {len(found)} times"
        assert found[0]["To"] == email
        return found[0]

    def arrived(self) -> Counter[tuple[str, str, str]]:
        """Every letter that arrived, as (kind, to, language); each exactly once, none left behind."""
        wait_until(lambda: not OutgoingMail.objects.exclude(state=MailState.SENT).exists())
        rows = {row.message_id: row for row in OutgoingMail.objects.all()}
        ids = Counter(str(letter["Message-ID"]) for letter in self.sink.letters)
        assert ids == Counter(dict.fromkeys(rows, 1))
        return Counter((row.kind.split("/")[1], row.recipient, row.language) for row in rows.values())

    def all_holds(self) -> None:
        """The invariants of the portal; the command fails when one does not hold."""
        call_command("verify", verbosity=0)


@dataclass
class Applicant:
    """A person who signs up, fills in a request and follows it. `values` is what is typed, step by step."""

    stage: Stage
    email: str
    language: str
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, stage: Stage, adhesion: AdhesionRequest, language: str) -> Applicant:
        """The applicant of a request that is there already, signed in."""
        person = cls(stage, adhesion.applicant.email, language)
        person.browser.signed_in(person.email, factories.PASSWORD)
        person.start, person.number = f"/members/requests/{adhesion.key}/", adhesion.number or ""
        return person

    def __post_init__(self) -> None:
        self.browser = Walker(self.stage.server, self.language)
        self.start = ""
        self.number = ""

    def signs_up(self) -> None:
        """From the page that says how to become a member, through the letter, back to that page."""
        invited = self.browser.get("/members/join/")
        signup = next(address for _, address in invited.links if address.startswith("/accounts/signup/"))
        page = self.browser.get(signup)
        asked = self.browser.submit(page, "/signup/", email=self.email, password1=PASSWORD, password2=PASSWORD)
        assert asked.path == "/accounts/confirm-email/", asked.words
        letter = text_of(self.stage.letter("account/email_confirmation_signup", self.email))
        link = re.search(rf"{re.escape(self.stage.server)}(/accounts/confirm-email/[^\s]+)", letter)
        assert link, letter
        confirmed = self.browser.submit(self.browser.get(link[1]), "/accounts/confirm-email/")
        if "/login/" in confirmed.path:
            self.browser.submit(confirmed, "/login/", login=self.email, password=PASSWORD)

    def begins(self) -> None:
        page = self.browser.submit(self.browser.get("/members/join/"), "/members/requests/start/")
        found = re.match(r"/members/requests/[0-9a-f-]{36}/", page.path)
        assert page.status == 200 and found, page.words
        self.start = found[0]

    def fills_in(self) -> None:
        """Every step by its form; each leads to the next one."""
        for step, following in (
            ("organisation", "representative"),
            ("representative", "role"),
            ("role", "evidence"),
            ("evidence", "documents"),
        ):
            page = self.browser.get(f"{self.start}{step}/")
            sent = self.browser.submit(page, f"/{step}/", **self.values[step])
            assert sent.status == 200 and sent.path == f"{self.start}{following}/", sent.words
        for paper in self.papers:
            self.uploads(paper)
        page = self.browser.get(f"{self.start}declarations/")
        boxes = [name for name, values in page.form("/declarations/").known.items() if values == {"on"}]
        sent = self.browser.submit(page, "/declarations/", **dict.fromkeys(boxes, "on"))
        assert sent.path == f"{self.start}review/", sent.words

    def uploads(self, paper: str, days_old: int = 5) -> Page:
        """Choose a file for this document and send it."""
        issued = (timezone.localdate() - timedelta(days=days_old)).isoformat()
        file = Upload(f"{paper} semnată.pdf", corpus.pdf())
        fields = {f"{paper}-file": file, f"{paper}-issued_on": issued}
        page = self.browser.submit(self.documents(), f"/documents/{paper}/add/", **fields)
        assert page.status == 200, page.words
        return page

    def documents(self) -> Page:
        return self.browser.get(f"{self.start}documents/")

    def submits(self) -> Page:
        page = self.browser.submit(self.browser.get(f"{self.start}review/"), "/submit/")
        assert page.status == 200 and page.path == self.start, page.words
        self.number = str(self.row.number)
        return page

    def state(self) -> Page:
        return self.browser.get(self.start)

    @property
    def row(self) -> AdhesionRequest:
        return AdhesionRequest.objects.select_related("organisation").get(key=self.start.split("/")[3])

    def waits_for(self, state: str) -> None:
        wait_until(lambda: self.row.state == state)
