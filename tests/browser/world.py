"""Every kind of page of the demonstration: who sees it, and where it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from cluster_portal.common.demonstration import SIGN_INS
from cluster_portal.common.guide import GUIDES
from cluster_portal.common.models import OutgoingMail, User
from members.enums import AdhesionState
from members.forms.profile import SECTIONS
from members.models import (
    AdhesionRequest,
    Directorship,
    Membership,
    Organisation,
    RegisterEvent,
    Representation,
    Resolution,
    Round,
)
from members.queries.drafts import STEPS
from tests.browser.gatherings import MEETING, WITH_EVENTS, pages_of

NOT_FOUND = {"/no/such/", "/members/invitations/nothing/"}
PARTS = ("people", "offers", "needs", "certificates")


def session_of(person: User) -> str:
    """The session of somebody who has signed in with everything that is asked for."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() + 3600}]
    session.save()
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


@dataclass(frozen=True)
class World:
    """Where the demonstration is served, and the sessions of its people."""

    address: str
    sessions: dict[int, str]

    def person(self, key: str) -> User | None:
        """A documented sign-in by its key; None for a visitor; or the applicant of a request in some state."""
        if key.startswith("applicant of "):
            return self.request(key.removeprefix("applicant of ")).applicant
        key = key.partition(",")[0]  # somebody in one of several tours
        if key == "visitor":
            return None
        return User.objects.get(email=next(one.email for one in SIGN_INS if one.key == key))

    def request(self, state: str) -> AdhesionRequest:
        return AdhesionRequest.objects.select_related("organisation").filter(state=state).earliest("pk")

    def organisation(self, key: str) -> Organisation:
        """What a documented sign-in acts for."""
        return Representation.objects.current().get(user=self.person(key)).organisation

    def live(self) -> Round:
        return Round.objects.open().get()

    def pages(self, who: str) -> list[str]:
        """What somebody looks at."""
        if who.startswith("applicant of "):
            return self._waiting(who.removeprefix("applicant of "))
        if who in (*WITH_EVENTS, *MEETING):
            return pages_of(self, who)
        found: dict[str, Callable[[], list[str]]] = {
            "visitor": self._visitor,
            "person": lambda: ["/members/requests/", "/members/join/", *self._account()],
            "applicant": self._applicant,
            "returned": self._returned,
            "suspended": lambda: [reverse("members:profile-edit", args=[self.organisation("suspended").slug])],
            "contributor": lambda: ["/members/mine/"],
            "member": self._member,
            "office": self._office,
            "president": self._president,
            "director4": lambda: [_door(self.live().request)],
            "admin": self._superuser,
        }
        return found[who]()

    def status(self, who: str, path: str) -> int:
        """What a page answers: who has an interest in a file is told so instead of reading it."""
        if who == "director4":
            return 403
        return 404 if path in NOT_FOUND else 200

    def _visitor(self) -> list[str]:
        member = Membership.objects.earliest("pk").organisation
        letter = OutgoingMail.objects.filter(confidential=False).latest("pk")
        invitation = OutgoingMail.objects.filter(kind="members/colleague_invited").latest("pk")
        return [
            *("/", "/statute/", "/members/join/", "/members/", "/members/?q=radar", "/members/?q=zzzzzz&role=funder"),
            *(f"/members/{member.slug}/", "/matchmaking/", "/events/", "/privacy/", "/accessibility/", "/no/such/"),
            *("/guide/", *(f"/guide/{role}/" for role in GUIDES), "/glossary/"),
            *("/mailbox/", f"/mailbox/{letter.pk}/", f"/mailbox/{invitation.pk}/"),
            *("/accounts/login/", "/accounts/signup/", "/accounts/confirm-email/", "/accounts/inactive/"),
            *("/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/password/reset/key/1-none/"),
            *("/accounts/password/reset/key/done/", "/members/invitations/nothing/", "/accounts/confirm-email/none/"),
        ]

    def _account(self) -> list[str]:
        return [
            *("/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"),
            *("/accounts/2fa/webauthn/add/", "/accounts/sessions/", "/accounts/logout/", "/accounts/reauthenticate/"),
        ]

    def _applicant(self) -> list[str]:
        key = AdhesionRequest.objects.get(applicant=self.person("applicant")).key
        start = reverse("members:request", args=[key])
        return ["/members/requests/", start, *(f"{start}{one}/" for one in (*STEPS, "form", "discard"))]

    def _returned(self) -> list[str]:
        start = reverse("members:request", args=[self.request("returned").key])
        return [start, *(f"{start}{one}/" for one in ("documents", "review", "withdraw"))]

    def _waiting(self, state: str) -> list[str]:
        start = reverse("members:request", args=[self.request(state).key])
        return [start, *(f"{start}{one}/" for one in _DECIDED[AdhesionState(state)])]

    def _member(self) -> list[str]:
        organisation = self.organisation("member")
        slug = organisation.slug
        edit, people = f"/members/{slug}/edit/", f"/members/{slug}/people/"
        offer = organisation.capabilities.earliest("pk").pk
        colleague = Representation.objects.current().get(user=self.person("contributor")).pk
        announced = AdhesionRequest.objects.filter(state="objection").values_list("key", flat=True)
        return [
            *("/members/mine/", f"/members/{slug}/", "/members/announced/"),
            *(reverse("members:announced-request", args=[key]) for key in announced[:1]),
            *(edit, f"{edit}logo/", *(f"{edit}{one}/" for one in SECTIONS)),
            *(f"{edit}{one}/" for one in PARTS),
            *(f"{edit}{one}/add/" for one in PARTS),
            *(f"{edit}offers/{offer}/", f"{edit}offers/{offer}/remove/"),
            *(people, f"{people}invite/", f"{people}{colleague}/remove/"),
            *(f"/members/{slug}/changes/", f"/members/{slug}/changes/ask/"),
            *(f"/members/{slug}/preview/{one}/" for one in ("visitor", "member", "partner")),
        ]

    def _office(self) -> list[str]:
        states = ("submitted", "returned", "objection", "deliberation", "appealed", "approved", "rejected")
        files = [_door(self.request(state)) for state in states]
        membership = Membership.objects.live().filter(state="active").earliest("pk").pk
        suspended = Membership.objects.get(state="suspended").pk
        mandate = Directorship.objects.latest("pk").pk
        member = "/admin/members/membership"
        change = self.organisation("member").change_requests.earliest("pk").pk
        return [
            *("/admin/", *files, f"{QUEUE}?stands=all", f"{QUEUE}?q=zzzzzz"),
            *(f"{_acts(self.request('submitted'))}{one}/" for one in ("return", "complete")),
            f"{_acts(self.request('appealed'))}appeal/",
            *(f"{member}/{membership}/{one}/" for one in ("change", "suspend", "give_notice", "cease")),
            *(f"{member}/{suspended}/reinstate/", f"/admin/members/directorship/{mandate}/end/"),
            *("/admin/members/directorship/appoint/", "/admin/members/directorship/"),
            f"/admin/members/changerequest/{change}/change/",
        ]

    def _president(self) -> list[str]:
        live = self.live().request
        resolution = Resolution.objects.filter(outcome="rejected").earliest("pk").pk
        waiting = AdhesionRequest.objects.filter(state="deliberation").exclude(pk=live.pk).earliest("pk")
        closed = Round.objects.exclude(closed_at=None).earliest("pk")
        return [
            *("/admin/", QUEUE, _door(live), f"{QUEUE}votes/?ids={live.pk}", f"{_acts(waiting)}open/"),
            *(f"{_acts(live)}demand/", _door(self.request("adjourned")), "/admin/members/registerevent/"),
            *("/admin/members/resolution/", f"/admin/members/resolution/{resolution}/change/"),
            f"{_acts(closed.request)}rounds/{closed.number}/",
            "/style-guide/",
        ]

    def _superuser(self) -> list[str]:
        """Every table of the desk, and one row of each; lines of the register have no page of their own."""
        found = ["/admin/", "/admin/common/", "/admin/members/", "/admin/members/sector/add/"]
        for model in sorted(admin.site._registry, key=lambda one: one._meta.label_lower):
            table = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            row: Any = model._default_manager.order_by("pk").first() if model is not RegisterEvent else None
            found += [table] if row is None else [table, f"{table}{row.pk}/change/"]
        return found


QUEUE = "/admin/members/adhesionrequest/"
_DECIDED = {
    AdhesionState.APPROVED: ("decision",),
    AdhesionState.REJECTED: ("decision", "appeal"),
    AdhesionState.APPEALED: ("decision",),
    AdhesionState.DELIBERATION: (),
    AdhesionState.OBJECTION: (),
    AdhesionState.ADJOURNED: (),
    AdhesionState.SUBMITTED: (),
    AdhesionState.WITHDRAWN: (),
    AdhesionState.LAPSED: (),
}
"""State of a request -> which pages it has beside the one that says how it stands."""
WHO = (
    *("visitor", "person", "applicant", "returned", "suspended", "contributor", "member"),
    *("office", "president", "director4", "admin"),
    *WITH_EVENTS,
    *MEETING,
    *(f"applicant of {state}" for state in _DECIDED),
)


def _acts(request: AdhesionRequest) -> str:
    return f"{QUEUE}{request.pk}/"


def _door(request: AdhesionRequest) -> str:
    return f"{_acts(request)}change/"
