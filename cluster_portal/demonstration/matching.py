"""What has come of the demonstration's matches: interests in every state, introductions on their way, a proposal."""

from cluster_portal.common.models import User
from cluster_portal.demonstration.consortia import call_together
from cluster_portal.demonstration.reading import Scenario
from matchmaking.actions.interests import accept_interest, decline_interest, express_interest, withdraw_interest
from matchmaking.actions.introductions import record_stage
from matchmaking.actions.proposals import Proposed, answer_proposal, propose
from matchmaking.actions.standing import put_aside
from matchmaking.actions.upkeep import refresh_places, refresh_weights
from matchmaking.models import Introduction, MatchProfile
from matchmaking.queries.matches import broker_matches, matches
from members.enums import AccessRole, Direction, Visibility
from members.models import Capability, Organisation, Representation

HELLO = (
    "Am văzut ce oferiți și credem că merită să vorbim: avem de curând o comandă la care ne-ar ajuta.",
    "Căutăm un partener pentru un proiect comun; am putea începe cu o vizită la laboratorul nostru.",
    "Ne-ar interesa o colaborare de durată, începând cu un proiect-pilot mic.",
    "Pregătim o propunere de proiect și ne lipsește tocmai ce faceți dumneavoastră.",
)


def match(story: Scenario, acting: dict[str, User], office: User) -> None:
    """By the actions of those who really do it, around the member that the sign-ins show first."""
    refresh_weights()
    member = Organisation.objects.get(representations__user=acting[story.desks["member"]])
    by = acting[story.desks["member"]]
    partners = [found.partner for found in matches(member.pk).best]
    _sent(member, by, partners[:5])
    _received(member, by, partners[5:7])
    if len(partners) > 7:
        put_aside(member.pk, partners[7].pk, by=by, reason="known")
    if len(partners) > 8:
        _asked(member, partners[8], office)
    _elsewhere({member.pk, *(partner.pk for partner in partners[:9])})
    _proposed(office)
    call_together(member, by)
    refresh_places()


def speaker(organisation: Organisation) -> User:
    """The first representative of a member."""
    people = Representation.objects.current().filter(organisation=organisation, role=AccessRole.REPRESENTATIVE)
    return people.select_related("user").order_by("pk")[0].user


def _sent(member: Organisation, by: User, partners: list[Organisation]) -> None:
    """Accepted and far on its way, accepted just now, waiting, refused in silence, taken back."""
    for place, partner in enumerate(partners):
        words = HELLO[place % len(HELLO)]
        interest = express_interest(member.pk, partner.pk, by=by, message=words, confirms=True)
        other = speaker(partner)
        if place < 2:
            introduction = accept_interest(interest.pk, by=other, confirms=True)
            if place == 0:
                _advance(introduction, (member, by), (partner, other))
        elif place == 3:
            decline_interest(interest.pk, by=other, reason="Lucrăm deja cu altcineva.")
        elif place == 4:
            withdraw_interest(interest.pk, by=by)


def _advance(introduction: Introduction, mine: tuple[Organisation, User], theirs: tuple[Organisation, User]) -> None:
    for (side, person), stage, note in (
        (mine, "met", "Întâlnire la sediul nostru."),
        (theirs, "met", ""),
        (mine, "nda", "Acord semnat de ambele părți."),
        (theirs, "pilot", "Trei prototipuri până în toamnă."),
    ):
        record_stage(introduction.pk, side.pk, by=person, stage=stage, note=note)


def _received(member: Organisation, by: User, partners: list[Organisation]) -> None:
    """What waits for the answer of the member."""
    for place, partner in enumerate(partners):
        express_interest(
            partner.pk, member.pk, by=speaker(partner), message=HELLO[-1 - place % len(HELLO)], confirms=True
        )


def _asked(member: Organisation, partner: Organisation, office: User) -> None:
    """A proposal of the office that waits for the answer of the member."""
    propose(
        Proposed(member.pk, "Un constructor care caută un partener pentru încercări comune."),
        Proposed(partner.pk, "V-am cunoscut pe amândoi la seminarul de primăvară: cred că merită o întâlnire."),
        by=office,
    )


def _elsewhere(busy: set[int]) -> None:
    """Two others that met: one introduction is closed, with its reason."""
    for member in MatchProfile.objects.exclude(pk__in=busy).select_related("member").order_by("pk"):
        partner = next((m.partner for m in matches(member.pk).best if m.pair.partner_id not in busy), None)
        if partner is not None:
            mine, theirs = speaker(member.member), speaker(partner)
            interest = express_interest(member.pk, partner.pk, by=mine, message=HELLO[0], confirms=True)
            introduction = accept_interest(interest.pk, by=theirs, confirms=True)
            for side, person in ((member.pk, mine), (partner.pk, theirs)):
                record_stage(introduction.pk, side, by=person, stage="met")
                record_stage(introduction.pk, side, by=person, stage="closed", note="Bugetul a fost amânat.")
            return


def _proposed(office: User) -> None:
    """The office brokers a need that only it sees; one side has said yes."""
    hidden = Capability.objects.filter(
        direction=Direction.SOUGHT, visibility=Visibility.OFFICE, organisation__match_profile__isnull=False
    )
    for need in hidden.select_related("organisation", "tag").order_by("pk"):
        owner = need.organisation
        taken = {pk for one in Introduction.objects.of(owner.pk) for pk in (one.first_id, one.second_id)}
        for pair, reasons in broker_matches(owner.pk):
            met = any(reason.mine and reason.need_item == need.pk for reason in reasons)
            if met and pair.partner_id not in taken:
                proposal = propose(
                    Proposed(owner.pk, f"Un membru al clusterului caută: {need.tag.name_ro}.", item=need.pk),
                    Proposed(pair.partner_id, "Un membru care oferă ceea ce căutați."),
                    by=office,
                )
                partner = Organisation.objects.get(pk=pair.partner_id)
                answer_proposal(proposal.pk, partner.pk, by=speaker(partner), yes=True, confirms=True)
                return
