"""Closes rounds: writes what the engine computed, with its resolution, membership, register line, trail and letters."""

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members import emails
from members.actions.counters import next_number
from members.actions.membership import admit
from members.actions.steps import move
from members.enums import DecidingBody, MembershipBasis, Outcome
from members.enums import Result as StoredResult
from members.models import AdhesionRequest, Resolution, Round
from members.queries.board import Standings, ballots_digest, standings
from members.rules.ballots import Choice, Result
from members.rules.deadlines import local_day
from members.rules.lifecycle import Actor, State
from members.wording import no_majority


def abandon(vote: Round) -> None:
    """Close a locked round without a result: the request left the Board's hands."""
    _seal(vote, StoredResult.ABANDONED.value)
    audit.record("round_abandoned", vote, by=None)


def conclude(vote: Round, request: AdhesionRequest, *, by: User | None) -> Result:
    """Close a locked round of a locked request with the result of its ballots, and carry the result out."""
    now = standings(vote)
    result = now.result()
    _seal(vote, result.value)
    audit.record("round_closed", vote, by=by, result=result.value, number=vote.number)
    if result is Result.ADOPTED:
        _approve(request, _resolve(now, request, Outcome.APPROVED, by), by=by)
    elif result is Result.REJECTED:
        _reject(request, _resolve(now, request, Outcome.REJECTED, by))
    else:
        _adjourn(request, result.value if now.can_decide else "too_few", now)
    return result


def _seal(vote: Round, result: str) -> None:
    vote.closed_at = timezone.now()
    vote.result = result
    vote.digest = ballots_digest(vote)
    vote.save(update_fields=["closed_at", "result", "digest"])


def _resolve(now: Standings, request: AdhesionRequest, outcome: Outcome, by: User | None) -> Resolution:
    """Write the numbered resolution with the figures it rests on."""
    moment = timezone.now()
    year = local_day(moment).year
    matter = now.round.matter
    resolution = Resolution.objects.create(
        body=DecidingBody.BOARD,
        year=year,
        number=next_number("resolution:board", year),
        round=now.round,
        request=request,
        statute=now.round.statute,
        outcome=outcome,
        motive=_motive(now) if outcome == Outcome.REJECTED else "",
        articles=sorted({now.rules.article("adhesion"), now.rules.article(f"matters.{matter}")} - {""}),
        figures={
            "in_office": now.count.in_office,
            "recused": now.count.recused,
            "present": now.count.present_count,
            "for": now.count.for_,
            "against": now.count.against,
            "abstain": now.count.abstain,
            "quorum": now.progress.quorum_need,
            "convening": now.round.convening,
            "procedure": now.round.procedure,
            "recused_names": [str(view.seat.user) for view in now.seats if view.seat.recused],
        },
    )
    audit.record("resolution", resolution, by=by, outcome=outcome.value, request=request.number)
    return resolution


def _motive(now: Standings) -> str:
    """The motives of those against; where nobody voted against, the figures that did not make a majority."""
    motives = [
        view.ballot.motive
        for view in now.seats
        if view.counted and view.ballot and view.ballot.choice == Choice.AGAINST.value
    ]
    return "\n\n".join(dict.fromkeys(motives)) or no_majority(now.count.for_, now.count.against, now.count.abstain)


def _approve(request: AdhesionRequest, resolution: Resolution, *, by: User | None) -> None:
    request.decided_at = resolution.decided_at or timezone.now()
    move(
        request,
        State.APPROVED,
        "approve",
        Actor.ENGINE,
        by=None,
        article=_article(resolution),
        resolution=str(resolution),
    )
    admit(
        request.organisation,
        request.membership_type_id or "",
        basis=MembershipBasis.RESOLUTION,
        words=f"{resolution.number}/{resolution.year}",
        resolution=resolution,
        by=by,
    )
    emails.adhesion_approved(request, resolution)


def _reject(request: AdhesionRequest, resolution: Resolution) -> None:
    request.decided_at = resolution.decided_at or timezone.now()
    move(
        request,
        State.REJECTED,
        "reject",
        Actor.ENGINE,
        by=None,
        article=_article(resolution),
        resolution=str(resolution),
    )
    emails.adhesion_rejected(request, resolution, timezone.localdate())


def _adjourn(request: AdhesionRequest, why: str, now: Standings) -> None:
    request.adjournments += 1
    article = now.rules.article(f"matters.{now.round.matter}")
    step = move(request, State.ADJOURNED, "adjourn", Actor.ENGINE, by=None, article=article, why=why)
    emails.adhesion_adjourned(request, step.pk, why)


def _article(resolution: Resolution) -> str:
    return resolution.statute.parameters.article(f"matters.{resolution.round.matter}" if resolution.round else "appeal")


@transaction.atomic
def record_appeal(request: AdhesionRequest, *, by: User, upheld: bool, motive: str, membership_type: str) -> Resolution:
    """Record what the assembly decided on an appeal, as its next resolution. The request is locked already."""
    moment = timezone.now()
    year = local_day(moment).year
    statute = request.statute
    assert statute is not None  # a contested request was submitted
    resolution = Resolution.objects.create(
        body=DecidingBody.ASSEMBLY,
        year=year,
        number=next_number("resolution:assembly", year),
        request=request,
        statute=statute,
        outcome=Outcome.APPROVED if upheld else Outcome.REJECTED,
        motive=motive,
        articles=[statute.parameters.article("appeal")],
        figures={},
    )
    audit.record("resolution", resolution, by=by, outcome=resolution.outcome, request=request.number)
    request.decided_at = moment
    target, verb = (State.APPROVED, "uphold_appeal") if upheld else (State.REJECTED, "dismiss_appeal")
    move(request, target, verb, Actor.ENGINE, by=by, article=_article(resolution), resolution=str(resolution))
    if upheld:
        admit(
            request.organisation,
            membership_type,
            basis=MembershipBasis.RESOLUTION,
            words=f"{resolution.number}/{resolution.year}",
            resolution=resolution,
            by=by,
        )
        emails.adhesion_approved(request, resolution)
    else:
        emails.adhesion_rejected(request, resolution, timezone.localdate())
    return resolution
