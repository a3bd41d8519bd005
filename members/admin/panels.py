"""The first page of the desk: what waits for the office, what waits for a director; and the ways in the bar."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.admin.site import MenuLink, Panel
from cluster_portal.common.models import OutgoingMail
from members.admin.pages import LIST, address, person
from members.admin.terms import term_words
from members.permissions import leads_the_board, standing
from members.queries.desk import Line, director_desk, menu_counts, office_desk
from members.queries.tally import Tally


def row_of(line: Line) -> dict[str, Any]:
    """A file on the first page."""
    return {
        "adhesion": line.request,
        "href": address(line.request),
        "words": term_words(line.term),
        "late": line.term is not None and line.term.late,
    }


def _rows(lines: list[Line]) -> list[dict[str, Any]]:
    return [row_of(line) for line in lines]


def _round(now: Tally) -> dict[str, Any]:
    vote = now.standings.round
    return {"now": now, "vote": vote, "adhesion": vote.request, "href": address(vote.request)}


def director_panel(request: HttpRequest) -> Iterable[Panel]:
    """Rounds to vote in, rounds voted in, files that wait for a round, what was decided lately."""
    who = standing(request.user)
    if not who.director:
        return
    found = director_desk(person(request), timezone.localdate())
    to_vote = [_round(one) for one in found.to_vote]
    yield Panel(
        "admin/desk/panel_director.html",
        {
            "to_vote": to_vote,
            "votes_href": _votes_address([one["adhesion"].pk for one in to_vote]) if len(to_vote) > 1 else "",
            "voted": [_round(one) for one in found.voted],
            "aside": [_round(one) for one in found.aside],
            "opens": leads_the_board(request.user),
            "to_open": _rows(found.to_open),
            "decided": found.decided,
        },
    )


def _votes_address(ids: list[int]) -> str:
    return f"{reverse('admin:members_adhesionrequest_votes')}?ids={','.join(str(pk) for pk in ids[:30])}"


def office_panel(request: HttpRequest) -> Iterable[Panel]:
    """The queue, for the office; the superuser reads it."""
    who = standing(request.user)
    if not (who.office or who.superuser):
        return
    found = office_desk(person(request), timezone.localdate())
    sections = [
        (_("New files"), "new", _rows(found.new), _("No new file waits.")),
        (_("Overdue decisions"), "overdue", _rows(found.overdue), ""),
        (_("Appeals"), "appeals", _rows(found.appealed), ""),
        (_("Returned, being completed"), "returned", _rows(found.returned), _("No file is out for completion.")),
        (_("Open to objections"), "objections", _rows(found.objection), ""),
        (_("Complete, waiting for a round"), "complete", _rows(found.complete), ""),
    ]
    yield Panel(
        "admin/desk/panel_office.html",
        {
            "sections": [one for one in sections if one[2] or one[3]],
            "rounds": [_round(one) for one in found.rounds],
            "changes": found.changes,
            "letters": found.letters,
            "letters_href": letters_address(),
            "more": found.more,
            "reads_only": not who.office,
        },
    )


def letters_address() -> str:
    """The failed letters, where their table is registered."""
    if not admin.site.is_registered(OutgoingMail):
        return ""
    return f"{reverse('admin:common_outgoingmail_changelist')}?state__exact=failed"


def menu(request: HttpRequest) -> Iterable[MenuLink]:
    """The ways that this person's desk has, with what waits there."""
    who = standing(request.user)
    if not (who.office or who.superuser or who.director):
        return
    counts = menu_counts(person(request))
    requests = reverse(LIST)
    if who.director:
        yield MenuLink(_("To vote"), f"{requests}?vote=awaited", counts.get("vote", 0))
    if who.office or who.superuser:
        yield MenuLink(_("To check"), f"{requests}?stands=office", counts.get("check", 0))
    yield MenuLink(_("Requests"), requests)
    if who.office or who.superuser:
        changes = reverse("admin:members_changerequest_changelist")
        yield MenuLink(_("Changes"), f"{changes}?state__exact=pending", counts.get("changes", 0))
        yield MenuLink(_("Vocabulary"), reverse("members:words"), counts.get("words", 0))
    yield MenuLink(_("Register"), reverse("admin:members_registerevent_changelist"))
    if counts.get("letters") and letters_address():
        yield MenuLink(_("Failed letters"), letters_address(), counts["letters"])
