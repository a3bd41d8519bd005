"""Teams for a call as their page draws them: places in lines, members in columns, who could stand in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django_countries import countries

from matchmaking.models import Call, CallInvitation
from matchmaking.queries.consortium import asked_by, candidates, teams
from matchmaking.rules import consortium as rules
from matchmaking.rules.teams import Found
from members.enums import HelixRole
from members.models import Organisation
from members.rules.text import comma_letters


def teams_of(call: Call, invitations: Sequence[CallInvitation]) -> dict[str, Any]:
    """Teams that answer the call, drawn; and who nearly fills a place."""
    asked, known = asked_by(call, invitations), candidates(call, invitations)
    found = teams(asked, known)
    lines = [
        [(place, rules.others(asked, team, place, known), rules.nearly(place, known)) for place in asked.places]
        for team in found.teams
    ]
    organisations = Organisation.objects.in_bulk(_named(found, lines))
    covers = {one.key: one for one in known}
    tags = {place.tag_id: place for place in call.places.all()}
    invited = {one.member_id for one in invitations}
    drawn = []
    for team, rows in zip(found.teams, lines, strict=True):
        columns = [organisations[key] for key in team.members]
        drawn.append(
            {
                "columns": [(one, one.pk in invited or one.pk == call.lead_id) for one in columns],
                "fresh": [one for one in columns if one.pk not in invited and one.pk != call.lead_id],
                "rows": [_row(tags, covers, organisations, team, invited, *row) for row in rows],
                "missing": lacks(team.missing),
            }
        )
    return {"teams": drawn, "whole": found.whole, "sure": found.sure}


def _named(found: Found, lines: Iterable[Any]) -> set[int]:
    keys = {key for team in found.teams for key in team.members}
    for rows in lines:
        for _place, others, nearly in rows:
            keys |= {one.key for one in others} | {one.key for one in nearly}
    return keys


def _row(
    tags: Any, covers: Any, organisations: Any, team: rules.Team, invited: Any, place: Any, others: Any, nearly: Any
) -> dict[str, Any]:
    filled = team.fills[place.key]
    return {
        "place": tags[place.key],
        "missing": not filled,
        "cells": [
            (organisations[key], covers[key].covers[place.key].trl if key in filled else None) for key in team.members
        ],
        "others": [
            {
                "organisation": organisations[one.key],
                "instead_of": organisations.get(one.instead_of),
                "whole": one.whole,
                "trl": covers[one.key].covers[place.key].trl,
                "invited": one.key in invited,
            }
            for one in others
        ],
        "nearly": [(organisations[one.key], one.covers[place.key].trl) for one in nearly] if not filled else [],
    }


def lacks(missing: rules.Missing) -> dict[str, Any]:
    """What a team lacks besides its places, with names."""
    names = dict(countries)
    return {
        "roles": [(HelixRole(role).label, number) for role, number in missing.roles.items()],
        "countries": [comma_letters(str(names.get(code, code))) for code in missing.countries],
        "more": missing.more_countries,
        "any": bool(missing.units),
    }


def asked_in_words(call: Call) -> dict[str, Any]:
    """What a call asks besides its places, with names."""
    names = dict(countries)
    return {
        "roles": [(row.get_role_display(), row.least) for row in call.roles.all()],
        "countries": [comma_letters(str(names.get(code, code))) for code in call.countries],
    }
