"""The file on one page, with the ballot beside it for a director."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.common import wording
from cluster_portal.common.models import AuditEvent
from members.admin.pages import of_a_file, page, person
from members.forms.desk import BallotForm
from members.models import AdhesionRequest, AdhesionTransition
from members.permissions import can_handle_file, can_vote, leads_the_board, standing, viewer_of
from members.queries.desk import next_to_vote, term_of
from members.queries.files import Background, Happening, background_of, history_of, read_file
from members.queries.tally import Tally, closed_rounds_of, last_resolution, open_round_of, tally
from members.rules.lifecycle import State
from members.wording import sentence


@dataclass(frozen=True)
class Acts:
    """Which buttons this person has on this file in its present state."""

    send_back: bool
    complete: bool
    appeal: bool
    open_round: bool
    vote: bool
    presence: bool
    demand: bool


def acts_of(request: HttpRequest, adhesion: AdhesionRequest, now: Tally | None) -> Acts:
    office = can_handle_file(request.user)
    leads = leads_the_board(request.user)
    vote = now.standings.round if now else None
    meeting = vote is not None and vote.procedure == "meeting"
    waits = adhesion.state in {State.COMPLETE, State.DELIBERATION, State.ADJOURNED} or (
        adhesion.state == State.OBJECTION
        and adhesion.objections_until is not None
        and adhesion.objections_until < timezone.localdate()
    )
    voter = vote is not None and can_vote(request.user, vote)
    force = vote is not None and vote.statute.parameters.written(vote.matter).any_director_may_force_meeting
    return Acts(
        send_back=office and adhesion.state == State.SUBMITTED,
        complete=office and adhesion.state == State.SUBMITTED,
        appeal=office and adhesion.state == State.APPEALED,
        open_round=leads and waits and vote is None,
        vote=voter,
        presence=leads and meeting,
        demand=voter and not meeting and force,
    )


@of_a_file
def file_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    return file_page(request, adhesion)


def file_page(
    request: HttpRequest,
    adhesion: AdhesionRequest,
    *,
    form: BallotForm | None = None,
    refusal: str = "",
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; `form` and `refusal` when a ballot could not be taken, `kept` what was typed for a closed round."""
    today = timezone.localdate()
    values = {
        "title": adhesion.number,
        "adhesion": adhesion,
        "refusal": refusal,
        "kept": kept,
        "term": term_of(adhesion, today),
        "jumps": _jumps(),
        "history": [entry_of(one) for one in history_of(adhesion)],
        **_about_the_file(request, adhesion, today),
        **_about_the_board(request, adhesion, form),
    }
    return page(request, "file", values, status)


def _about_the_file(request: HttpRequest, adhesion: AdhesionRequest, today: date) -> dict[str, Any]:
    """What was handed in, and what else is known of who handed it in."""
    file = read_file(adhesion, today)
    background = background_of(adhesion, today)
    return {
        "file": file,
        "lacking": [
            {"label": sentence(one, names=_names(file.documents)), "ok": False, "source": _article(one.article)}
            for one in file.completeness.missing
        ],
        "capabilities": [(_("Offers"), file.offered), (_("Seeks"), file.sought)],
        "may_write": "contact" in viewer_of(request.user).levels,
        "background": background,
        "my_hints": _my_hints(request, background),
        "names_of_interests": leads_the_board(request.user) or not standing(request.user).director,
    }


def _about_the_board(request: HttpRequest, adhesion: AdhesionRequest, form: BallotForm | None) -> dict[str, Any]:
    """What stands beside the file: the round, the ballot, the buttons, the result, the next file."""
    user = person(request)
    vote = open_round_of(adhesion)
    now = tally(vote, user) if vote else None
    acts = acts_of(request, adhesion, now)
    closed = [tally(one, user) for one in closed_rounds_of(adhesion)]
    resolution = last_resolution(adhesion)
    return {
        "vote": vote,
        "now": now,
        "acts": acts,
        "form": form or _ballot_form(now),
        "closed": closed,
        "resolution": resolution,
        "beside": bool(vote or resolution or closed or acts.open_round or acts.complete or acts.appeal),
        "onward": next_to_vote(user, adhesion.pk) if standing(user).director else None,
    }


def _names(rows: list[Any]) -> dict[str, str]:
    return {row.kind.code: row.kind.name for row in rows}


def _article(number: str) -> str:
    return _("art. %(number)s") % {"number": number} if number else ""


def _ballot_form(now: Tally | None) -> BallotForm | None:
    """The ballot as it stands: an earlier vote's motive is kept for changing it; no choice is suggested."""
    if now is None or now.mine is None:
        return None
    motive = now.mine.ballot.motive if now.mine.ballot else ""
    return BallotForm(declared=now.mine.seat.declared_at is not None, initial={"motive": motive})


def _my_hints(request: HttpRequest, background: Background) -> list[Any]:
    return next((list(hints) for user, hints in background.interests if user.pk == request.user.pk), [])


def _jumps() -> list[tuple[str, str, bool]]:
    """Ways within the page."""
    places = [
        (_("File"), "file"),
        (_("Documents"), "docs"),
        (_("Capabilities"), "can"),
        (_("People"), "people"),
        (_("What else is known"), "known"),
        (_("What happened"), "hist"),
    ]
    return [(label, f"#{anchor}", False) for label, anchor in places]


def entry_of(one: Happening) -> dict[str, Any]:
    """A line of the history, as the log component draws it."""
    if one.step is not None:
        return {"at": one.at, "text": _step_words(one.step), "by": one.step.by or "", "note": _step_note(one.step)}
    event = one.event
    assert event is not None  # a happening is one or the other
    return {"at": one.at, "text": wording.told(event), "by": event.actor_name, "note": ""}


def _step_words(step: AdhesionTransition) -> str:
    event = AuditEvent(verb=f"adhesion_{step.verb}", params=step.details)
    said = wording.told(event)
    return f"{said} ({_article(step.article)})" if step.article else said


def _step_note(step: AdhesionTransition) -> str:
    items = [item.get("note") or item.get("code", "") for item in step.details.get("items", [])]
    return " · ".join(part for part in [step.note, *items] if part)
