"""The letters of membership: one function each, written in the transaction of its cause.

The words are in templates/members/emails/<letter>.{subject.txt,body.txt,body.html}.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy

from cluster_portal.common import outbox
from cluster_portal.common.models import User
from members.enums import DecidingBody, Direction, Procedure
from members.models import (
    AdhesionRequest,
    Capability,
    ChangeRequest,
    Invitation,
    Organisation,
    Resolution,
    Round,
    Seat,
    TagSuggestion,
)
from members.queries.adhesion import hears_of, office_people, representatives
from members.queries.statute import statute_of
from members.rules.deadlines import appeal_ends_on

FIELDS = {field.name: field.verbose_name for field in Organisation._meta.concrete_fields}


def link(name: str, *args: object) -> str:
    """An address for a letter: always begins with the configured address of the portal."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def _to_applicant(letter: str, request: AdhesionRequest, cause: str, **context: Any) -> None:
    for person in hears_of(request):
        outbox.post(
            f"members/{letter}",
            person,
            cause=f"{letter}:{cause}",
            about=request,
            request=request,
            organisation=request.organisation,
            link=link("members:request", request.key),
            **context,
        )


def _article(request: AdhesionRequest, parameter: str) -> str:
    """The article that governs a parameter in the statute that judges the request."""
    return statute_of(request).parameters.article(parameter)


def adhesion_received(request: AdhesionRequest, transition: int) -> None:
    """To the applicant: the request arrived and has this number."""
    _to_applicant(
        "adhesion_received",
        request,
        str(transition),
        on=timezone.localdate(),
        article=_article(request, "required_documents"),
    )


def adhesion_returned(request: AdhesionRequest, transition: int, items: list[dict[str, str]], note: str) -> None:
    """To the applicant: what is missing, and until when. `items`: {"name_ro", "name_en", "note"}."""
    _to_applicant(
        "adhesion_returned",
        request,
        str(transition),
        items=items,
        note=note,
        article=_article(request, "completion_grace_days"),
    )


def adhesion_complete(request: AdhesionRequest, transition: int) -> None:
    """To the applicant: the file is complete, this is what happens now."""
    _to_applicant(
        "adhesion_complete",
        request,
        str(transition),
        article=_article(request, "decision_deadline_days"),
        objection_article=_article(request, "objection_window_days"),
    )


def adhesion_lapsed(request: AdhesionRequest, transition: int) -> None:
    """To the applicant: the file was not completed in time."""
    _to_applicant(
        "adhesion_lapsed",
        request,
        str(transition),
        join_link=link("members:join"),
        article=_article(request, "completion_grace_days"),
    )


def adhesion_adjourned(request: AdhesionRequest, transition: int, why: str) -> None:
    """To the applicant: the Board has not decided yet. `why`: "tie", "no_quorum", "too_few", "meeting"."""
    parameter = "written_procedure" if why == "meeting" else "matters.admission"
    _to_applicant("adhesion_adjourned", request, str(transition), why=why, article=_article(request, parameter))


def adhesion_approved(request: AdhesionRequest, resolution: Resolution) -> None:
    """To the applicant: member from today, with the resolution and what comes next."""
    _to_applicant(
        "adhesion_approved",
        request,
        str(resolution.pk),
        resolution=resolution,
        decided_at=resolution.decided_at or timezone.now(),
        article=_article(request, "adhesion"),
        profile_link=link("members:profile", request.organisation.slug),
        decision_link=link("members:request-decision", request.key),
    )


def adhesion_rejected(request: AdhesionRequest, resolution: Resolution, told_on: date) -> None:
    """To the applicant: refused, why, and until when it can be contested: once, so not after the assembly decided."""
    rules = resolution.statute.parameters
    last_word = resolution.body == DecidingBody.ASSEMBLY
    _to_applicant(
        "adhesion_rejected",
        request,
        str(resolution.pk),
        resolution=resolution,
        decided_at=resolution.decided_at or timezone.now(),
        article=rules.article("appeal" if last_word else "matters.admission"),
        appeal_until=None if last_word else appeal_ends_on(told_on, rules),
        appeal_article=rules.article("appeal"),
        organ=rules.appeal.organ,
        decision_link=link("members:request-decision", request.key),
    )


def board_asked(vote: Round, seat: Seat) -> None:
    """To a director: a round is open on this request."""
    _to_director("board_asked", vote, seat.user, f"{vote.pk}")


def board_reminded(vote: Round, seat: Seat, on: date) -> None:
    """To a director who has not voted yet; one a day at most."""
    _to_director("board_reminded", vote, seat.user, f"{vote.pk}:{on.isoformat()}")


def decision_overdue(request: AdhesionRequest, leader: User, on: date) -> None:
    """To the president or the secretary: the day by which the Board should have decided has passed; one a week."""
    week = on.isocalendar()
    outbox.post(
        "members/decision_overdue",
        leader,
        cause=f"decision_overdue:{request.pk}:{week.year}-{week.week}",
        about=request,
        request=request,
        organisation=request.organisation,
        article=_article(request, "decision_deadline_days"),
        link=link("admin:members_adhesionrequest_change", request.pk),
    )


def _to_director(letter: str, vote: Round, person: User, cause: str) -> None:
    written = vote.procedure == Procedure.WRITTEN
    outbox.post(
        f"members/{letter}",
        person,
        cause=f"{letter}:{cause}",
        about=vote.request,
        vote=vote,
        request=vote.request,
        organisation=vote.request.organisation,
        article=vote.statute.parameters.article("written_procedure" if written else f"matters.{vote.matter}"),
        link=link("admin:members_adhesionrequest_change", vote.request_id),
    )


def colleague_invited(invitation: Invitation, token: str, language: str) -> None:
    """To a colleague: an invitation with its key, which is nowhere else."""
    outbox.post(
        "members/colleague_invited",
        invitation.email,
        cause=f"colleague_invited:{invitation.pk}",
        about=invitation,
        language=language,
        confidential=True,
        invitation=invitation,
        organisation=invitation.organisation,
        link=link("members:invitation", token),
    )


def change_answered(change: ChangeRequest) -> None:
    """To who asked for a change of identity or legal fields: accepted, or refused and why."""
    outbox.post(
        "members/change_answered",
        change.asked_by,
        cause=f"change_answered:{change.pk}",
        about=change,
        change=change,
        fields=format_lazy(", ".join(["{}"] * len(change.changes)), *(FIELDS[name] for name in change.changes)),
        organisation=change.organisation,
        link=link("members:profile-edit", change.organisation.slug),
    )


def classification_unsure(offer: Capability, edition: int) -> None:
    """To the office, as compliance contact: a member does not know whether an offer is on the dual-use list."""
    for person in office_people():
        outbox.post(
            "members/classification_unsure",
            person,
            cause=f"classification_unsure:{offer.pk}:{edition}",
            about=offer,
            offer=offer,
            organisation=offer.organisation,
            link=link("members:profile", offer.organisation.slug),
        )


def capability_expiring(capability: Capability) -> None:
    """To the representatives: an offer or a need will no longer stand from this day on, unless it is renewed; once."""
    assert capability.expires_on is not None
    part = "offers" if capability.direction == Direction.OFFERED else "needs"
    for person in representatives(capability.organisation_id):
        outbox.post(
            "members/capability_expiring",
            person,
            cause=f"capability_expiring:{capability.pk}:{capability.expires_on.isoformat()}",
            about=capability,
            capability=capability,
            offered=part == "offers",
            organisation=capability.organisation,
            link=link("members:part-edit", capability.organisation.slug, part, capability.pk),
        )


def suggestion_answered(row: TagSuggestion) -> None:
    """To who missed a word: it is there now, another word means it, or the office declined it and why."""
    part = "offers" if row.direction == Direction.OFFERED else "needs"
    outbox.post(
        "members/suggestion_answered",
        row.asked_by,
        cause=f"suggestion_answered:{row.pk}",
        about=row,
        suggestion=row,
        organisation=row.organisation,
        link=link("members:profile-part", row.organisation.slug, part),
    )
