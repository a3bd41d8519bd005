"""Moves a request from state to state: the one function that does, used by applicant, office, Board and timetable."""

from typing import Any

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members.models import AdhesionRequest, AdhesionTransition
from members.rules.lifecycle import Actor, State, check


def locked(pk: int) -> AdhesionRequest:
    """The request, its row locked until the end of the transaction; whoever comes second waits."""
    return AdhesionRequest.objects.select_for_update(of=("self",)).select_related("organisation", "statute").get(pk=pk)


def move(
    request: AdhesionRequest,
    target: State,
    verb: str,
    actor: Actor,
    *,
    by: User | None,
    article: str = "",
    note: str = "",
    **details: Any,
) -> AdhesionTransition:
    """Take a locked request to `target`; raises Unlawful when the statute knows no such step.

    Saves the request with whatever else was set on it, adds the step to its history and a line to the trail.
    """
    source = State(request.state)
    check(source, target, verb, actor)
    request.state = target.value
    request.version += 1
    request.save()
    step = AdhesionTransition.objects.create(
        request=request,
        source=source.value,
        target=target.value,
        verb=verb,
        actor=actor.value,
        by=by,
        article=article,
        note=note,
        details=details,
    )
    audit.record(f"adhesion_{verb}", request, by=by, source=source.value, target=target.value, article=article)
    return step
