"""What else has happened among the members: a suspension, a notice, a change asked for, an invitation, an objection."""

from cluster_portal.common.models import User
from cluster_portal.demonstration.reading import Scenario
from members.actions.changes import identity_of, request_change
from members.actions.membership import change_membership
from members.actions.objections import lodge_objection
from members.actions.people import invite_colleague
from members.enums import AccessRole, AdhesionState
from members.models import AdhesionRequest, Membership, Organisation
from members.queries.statute import statute_in_force


def happen(story: Scenario, acting: dict[str, User], office: User) -> None:
    """By the actions of those who really do it. `acting`: key of an organisation -> who acts for it."""
    _memberships(story, acting, office)
    member = acting[story.desks["member"]]
    organisation = Organisation.objects.get(representations__user=member)
    wanted = {**identity_of(organisation), "street": "Strada Aripilor 5"}
    request_change(organisation.pk, by=member, wanted=wanted, reason="Ne-am mutat în hala vecină.")
    invite_colleague(
        organisation.pk,
        by=member,
        email=f"coleg@{story.desks['member']}.example.org",
        role=AccessRole.CONTRIBUTOR,
        language="ro",
        full_name="Coleg Invitat",
    )
    _objection(acting[story.desks["objects"]])


def _memberships(story: Scenario, acting: dict[str, User], office: User) -> None:
    """One member is suspended and one has given notice."""
    articles = statute_in_force().parameters
    for desk, verb, article, basis in (
        ("suspended", "suspend", "suspension_effects", "Restanță la cotizație, hotărârea adunării generale 4/2026"),
        ("notice", "give_notice", "withdrawal_notice_days", "Notificarea membrului, înregistrată la secretariat"),
    ):
        membership = Membership.objects.live().get(organisation__representations__user=acting[story.desks[desk]])
        change_membership(membership.pk, verb, by=office, basis=basis, article=articles.article(article))


def _objection(by: User) -> None:
    """Where the statute lets members object, one has."""
    request = AdhesionRequest.objects.filter(state=AdhesionState.OBJECTION).order_by("pk").first()
    if request is not None:
        own = Organisation.objects.get(representations__user=by)
        reasons = "Solicitantul a folosit marca noastră fără acord; cerem clarificări înainte de vot."
        lodge_objection(request.pk, by=by, organisation=own.pk, reasons=reasons)
