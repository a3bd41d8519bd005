"""The world that the permission matrix is tried in: one person for each role, one thing for each kind of door."""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail, User
from members.actions import board, office
from members.actions.membership import change_membership
from members.models import AdhesionRequest, Organisation, Representation, Round
from tests import factories

ROLES = ("V", "U", "A", "R", "E", "X", "D", "DR", "M", "S", "N")
"""V visitor, U address not confirmed, A applicant, R representative of the member that owns the thing, E of another
member, X of a suspended member, D director, DR director who stepped aside or is tied, M cluster manager, S superuser
(D to S with a second factor), N cluster manager whose session has none."""
WITH_FACTOR = {"D", "DR", "M", "S"}


@dataclass
class World:
    """People by role, and the address parts of each named thing."""

    people: dict[str, User | None]
    things: dict[str, dict[str, Any]] = field(default_factory=dict)


def build() -> World:
    """A cluster with a Board, members, a suspended member and requests in the states that doors ask for."""
    factories.a_cluster()
    directors = factories.a_board()
    people: dict[str, User | None] = {
        "V": None,
        "U": User.objects.create_user("unconfirmed@example.org", factories.PASSWORD, language="en"),
        "A": factories.a_user("applicant@example.org"),
        "R": factories.a_user("representative@example.org"),
        "E": factories.a_user("other@example.org"),
        "X": factories.a_user("suspended@example.org"),
        "D": directors[1],
        "DR": directors[3],
        "M": factories.an_office_person("manager@example.org"),
        "S": factories.a_user("super@example.org", is_staff=True, is_superuser=True),
        "N": factories.an_office_person("nofactor@example.org"),
    }
    EmailAddress.objects.create(user=people["U"], email="unconfirmed@example.org", verified=False, primary=True)
    world = World(people)
    _members(world)
    _requests(world, directors)
    _desk(world)
    return world


def _members(world: World) -> None:
    own = factories.a_member("Fabrica Proprie SRL", user=world.people["R"])
    factories.a_member("Uzina Vecină SA", user=world.people["E"])
    suspended = factories.a_member("Atelierul Oprit SRL", user=world.people["X"])
    manager = world.people["M"]
    assert manager is not None
    change_membership(suspended.pk, "suspend", by=manager, basis="Resolution 9/2026", article="7")
    hidden = factories.a_member("Laboratorul Ascuns SRL", show_profile="members")
    hidden.organisation.show_profile = "members"
    hidden.organisation.save()
    world.things["own"] = {"slug": own.organisation.slug}
    world.things["suspended"] = {"slug": suspended.organisation.slug}
    world.things["members_only"] = {"slug": hidden.organisation.slug}
    world.things["nobody"] = {"slug": "no-such-member"}


def _requests(world: World, directors: list[User]) -> None:
    applicant = world.people["A"]
    draft = factories.a_draft()
    submitted = factories.a_submitted_request()
    returned = factories.a_submitted_request()
    office.return_request(returned.pk, by=_person(world, "M"), items=[{"code": "onrc", "note": "Older than 90 days."}])
    complete = factories.a_complete_request(by=_person(world, "M"))
    live = factories.an_open_round(directors)
    tied = _person(world, "DR")
    board.declare_interest(live.pk, by=tied, has_interest=True, interest="My brother works there.")
    factories.votes(live, directors[0], "for")
    board.declare_interest(live.pk, by=_person(world, "D"), has_interest=False)
    rejected = factories.an_open_round(directors)
    for director in (*directors[:3], directors[4]):
        if AdhesionRequest.objects.get(pk=rejected.request_id).state == "deliberation":
            factories.votes(rejected, director, "against", "No contribution is shown.")
    approved = factories.an_open_round(directors)
    for director in (*directors[:3], directors[4]):
        if AdhesionRequest.objects.get(pk=approved.request_id).state == "deliberation":
            factories.votes(approved, director, "for")
    for name, request in {
        "draft": draft,
        "submitted": submitted,
        "returned": returned,
        "complete": complete,
        "live": live.request,
        "rejected": rejected.request,
    }.items():
        _hand_over(request, applicant)
        world.things[name] = {"key": request.key, "pk": request.pk, "document": request.documents.earliest("id").key}
    twin = factories.a_submitted_request()
    world.things["twin"] = {"key": twin.key, "pk": twin.pk, "document": twin.documents.earliest("id").key}
    world.things["live_round"] = {"pk": live.pk}
    world.things["closed_round"] = {"pk": Round.objects.get(pk=approved.pk).pk}
    # A director who represents the applicant of the rejected and the submitted file is tied to them.
    for request in (submitted, returned, complete):
        Representation.objects.create(organisation=request.organisation, user=tied, role="contributor")


def _hand_over(request: AdhesionRequest, applicant: User | None) -> None:
    """Make the applicant of the matrix the owner of a request that somebody else made."""
    assert applicant is not None
    AdhesionRequest.objects.filter(pk=request.pk).update(applicant=applicant)
    Representation.objects.filter(organisation=request.organisation_id).update(user=applicant)


def _person(world: World, role: str) -> User:
    person = world.people[role]
    assert person is not None
    return person


def _desk(world: World) -> None:
    world.things["letter"] = {"pk": OutgoingMail.objects.earliest("id").pk}
    world.things["audit"] = {"pk": AuditEvent.objects.earliest("id").pk}
    world.things["cluster"] = {"pk": Cluster.objects.get().pk}
    world.things["organisation"] = {"pk": Organisation.objects.earliest("id").pk}


def client_of(world: World, role: str) -> Client:
    """A browser in which this role has signed in; with the second factor where the role has one."""
    client = Client()
    person = world.people[role]
    if person is None or role == "U":
        return client
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    methods = [{"method": "password", "at": timezone.now().timestamp(), "email": person.email}]
    if role in WITH_FACTOR:
        methods.append({"method": "mfa", "at": timezone.now().timestamp(), "type": "totp"})
    session["account_authentication_methods"] = methods
    session.save()
    return client


