"""What matchmaking keeps of a word or a capability, when another one takes its place."""

from matchmaking.models import Call, CallInvitation, CallPlace, Interest, ProposalSide, Reference, SavedSearch
from members.models import Tag


def follow_word(ended: int, heir: int) -> None:
    """Searches, interests, references, calls and their invitations ask for the heir from now on.

    A call that asked for both asks once, for what was stricter. Runs in the transaction of the merge.
    """
    SavedSearch.objects.filter(tag=ended).update(tag=heir)
    Interest.objects.filter(about=ended).update(about=heir)
    _places(ended, heir)
    word, goal = Tag.objects.get(pk=ended), Tag.objects.get(pk=heir)
    for reference in Reference.objects.filter(tags=ended).order_by("pk"):
        reference.tags.add(goal)
        reference.tags.remove(word)
    for invitation in CallInvitation.objects.filter(wanted_for=ended).order_by("pk"):
        invitation.wanted_for.add(goal)
        invitation.wanted_for.remove(word)


def _places(ended: int, heir: int) -> None:
    asking = CallPlace.objects.filter(tag=ended).order_by("call_id")
    list(Call.objects.select_for_update().filter(pk__in=asking.values("call_id")).order_by("pk"))
    for place in asking:
        other = CallPlace.objects.filter(call=place.call_id, tag=heir).first()
        if other is None:
            place.tag_id = heir
            place.save(update_fields=["tag"])
            continue
        other.must = other.must or place.must
        levels = [level for level in (other.least_trl, place.least_trl) if level is not None]
        other.least_trl = max(levels, default=None)
        other.save(update_fields=["must", "least_trl"])
        place.delete()


def follow_capability(ended: int, stays: int) -> None:
    """A proposal about a capability that ends is about the one that stays."""
    ProposalSide.objects.filter(item=ended).update(item=stays)
