"""Searches that the member of the demonstration keeps, and a new need that answers one of them."""

from cluster_portal.common.models import User
from cluster_portal.demonstration.matching import speaker
from cluster_portal.demonstration.reading import Scenario
from matchmaking.actions.announcing import announce
from matchmaking.actions.searches import save_search
from matchmaking.enums import LetterRhythm
from members.actions.profile_parts import save_capability
from members.enums import Direction, Visibility
from members.models import Membership, Organisation, Tag
from members.models.capability import MOST_NEEDS

TEXTS = {
    "note_ro": "Căutăm un partener pentru o serie de încercări în toamnă; avem deja buget.",
    "note_en": "We look for a partner for a series of trials in autumn; the budget is there.",
}


def keep_searches(story: Scenario, acting: dict[str, User]) -> None:
    """The member wishes to hear of needs that are a must at once, and of mature offers once a week."""
    announce()  # what stands in the profiles already is no news
    by = acting[story.desks["member"]]
    musts = {"direction": Direction.SOUGHT, "weight": 2}
    save_search(by=by, name="Nevoi obligatorii", rhythm=LetterRhythm.INSTANT, wishes=musts)
    mature = {"direction": Direction.OFFERED, "trl": 8, "sides": ["dual", "defence"]}
    save_search(by=by, name="Oferte mature pentru apărare", rhythm=LetterRhythm.WEEKLY, wishes=mature)
    _a_need_comes(Organisation.objects.get(representations__user=by))
    announce()


def _a_need_comes(reader: Organisation) -> None:
    """Another member states a need, as its representative would."""
    others = Membership.objects.listed().exclude(organisation=reader).select_related("organisation")
    for membership in others.order_by("organisation__sort_key", "pk"):
        owner = membership.organisation
        stated = owner.capabilities.filter(direction=Direction.SOUGHT).values("tag")
        if owner.side == "civil" or len(stated) >= MOST_NEEDS:
            continue
        offered = Tag.objects.filter(capabilities__organisation=reader, capabilities__direction=Direction.OFFERED)
        word = offered.filter(active=True).exclude(pk__in=stated).order_by("position").first()
        if word is not None:
            values = {"side": owner.side, "trl": 6, "weight": 2, "visibility": Visibility.MEMBERS, **TEXTS}
            save_capability(owner.pk, by=speaker(owner), values=values, direction=Direction.SOUGHT, tag=word.pk)
            return
