"""Saves the steps of an adhesion request while it may be edited: nothing is lost or overwritten unseen."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members.actions.steps import locked
from members.enums import PersonRole, SizeClass
from members.models import (
    AdhesionRequest,
    Capability,
    DeclarationTick,
    HelixSubtype,
    Membership,
    Organisation,
    Person,
    Sector,
    Tag,
)
from members.models.capability import MOST_OFFERS
from members.permissions import owns_request
from members.queries.contributions import contributions, words_to_choose
from members.queries.drafts import DELEGATE, IDENTITY, PERSON, declarations_asked, fingerprints, person_of, saved_values
from members.rules.errors import RuleError
from members.rules.lifecycle import EDITABLE_STATES
from members.rules.merging import merge
from members.rules.text import fold

Values = Mapping[str, Any]


class DraftOvertaken(RuleError):
    """The fields in `clashes` were changed elsewhere since the form was opened; nothing was saved."""

    def __init__(self, clashes: tuple[str, ...], saved: Values) -> None:
        super().__init__("draft_overtaken", {"count": len(clashes)})
        self.clashes = clashes
        self.saved = saved
        """What the request holds now, all fields of the step."""


def editable(pk: int, by: User) -> AdhesionRequest:
    """The request, locked for an edit by its owner while it is a draft or returned."""
    request = locked(pk)
    if not owns_request(by, request):
        raise RuleError("not_yours")
    if request.state not in EDITABLE_STATES:
        raise RuleError("not_editable")
    return request


def touched(request: AdhesionRequest) -> None:
    """The next version of the request: a form that was opened before is told so."""
    request.version += 1
    request.save(update_fields=["version", "steps_done", "saved_at", "contribution", "motive", "membership_type"])


@transaction.atomic
def save_step(
    pk: int,
    step: str,
    *,
    by: User,
    values: Values,
    version: int | None = None,
    seen: Mapping[str, str] | None = None,
    visited: bool = True,
) -> AdhesionRequest:
    """Write what was typed into a step, as far as it was changed there.

    `version` and `seen` (fingerprints of the fields) say what the form showed when it was opened: fields that only
    another window changed keep that change, fields that both changed raise DraftOvertaken. Without them the last
    one wins. `visited`: the person has left the step, so that the bar may say what it lacks. A change of a file that
    was returned is a line of the trail; a draft is its owner's own, only the row history knows of it.
    """
    request = editable(pk, by)
    saved = saved_values(request, step)
    mine, theirs = fingerprints(values), fingerprints({name: saved[name] for name in values})
    begun = theirs if seen is None or version == request.version else seen
    found = merge(begun, theirs, mine)
    if found.clashes:
        raise DraftOvertaken(found.clashes, saved)
    changed = {name: values[name] for name in found.values}
    if changed:
        _WRITERS[step](request, changed, by)
    new = visited and step not in request.steps_done
    if new:
        request.steps_done.append(step)
    if changed or new:
        touched(request)
    if changed and request.number:
        audit.record("adhesion_edited", request, by=by, step=step, fields=sorted(changed))
    return request


# --- One writer for each step: `changed` holds only what differs ------------------------------------------------------
def _organisation(request: AdhesionRequest, changed: Values, by: User) -> None:
    row = request.organisation
    for name, value in changed.items():
        setattr(row, "legal_form_id" if name == "legal_form" else name, value or None if name in _NULLABLE else value)
    if "legal_name" in changed:
        row.sort_key = fold(row.legal_name)
    if "employees" in changed:
        row.size_class = size_of(row.employees)
    if {"country", "tax_id"} & set(changed):
        _refuse_a_member(row)
    _save(row)


_NULLABLE = {name for name in IDENTITY if Organisation._meta.get_field(name).null} - {"employees"}


def size_of(employees: int | None) -> str:
    """The size class of the European recommendation, by head count."""
    if employees is None:
        return ""
    limits = ((10, SizeClass.MICRO), (50, SizeClass.SMALL), (250, SizeClass.MEDIUM))
    return next((size.value for limit, size in limits if employees < limit), SizeClass.LARGE.value)


def _refuse_a_member(row: Organisation) -> None:
    """A member does not apply again: its people are invited by its representative."""
    live = Membership.objects.filter(ended_on__isnull=True, organisation__country=row.country)
    if row.tax_id and live.filter(organisation__tax_id=row.tax_id).exclude(organisation=row.pk).exists():
        raise RuleError("already_in_register")


def _save(row: Organisation) -> None:
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise taken(error) from error


def taken(error: IntegrityError) -> Exception:
    """The sentence for a number that another organisation has; any other broken constraint as it is."""
    if "a_tax_number_names_one_organisation" in str(error):
        return RuleError("tax_number_known")
    if "a_lei_names_one_organisation" in str(error):
        return RuleError("lei_taken")
    return error


def _representative(request: AdhesionRequest, changed: Values, by: User) -> None:
    legal = {name: value for name, value in changed.items() if name in PERSON}
    other = {name.removeprefix(DELEGATE): value for name, value in changed.items() if name.startswith(DELEGATE)}
    _person(request.organisation, PersonRole.LEGAL, legal)
    _person(request.organisation, PersonRole.DELEGATED, other)


def _person(organisation: Organisation, role: PersonRole, changed: Values) -> None:
    """Write a person; one whose name was emptied is taken out. A new one is another row, its predecessor ends."""
    person = person_of(organisation, role)
    if not changed or (person is None and not changed.get("full_name")):
        return
    if "full_name" in changed and not changed["full_name"] and person is not None:
        _end(person)
        return
    if person is None:
        person = Person(organisation=organisation, role=role)
    for name, value in changed.items():
        setattr(person, name, value)
    person.language = person.language or "ro"
    person.save()


def _end(person: Person) -> None:
    """A person of a former member stays in its history; one of a draft was never more than typed."""
    if person.organisation.memberships.exists():
        person.ends_on = max(timezone.localdate(), person.starts_on or timezone.localdate())
        person.save(update_fields=["ends_on"])
    else:
        person.delete()


def _role(request: AdhesionRequest, changed: Values, by: User) -> None:
    row = request.organisation
    for name in ("helix_role", "side", "tier"):
        if name in changed:
            setattr(row, name, changed[name])
    if "helix_subtype" in changed or "helix_role" in changed:
        code = changed["helix_subtype"] if "helix_subtype" in changed else getattr(row.helix_subtype, "code", "")
        row.helix_subtype = HelixSubtype.objects.filter(code=code, role=row.helix_role).first()
    _save(row)
    if changed.get("side"):
        contributions(row).update(side=changed["side"])
    if "sectors" in changed:
        row.sectors.set(Sector.objects.filter(code__in=changed["sectors"]))
    if "membership_type" in changed:
        request.membership_type_id = changed["membership_type"] or None
    if "sponsors" in changed:
        request.sponsors.set(changed["sponsors"])


def _evidence(request: AdhesionRequest, changed: Values, by: User) -> None:
    for name in ("contribution", "motive"):
        if name in changed:
            setattr(request, name, changed[name])
    if "cells" in changed:
        _cells(request.organisation, set(changed["cells"]))
    common = {name: changed[name] for name in ("trl", "evidence") if name in changed}
    if common:
        contributions(request.organisation).update(**common)


def _cells(organisation: Organisation, codes: set[str]) -> None:
    """Offer what is ticked, no longer what is not; a new offer takes the evidence and maturity of the others."""
    there = {one.tag.code: one for one in contributions(organisation).select_related("tag")}
    for code, offer in there.items():
        if code not in codes:
            offer.delete()
    kept = [offer for code, offer in there.items() if code in codes]
    shared = {name: getattr(kept[0], name) for name in ("trl", "evidence")} if kept else {}
    if any(getattr(offer, name) != value for offer in kept for name, value in shared.items()):
        shared = {}
    words: dict[str, Tag] = {tag.code: tag for tag in words_to_choose()}
    others = organisation.capabilities.filter(direction="offered").exclude(pk__in=contributions(organisation))
    if codes - set(there) and len(codes) + others.count() > MOST_OFFERS:
        raise RuleError("offers_full", {"most": MOST_OFFERS})
    for code in sorted(codes - set(there)):
        side = organisation.side or "dual"
        Capability.objects.create(organisation=organisation, direction="offered", tag=words[code], side=side, **shared)


def _declarations(request: AdhesionRequest, changed: Values, by: User) -> None:
    texts = {one.code: one for one in declarations_asked(request)}
    for code, ticked in changed.items():
        mine = request.declarations.filter(declaration=texts[code])
        if ticked and not mine.exists():
            DeclarationTick.objects.create(request=request, declaration=texts[code], by=by, language=by.language)
        elif not ticked:
            mine.delete()


_WRITERS: dict[str, Callable[[AdhesionRequest, Values, User], None]] = {
    "organisation": _organisation,
    "representative": _representative,
    "role": _role,
    "evidence": _evidence,
    "declarations": _declarations,
}
