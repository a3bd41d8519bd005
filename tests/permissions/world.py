"""The world that the permission matrix is tried in: one person for each role, one thing for each kind of door.

Everything of "own" belongs to R; every request but the twins belongs to A. DR is tied to the applicants of all requests
of A (represented them once) and stepped aside in the open round.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail, User
from cluster_portal.common.topics import token_of
from members.actions import adhesion, board, office
from members.actions.directory import refresh_directory
from members.actions.membership import change_membership
from members.actions.objections import lodge_objection
from members.actions.people import digest_of
from members.models import (
    AdhesionRequest,
    Certificate,
    ChangeRequest,
    Directorship,
    DocumentType,
    Invitation,
    Membership,
    Person,
    RegisterEvent,
    Representation,
    Resolution,
    Round,
    Sector,
    StatuteVersion,
    Tag,
)
from tests import factories
from tests.permissions import world_visitor
from tests.permissions.canaries import DESKS, EVERYBODY, MEMBERS, OFFICE, Canaries
from tests.permissions.world_board import items_of_the_board
from tests.permissions.world_calls import calls_of_consortia
from tests.permissions.world_day import events_of_the_day
from tests.permissions.world_days import days_of_members
from tests.permissions.world_editing import build_editing
from tests.permissions.world_meeting import meetings
from tests.permissions.world_words import words_of_the_desk

ROLES = ("V", "U", "A", "R", "E", "X", "D", "DR", "M", "S", "N")
"""V visitor, U address not confirmed, A applicant, R representative of the member that owns the thing, E of another
member, X of a suspended member, D director, DR director who stepped aside or is tied, M cluster manager, S superuser
(D to S with a second factor), N cluster manager whose session has none."""
WITH_FACTOR = ("D", "DR", "M", "S")
INVITATION = "a-key-that-only-the-letter-of-the-invited-colleague-has"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class World:
    """People by role, and the address parts of each named thing."""

    people: dict[str, User | None]
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    canaries: Canaries = field(default_factory=Canaries)

    def person(self, role: str) -> User:
        person = self.people[role]
        assert person is not None
        return person


def build() -> World:
    """A cluster with a Board, members, a suspended member and requests in the states that doors ask for."""
    forget_cluster()
    factories.a_cluster()
    directors = factories.a_board()
    world = World(
        {
            "V": None,
            "U": User.objects.create_user("unconfirmed@example.org", factories.PASSWORD, language="en"),
            "A": factories.a_user("applicant@example.org"),
            "R": factories.a_user("representative@example.org"),
            "E": factories.a_user("other@example.org"),
            "X": factories.a_user("suspended@example.org"),
            "D": directors[1],  # the vice-president: also opens and closes
            "DR": directors[3],
            "M": factories.an_office_person("manager@example.org"),
            "S": factories.a_user("super@example.org", is_staff=True, is_superuser=True),
            "N": factories.an_office_person("nofactor@example.org"),
        }
    )
    EmailAddress.objects.create(user=world.person("U"), email="unconfirmed@example.org", verified=False, primary=True)
    for role in (*WITH_FACTOR, "N"):
        Authenticator.objects.create(user=world.person(role), type="totp", data={"secret": "none"})
    key = Authenticator.objects.create(user=directors[5], type="webauthn", data={"name": "Key", "credential": {}})
    world.things["foreign_passkey"] = {"pk": key.pk}
    _members(world)
    _requests(world, directors)
    _desk(world)
    world_visitor.events(world)
    build_editing(world)
    events_of_the_day(world)
    meetings(world)
    items_of_the_board(world)
    calls_of_consortia(world)
    words_of_the_desk(world)
    days_of_members(world)
    return world


def _members(world: World) -> None:
    own = factories.a_member("Fabrica Proprie SRL", user=world.person("R"))
    factories.a_member("Uzina Vecină SA", user=world.person("E"))
    suspended = factories.a_member("Atelierul Oprit SRL", user=world.person("X"))
    change_membership(suspended.pk, "suspend", by=world.person("M"), basis="Resolution 9/2026", article="7")
    ended = factories.a_member("Șantierul Plecat SA")
    change_membership(ended.pk, "cease", by=world.person("M"), basis="Dissolved", article="7")
    hidden = factories.a_member("Laboratorul Ascuns SRL", show_profile="members")
    quiet = factories.a_member("Filiala Proprie SRL", user=world.person("R"))
    world.things["own_quiet"] = {"slug": quiet.organisation.slug, "pk": quiet.organisation_id}
    world.things["own"] = _parts_of(world, own, "own", EVERYBODY, MEMBERS, "R")
    world.things["suspended"] = _parts_of(world, suspended, "suspended", f"X {DESKS}", f"X {DESKS}", "X")
    world.things["members_only"] = _parts_of(world, hidden, "members_only", MEMBERS, MEMBERS, "")
    world.things["ended"] = _parts_of(world, ended, "ended", DESKS, DESKS, "")
    world.things["nobody"] = dict.fromkeys(("pk", "person", "offer", "certificate", "colleague"), 987654321) | {
        "slug": "no-such-member",
        "key": UUID(int=1),
        "invitation": 987654321,
    }
    invitation = Invitation.objects.create(
        organisation=own.organisation,
        email="applicant@example.org",
        full_name=world.canaries.plant("name of the invited", f"A R {OFFICE}"),
        digest=digest_of(INVITATION),
        invited_by=world.person("R"),
        expires_at=timezone.now() + timedelta(days=14),
    )
    world.things["own"]["invitation"] = invitation.pk
    world.things["invited"] = {"token": INVITATION}
    world.things["topic_of_letters"] = {"token": token_of("somebody@example.org", "events.invitations")}
    world.things["no_key"] = {"token": "a-key-that-opens-nothing"}


def a_word(number: int) -> Tag:
    """One of the capability words that can be offered."""
    leaves = Tag.objects.filter(scored=True, children__isnull=True, parent__isnull=False)
    word: Tag = leaves.order_by("position")[number]
    return word


def a_picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, "PNG")
    return file.getvalue()


def _parts_of(world: World, membership: Membership, name: str, public: str, members: str, own: str) -> dict[str, Any]:
    """A member with a logo, a person, an offer, a certificate with its file, a colleague and an open change request.

    Every text of it holds a word that only those may read for whom its level is: `public`, `members`, `own` and office.
    """
    organisation, office_only = membership.organisation, f"{own} {OFFICE}"

    def plant(what: str, readers: str) -> str:
        return world.canaries.plant(f"{what} of {name}", readers)

    organisation.description_en = plant("presentation", public)
    organisation.summary_en = plant("summary", public)
    organisation.street = plant("street", members)
    organisation.email = f"{plant('e-mail', members)}@example.org"
    organisation.trade_register = plant("trade register", office_only)
    organisation.logo.save("logo.png", ContentFile(a_picture()), save=True)
    person = Person.objects.create(
        organisation=organisation, role="technical", full_name=plant("person", office_only),
        email=f"{plant('address of the person', office_only)}@example.org",
    )  # fmt: skip
    proof = Certificate(
        organisation=organisation, kind="iso_9001", issuer=plant("issuer of the certificate", members),
        number=plant("number of the certificate", members), valid_until=timezone.localdate() + timedelta(300),
    )  # fmt: skip
    proof.file.save("proof.pdf", ContentFile(factories.PDF), save=True)
    offer = organisation.capabilities.get()
    offer.evidence = plant("evidence", office_only)
    offer.save()
    levels = {"public": public, "members": members, "contact": office_only, "office": office_only}
    for number, (level, readers) in enumerate(levels.items(), start=1):
        note = plant(f"note for {level}", readers)
        factories.a_capability(organisation, a_word(number), visibility=level, note_en=note, evidence="")
    user = factories.a_user(full_name=plant("colleague", office_only))
    colleague = Representation.objects.create(organisation=organisation, user=user, role="contributor")
    change = ChangeRequest.objects.create(
        organisation=organisation, changes={"street": [organisation.street, plant("new street", office_only)]},
        reason=plant("reason of the change", office_only), asked_by=user,
    )  # fmt: skip
    refresh_directory([organisation.pk])
    return {
        "slug": organisation.slug,
        "pk": organisation.pk,
        "version": organisation.version,
        "person": person.pk,
        "offer": offer.pk,
        "certificate": proof.pk,
        "colleague": colleague.pk,
        "key": change.key,
        "change": change.pk,
        "membership": membership.pk,
    }


def _requests(world: World, directors: list[User]) -> None:
    manager = world.person("M")
    plant = world.canaries.plant
    readers = f"A D {OFFICE}"
    made = {"draft": _filled(world, "draft", "A"), "submitted": _sent(world, "submitted", readers)}
    made["returned"] = _sent(world, "returned", readers)
    note = plant("note of the return", readers)
    office.return_request(made["returned"].pk, by=manager, items=[{"code": "onrc", "note": note}])
    made["objection"] = _sent(world, "objection", readers)
    office.declare_complete(made["objection"].pk, by=manager)
    lodge_objection(
        made["objection"].pk, by=world.person("R"), organisation=world.things["own"]["pk"],
        reasons=plant("reasons of the objection", f"D {OFFICE}"),
    )  # fmt: skip
    made["complete"] = _complete(world, "complete", readers)
    live = board.open_round(_complete(world, "live", readers).pk, by=directors[0])
    factories.votes(live, directors[0], "for", plant("motive before closing", ""))
    board.declare_interest(live.pk, by=world.person("D"), has_interest=False)
    made["live"] = live.request
    meeting = board.open_round(_complete(world, "meeting", readers).pk, by=directors[0], procedure="meeting")
    made["meeting"] = meeting.request
    made["rejected"] = _decided(world, "rejected", directors, "against", readers, readers)
    made["appealed"] = _decided(world, "appealed", directors, "against", readers, readers)
    reasons = plant("reasons of the appeal", readers)
    adhesion.appeal(made["appealed"].pk, by=made["appealed"].applicant, reasons=reasons)
    made["withdrawn"] = _sent(world, "withdrawn", readers)
    adhesion.withdraw_adhesion(made["withdrawn"].pk, by=made["withdrawn"].applicant)
    tied = world.person("DR")
    for name, request in made.items():
        _hand_over(request, world.person("A"), applied=name != "returned", represents=name != "submitted")
        if name != "live":  # there they stepped aside and have no other tie
            _tie(request, tied)
    for vote in (live, meeting):
        board.declare_interest(vote.pk, by=tied, has_interest=True, interest=plant("interest", DESKS))
    made["twin"] = _sent(world, "twin", DESKS)
    made["twin_draft"] = _filled(world, "twin_draft", "")
    made["approved"] = _decided(world, "approved", directors, "for", f"D {OFFICE}", f"D {OFFICE}")
    _tie(made["approved"], tied)
    for name, request in made.items():
        world.things[name] = _address_of(request)
    world.things["never"] = {"key": UUID(int=2), "pk": 987654321, "document": UUID(int=3)}
    world.things["foreign_document"] = world.things["submitted"] | {"document": world.things["twin"]["document"]}
    world.things["drafted"] = {"slug": made["draft"].organisation.slug, "pk": made["draft"].organisation_id}


def _filled(world: World, name: str, readers: str) -> AdhesionRequest:
    """A draft that lacks nothing, with a word for its `readers` in every text."""

    def plant(what: str) -> str:
        return world.canaries.plant(f"{what} of {name}", readers)

    draft = factories.a_draft(description_en=plant("presentation"), street=plant("street"), phone=plant("phone"))
    draft.contribution, draft.motive = plant("contribution") * 4, plant("motive")
    draft.save()
    draft.documents.filter(kind_id="onrc").update(original_name=f"{plant('document')}.pdf")
    draft.organisation.people.update(full_name=plant("person"), email=f"{plant('address')}@example.org")
    draft.organisation.capabilities.update(evidence=plant("evidence"))
    return draft


def _sent(world: World, name: str, readers: str) -> AdhesionRequest:
    draft = _filled(world, name, readers)
    return adhesion.submit_adhesion(draft.pk, by=draft.applicant)


def _complete(world: World, name: str, readers: str) -> AdhesionRequest:
    """Declared complete, and past the window for objections."""
    sent = _sent(world, name, readers)
    office.declare_complete(sent.pk, by=world.person("M"))
    AdhesionRequest.objects.filter(pk=sent.pk).update(objections_until=timezone.localdate() - timedelta(1))
    office.end_objections(sent.pk)
    return AdhesionRequest.objects.get(pk=sent.pk)


def _decided(
    world: World, name: str, directors: list[User], choice: str, readers: str, readers_of_motives: str
) -> AdhesionRequest:
    vote: Round = board.open_round(_complete(world, name, readers).pk, by=directors[0])
    for director in (*directors[:3], *directors[4:]):
        if AdhesionRequest.objects.get(pk=vote.request_id).state == "deliberation":
            factories.votes(vote, director, choice, world.canaries.plant(f"motive of {name}", readers_of_motives))
    return AdhesionRequest.objects.get(pk=vote.request_id)


def _hand_over(request: AdhesionRequest, applicant: User, *, applied: bool, represents: bool) -> None:
    """Make A the owner of a request that somebody else made: as the one who applied, who represents, or both."""
    if applied:
        AdhesionRequest.objects.filter(pk=request.pk).update(applicant=applicant)
    if represents:
        Representation.objects.filter(organisation=request.organisation_id).update(user=applicant)


def _tie(request: AdhesionRequest, director: User) -> None:
    """The director represented the applicant once."""
    Representation.objects.create(
        organisation=request.organisation, user=director, role="representative", ended_at=timezone.now(),
        ended_by=director,
    )  # fmt: skip


def _address_of(request: AdhesionRequest) -> dict[str, Any]:
    document = request.documents.earliest("id")
    return {"key": request.key, "pk": request.pk, "document": document.key, "number": 1}


def _desk(world: World) -> None:
    """One row of every table of the desk, called by its model."""
    own = world.things["own"]
    rows: dict[str, Any] = {
        "common.outgoingmail": OutgoingMail.objects.filter(confidential=False).earliest("id").pk,
        "common.auditevent": AuditEvent.objects.earliest("id").pk,
        "common.cluster": Cluster.objects.get().pk,
        "common.user": world.person("R").pk,
        "auth.group": Group.objects.earliest("id").pk,
        "account.emailaddress": EmailAddress.objects.get(user=world.person("R")).pk,
        "mfa.authenticator": Authenticator.objects.get(user=world.person("N")).pk,
        "members.changerequest": own["change"],
        "members.directorship": Directorship.objects.latest("id").pk,
        "members.membership": own["membership"],
        "members.organisation": own["pk"],
        "members.registerevent": RegisterEvent.objects.earliest("id").pk,
        "members.adhesionrequest": world.things["submitted"]["pk"],
        "members.resolution": Resolution.objects.get(request=world.things["approved"]["pk"]).pk,
        "members.statuteversion": StatuteVersion.objects.earliest("pk").pk,
        "members.sector": Sector.objects.earliest("pk").pk,
        "members.documenttype": DocumentType.objects.earliest("pk").pk,
        "members.tag": Tag.objects.filter(scored=True).earliest("pk").pk,
    }
    world.things |= {name: {"pk": pk} for name, pk in rows.items()}
    world.things["suspended_membership"] = {"pk": Membership.objects.get(state="suspended").pk}
    world.things["mandate"] = {"pk": rows["members.directorship"]}
    world.things["change"] = {"pk": own["change"]}
    things = world.things
    things["two_files"] = things["live"]
    things["foreign_certificate"] = own | {"certificate": things["members_only"]["certificate"]}
    names = ("person", "offer", "certificate", "colleague", "key")
    things["foreign_parts"] = own | {name: things["members_only"][name] for name in names}
    other = Invitation.objects.create(
        organisation_id=things["members_only"]["pk"], email="guest@example.org", digest=digest_of("another"),
        invited_by=world.person("M"), expires_at=timezone.now() + timedelta(days=14),
    )  # fmt: skip
    things["foreign_invitation"] = own | {"invitation": other.pk}
    things["wrong_key"] = {"uidb36": "1", "key": "a-key-that-opens-nothing"}
    things["app"] = {"app_label": "members"}
    things["auth_app"] = {"app_label": "auth"}
    things["asset"] = {"digest": "now", "name": "mark.svg"}
    things["guide_role"] = {"role": "member"}
    things["no_asset"] = {"digest": "now", "name": "no-such.css"}
    secret = OutgoingMail.objects.filter(confidential=True).first()
    world.things["secret_letter"] = {"pk": secret.pk if secret else 987654321}


def client_of(world: World, role: str, **options: Any) -> Client:
    """A browser in which this role has signed in; with the second factor where the role has one."""
    client = Client(**options)
    person = world.people[role]
    if person is None:
        return client
    if role == "U":
        client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
        return client
    return signed_in(client, person, factor=role in WITH_FACTOR)


def signed_in(client: Client, person: User, *, factor: bool, fresh: bool = True) -> Client:
    """Sign in; with the second factor; `fresh`: the password was asked for again a moment ago."""
    client.force_login(person, backend=MODEL_BACKEND)
    session = client.session
    now = time.time()
    methods = [{"method": "password", "at": now, "email": person.email, "reauthenticated": fresh}]
    if factor:
        methods.append({"method": "mfa", "at": now, "type": "totp"})
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = methods
    session.save()
    return client
