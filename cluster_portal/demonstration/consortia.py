"""Calls of the demonstration: one with a yes, a no and an open answer, one to which the shown member is invited."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from cluster_portal.common.models import User
from matchmaking.actions.calls import Asked, Plan, create_call
from matchmaking.actions.invitations import Wanted, accept_call, decline_call, invite
from matchmaking.models import Call, MatchProfile
from matchmaking.queries.consortium import asked_by, called, candidates
from matchmaking.rules.teams import teams_for
from members.enums import AccessRole, Direction, Visibility
from members.models import Capability, Organisation, Representation

TEXT = (
    "Finanțatorul cere un lanț întreg, de la materiale și senzori la încercări și integrare, cu un utilizator final "
    "aproape de proiect. Durata este de 36 de luni. Căutăm parteneri care au mai dus un prototip până la încercări în "
    "condiții reale."
)

WORDS = "Pregătim o propunere comună și credem că partea dumneavoastră este hotărâtoare. Răspundem la orice întrebare."


def call_together(member: Organisation, by: User) -> None:
    """The member leads a call; another one invites it to a second."""
    call = _call(member, by, "Fondul European de Apărare 2027: protecția infrastructurilor critice", skip=0)
    if call is None:
        return
    teams = teams_for(asked_by(call, []), candidates(call, [])).teams
    rows = [place.tag_id for place in call.places.all()]
    fills = {pk: tuple(tag for tag in rows if pk in team.fills[tag]) for team in teams for pk in team.members}
    wanted = [Wanted(pk, tags) for pk, tags in fills.items() if pk != member.pk][:3]
    sent = invite(call.pk, wanted, by=by, message=WORDS, confirms=True)
    if len(sent) > 1:
        accept_call(sent[0].pk, by=_speaker(sent[0].member_id), confirms=True)
        decline_call(sent[1].pk, by=_speaker(sent[1].member_id), reason="Nu avem oameni liberi în acest an.")
    _invited(member)


def _invited(member: Organisation) -> None:
    others = MatchProfile.objects.exclude(pk=member.pk).order_by("pk").values_list("pk", flat=True)
    for pk in others:
        lead = Organisation.objects.get(pk=pk)
        if Representation.objects.current().filter(organisation=pk, role=AccessRole.REPRESENTATIVE).exists():
            call = _call(
                lead, _speaker(pk), "Orizont Europa 2027: formare și echipamente pentru primul răspuns", skip=3
            )
            if call is not None:
                tags = tuple(place.tag_id for place in call.places.all())[:1]
                invite(call.pk, [Wanted(member.pk, tags)], by=_speaker(pk), message=WORDS, confirms=True)
            return


def _call(lead: Organisation, by: User, title: str, *, skip: int) -> Call | None:
    """A call for five capabilities that some members share, but not many; the last is only wished for."""
    shared = Capability.objects.filter(
        direction=Direction.OFFERED,
        visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS),
        organisation__match_profile__isnull=False,
        tag__scored=True,
        tag__active=True,
    ).exclude(organisation=lead)
    counted = Counter(shared.order_by("tag").values_list("tag", flat=True))
    tags = [tag for tag, count in sorted(counted.items(), key=lambda one: (-one[1], one[0])) if count >= 2]
    chosen = tags[skip : skip + 5]
    if len(chosen) < 3:
        return None
    places = tuple(Asked(tag, 6 if at < 3 else None, at < len(chosen) - 1) for at, tag in enumerate(chosen))
    plan = Plan(
        title,
        TEXT,
        timezone.localdate() + timedelta(days=75),
        places,
        size=7,
        roles={"university": 1, "industry": 2},
        countries=("RO",),
    )
    return called(create_call(lead.pk, plan, by=by).key)


def _speaker(organisation: int) -> User:
    people = Representation.objects.current().filter(organisation=organisation, role=AccessRole.REPRESENTATIVE)
    return people.select_related("user").order_by("pk")[0].user
