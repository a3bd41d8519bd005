"""Fills an empty portal with the demonstration, all or nothing; a portal that holds anything already is left alone."""

from collections.abc import Callable
from itertools import islice

from django.db import transaction

from cluster_portal.common.models import Cluster, User
from cluster_portal.database import analyze
from cluster_portal.demonstration import accounts
from cluster_portal.demonstration.brokerage import meet
from cluster_portal.demonstration.events import hold
from cluster_portal.demonstration.happenings import happen
from cluster_portal.demonstration.matching import match
from cluster_portal.demonstration.organisations import begin, staff
from cluster_portal.demonstration.reading import Company, Scenario, companies, known_presets, scenario
from cluster_portal.demonstration.requests import Stage, play
from cluster_portal.demonstration.searches import keep_searches
from members.actions.membership import admit
from members.enums import AccessRole, MembershipBasis
from members.models import Organisation, Representation

Say = Callable[[str], None]


def seed(say: Say) -> bool:
    """Bring the demonstration in; False when there was nothing to do. Says why."""
    with transaction.atomic():
        cluster = Cluster.objects.select_for_update().first()  # two seedings at once: the second waits, then finds it
        if cluster is None:
            say("There is no cluster yet: run load_preset first.")
            return False
        if cluster.code not in known_presets():
            say(f"There are no demonstration data for the cluster {cluster.code}; known: {', '.join(known_presets())}.")
            return False
        if Organisation.objects.filter(demonstration=True).exists():
            accounts.reopen_accounts()
            say("The demonstration data are there already.")
            return False
        if Organisation.objects.exists() or User.objects.exists():
            say("There are organisations or people here already: the demonstration data are left out.")
            return False
        _fill(cluster.code, say)
        analyze()
    return True


def _fill(preset: str, say: Say) -> None:
    every = companies(preset)
    story = scenario(preset)
    applicants = {key for keys in story.requests.values() for key in keys}
    founders = [company for company in every if company.key not in applicants]
    people = accounts.sign_ins()
    say(f"{len(people)} people to sign in as")
    acting = _representatives(every, story, people)
    say(f"{len(founders)} founding members")
    for company in founders:
        _found(company, acting[company.key], story, people)
    board = accounts.appoint_board(people)
    say(f"A Board of {len(board)} and {len(applicants)} requests, in every state")
    office = User.objects.get(pk=people["office"].pk)
    by_key = {company.key: company for company in every}
    play(Stage(board=board, office=office, people=acting, companies=by_key, scenario=story))
    happen(story, acting, office)
    say(f"{hold(acting, office)} events, past and to come")
    say("Interests, introductions and a proposal among members that match")
    match(story, acting, office)
    member = Organisation.objects.get(representations__user=acting[story.desks["member"]])
    say(f"{meet(member, office)} brokerage days")
    say("A board of opportunities, and searches that the member keeps")
    keep_searches(story, acting)


def _representatives(every: tuple[Company, ...], story: Scenario, people: dict[str, User]) -> dict[str, User]:
    """Organisation key -> who acts for it."""
    known = {story.desks[key]: person for key, person in people.items() if key in story.desks}
    known[story.requests["draft"][0]] = people["applicant"]
    known[story.requests["returned"][0]] = people["returned"]
    return accounts.representatives(every, known)


def _found(company: Company, representative: User, story: Scenario, people: dict[str, User]) -> None:
    organisation = begin(company)
    size = {"micro": 0, "small": 1, "medium": 2}.get(organisation.size_class, 3)
    staff(organisation, company, representative, list(islice(accounts.names(), company.number * 4, None, 1))[:size])
    Representation.objects.create(organisation=organisation, user=representative, role=AccessRole.REPRESENTATIVE)
    if company.key == story.desks["member"]:
        Representation.objects.create(
            organisation=organisation, user=people["contributor"], role=AccessRole.CONTRIBUTOR
        )
    admit(
        organisation,
        "founding",
        basis=MembershipBasis.FOUNDING,
        words="Actul de înființare",
        resolution=None,
        by=None,
        on=story.founded_on,
    )
