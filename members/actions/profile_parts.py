"""The rows of a profile: people by function, capabilities offered and sought, certificates. Live at once."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, TypeVar

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from cluster_portal.common import audit
from cluster_portal.common.models import User
from cluster_portal.common.uploads import EXTENSIONS, UploadRefused, check_document, stored
from members import emails
from members.actions.documents import QUOTA
from members.actions.profile import Overtaken, as_it_was, closed, opened, plain, present, thrown_away
from members.enums import ControlClass, Direction
from members.models import Capability, Certificate, Organisation, Person, Tag
from members.models.capability import MOST_NEEDS, MOST_OFFERS
from members.queries.drafts import bytes_kept
from members.rules.errors import RuleError
from members.rules.merging import merge

Part = Person | Capability | Certificate
Row = TypeVar("Row", Person, Capability, Certificate)

MOST_PEOPLE = 40
MOST_CERTIFICATES = 30
PERSON_FIELDS = frozenset("role full_name position email phone language starts_on ends_on".split())
CAPABILITY_FIELDS = frozenset(
    (
        "kind side trl weight references note_ro note_en evidence visibility expires_on "
        "control control_category control_group"
    ).split()
)
CERTIFICATE_FIELDS = frozenset("kind title number issuer scope valid_from valid_until".split())


class PartGone(RuleError):
    """The row was removed while somebody edited it; what they typed is still theirs to add again."""

    def __init__(self) -> None:
        super().__init__("part_gone")


@transaction.atomic
def save_person(
    pk: int, *, by: User, values: Mapping[str, object], person: int | None = None, edition: int = 0
) -> Person:
    """Add a person in a function to the organisation `pk`, or edit the one with this id as it was at `edition`."""
    _only(values, PERSON_FIELDS)
    organisation = opened(pk, by)
    if person is None:
        if organisation.people.count() >= MOST_PEOPLE:
            raise RuleError("people_full", {"most": MOST_PEOPLE})
        return _added(Person(organisation=organisation), organisation, values, by)
    return _edited(_locked(Person, organisation, person), organisation, values, edition, by)


@transaction.atomic
def save_capability(
    pk: int,
    *,
    by: User,
    values: Mapping[str, object],
    direction: str = "",
    tag: int = 0,
    capability: int | None = None,
    edition: int = 0,
) -> Capability:
    """State a capability (`direction`, `tag`), once each, or edit one; its word and direction stay."""
    _only(values, CAPABILITY_FIELDS)
    word = _chosen(tag) if capability is None else None
    organisation = opened(pk, by)
    if capability is not None:
        row = _locked(Capability, organisation, capability)
        before = row.control
        return _classified(_edited(row, organisation, values, edition, by), before)
    if word is None:
        raise RuleError("word_not_chosen")
    stated = organisation.capabilities.filter(direction=direction)
    if stated.filter(tag=word).exists():
        raise RuleError("capability_stated")
    offered = direction == Direction.OFFERED
    most = MOST_OFFERS if offered else MOST_NEEDS
    if stated.count() >= most:
        raise RuleError("offers_full" if offered else "needs_full", {"most": most})
    row = Capability(organisation=organisation, direction=direction, tag=word)
    return _classified(_added(row, organisation, values, by), "")


def _chosen(tag: int) -> Tag | None:
    """A word that may be chosen, held until it is stated: it is neither retired nor merged meanwhile.

    It is locked before the organisation, as a merge does, so that nobody waits in a circle.
    """
    held = Tag.objects.select_for_update(no_key=True, of=("self",))
    word: Tag | None = held.filter(pk=tag, active=True, parent__isnull=False).first()
    return word


def _classified(row: Capability, before: str) -> Capability:
    """An offer whose place on the dual-use list its owner does not know goes to the compliance contact."""
    if row.control == ControlClass.UNSURE and before != row.control:
        emails.classification_unsure(row, edition_of(row))
    return row


def save_certificate(
    pk: int,
    *,
    by: User,
    values: Mapping[str, object],
    certificate: int | None = None,
    edition: int = 0,
    upload: "UploadedFile[Any] | None" = None,
    drop_file: bool = False,
) -> Certificate:
    """Add or edit a certificate, with a new file or without the old one.

    A certificate that the office has verified is not verified any more once anything in it changes.
    UploadRefused says what is wrong with the file.
    """
    _only(values, CERTIFICATE_FIELDS)
    with ExitStack() as files:
        change: dict[str, object] = {"file": ""} if drop_file else {}
        if upload is not None:
            checked = check_document(upload)
            _check_quota(pk, checked.size)
            change["file"] = files.enter_context(stored(upload, "certificates", EXTENSIONS[checked.content_type]))
        return _save_certificate(pk, by, certificate, edition, values, change)


def _check_quota(pk: int, size: int) -> None:
    """All files of one organisation together, those of its requests included, have one limit."""
    organisation = Organisation.objects.get(pk=pk)
    names = organisation.certificates.exclude(file="").values_list("file", flat=True)
    kept = sum(default_storage.size(name) for name in names if default_storage.exists(name))
    if bytes_kept(organisation) + kept + size > QUOTA:
        raise UploadRefused("quota_used_up", limit=QUOTA // 1024 // 1024)


@transaction.atomic
def _save_certificate(
    pk: int,
    by: User,
    certificate: int | None,
    edition: int,
    values: Mapping[str, object],
    change: Mapping[str, object],
) -> Certificate:
    organisation = opened(pk, by)
    if certificate is None:
        if organisation.certificates.count() >= MOST_CERTIFICATES:
            raise RuleError("certificates_full", {"most": MOST_CERTIFICATES})
        return _added(Certificate(organisation=organisation), organisation, {**values, **change}, by)
    row = _locked(Certificate, organisation, certificate)
    before = row.file.name
    if change.get("file") == before:
        change = {}  # there is no file to drop
    elif change:
        thrown_away(before)
    return _edited(row, organisation, values, edition, by, change=change)


@transaction.atomic
def remove_part(pk: int, model: type[Row], part: int, *, by: User) -> str:
    """Take a person, a capability or a certificate off the profile; its name. The row history keeps what it was."""
    organisation = opened(pk, by)
    row = _locked(model, organisation, part)
    name = str(row)
    thrown_away(row.file.name if isinstance(row, Certificate) else None)
    row.delete()
    closed(organisation)
    audit.record(f"{_noun(model)}_removed", organisation, by=by)
    return name


@transaction.atomic
def remind_renewal(pk: int) -> None:
    """Remind the owner of an offer or a need of the day on which it ends; one letter for each such day."""
    row = Capability.objects.select_related("organisation", "tag").filter(pk=pk, expires_on__isnull=False).first()
    if row is not None:
        emails.capability_expiring(row)


def edition_of(row: Part) -> int:
    """The state of a row that a form shows: its newest line of history."""
    newest = row.events.aggregate(newest=models.Max("pgh_id"))["newest"]  # type: ignore[union-attr]
    return int(newest or 0)


def _locked(model: type[Row], organisation: Organisation, pk: int) -> Row:
    row = model._default_manager.filter(organisation=organisation, pk=pk).first()
    if row is None:
        raise PartGone
    return row


def _added(row: Row, organisation: Organisation, values: Mapping[str, object], by: User) -> Row:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    closed(organisation)
    audit.record(f"{_noun(type(row))}_added", organisation, by=by)
    return row


def _edited(
    row: Row,
    organisation: Organisation,
    values: Mapping[str, object],
    edition: int,
    by: User,
    change: Mapping[str, object] | None = None,
) -> Row:
    """Bring `values` and the `change` of a file into the row; Overtaken when somebody else wrote the same fields."""
    mine = {name: plain(value) for name, value in values.items()}
    theirs = {name: present(row, name) for name in mine}
    event = row.events.filter(pgh_id=edition).first()  # type: ignore[attr-defined]  # the history of the row
    found = merge(as_it_was(event, mine) if event else {}, theirs, mine)
    if found.clashes:
        raise Overtaken(found.clashes, found.values)
    written = {**found.values, **(change or {})}
    if not written:
        return row
    for name, value in written.items():
        setattr(row, name, value)
    if isinstance(row, Certificate):
        row.verified_by = row.verified_at = None
    row.save()
    closed(organisation)
    audit.record(f"{_noun(type(row))}_edited", organisation, by=by, fields=sorted(written))
    return row


def _noun(model: type[Part]) -> str:
    return {"person": "contact"}.get(name := model._meta.model_name or "", name)


def _only(values: Mapping[str, object], allowed: frozenset[str]) -> None:
    if unknown := set(values) - allowed:
        raise ValueError(f"not fields of this part of a profile: {sorted(unknown)}")
