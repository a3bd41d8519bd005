"""Calls of the world: R leads two; E is invited to both and has declined the second."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from matchmaking.actions.calls import Asked, Plan, create_call
from matchmaking.actions.invitations import Wanted, decline_call, invite
from matchmaking.models import Call
from members.models import Organisation, Tag
from tests.permissions.canaries import OFFICE

if TYPE_CHECKING:
    from tests.permissions.world import World


def calls_of_consortia(world: World) -> None:
    """`led_call`: its part is the invitation to E, its slug a member that can be invited. `call_invitation`: E's."""
    own, lead = world.things["own"]["pk"], world.person("R")
    invited = Organisation.objects.get(legal_name="Uzina Vecină SA")
    readers = f"R E {OFFICE}"
    place = Asked(_a_word())

    def call(name: str) -> Call:
        text = world.canaries.plant(f"text of the {name} call", readers)
        deadline = timezone.localdate() + timedelta(days=90)
        return create_call(own, Plan(f"Call {name}", text, deadline, (place,)), by=lead)

    first, second = call("first"), call("second")
    words = world.canaries.plant("message of an invitation", f"E {OFFICE}")
    (waits,) = invite(first.pk, [Wanted(invited.pk, (place.tag,))], by=lead, message=words)
    (declined,) = invite(second.pk, [Wanted(invited.pk)], by=lead)
    reason = world.canaries.plant("reason of a no to a call", f"E {OFFICE}")
    decline_call(declined.pk, by=world.person("E"), reason=reason)
    free = world.things["members_only"]["slug"]
    world.things["led_call"] = {"key": first.key, "pk": waits.pk, "slug": free}
    world.things["second_call"] = {"key": second.key, "pk": declined.pk, "slug": free}
    world.things["call_invitation"] = {"key": waits.key}
    world.things["declined_invitation"] = {"key": declined.key}


def _a_word() -> int:
    word: Tag = Tag.objects.filter(scored=True, children__isnull=True, parent__isnull=False).order_by("position")[0]
    return int(word.pk)


def a_call(thing: dict[str, Any]) -> dict[str, Any]:
    """What the form of a call sends."""
    call = Call.objects.filter(key=thing["key"]).first() if "key" in thing else None
    return {
        "version": call.version if call else "",
        "title": "Another call",
        "text": "What it is about.",
        "deadline": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "size": "5",
        "answer_days": "10",
        "least_countries": "1",
        "place-TOTAL_FORMS": "1",
        "place-INITIAL_FORMS": "0",
        "place-0-word": Tag.objects.get(pk=_a_word()).code,
        "place-0-must": "1",
    }


CALLS: dict[str, Any] = {
    "matchmaking:call-new": lambda _w, thing: a_call(thing),
    "matchmaking:call-edit": lambda _w, thing: a_call(thing),
    "matchmaking:call-invite": lambda _w, thing: {"member": [thing.get("slug", "")], "message": "Join us."},
    "matchmaking:call-answer": {"answer": "yes"},
}
