"""What a member edits of its own profile, live at once: texts, contact, classification, visibility and logo."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from cluster_portal.common import audit
from cluster_portal.common.models import User
from cluster_portal.common.uploads import check_image, stored
from members.actions.directory import refresh_directory
from members.models import HelixSubtype, Organisation
from members.permissions import can_edit_profile, forget_standing
from members.rules.errors import RuleError
from members.rules.merging import merge

LIVE_FIELDS = frozenset(
    {
        *("summary_ro", "summary_en", "description_ro", "description_en"),
        *("website", "email", "phone"),
        *("helix_subtype", "tier", "sectors", "employees", "size_class", "ownership"),
        *("show_profile", "show_texts", "show_contact", "show_registration", "show_size", "show_people"),
        "show_certificates",
    }
)
"""Everything that a member may change without the office; identity goes through `members.actions.changes`."""


COLUMNS = {field.name: field.attname for field in Organisation._meta.concrete_fields}


class Overtaken(RuleError):
    """Somebody else changed `clashes` since the form was opened; nothing was saved."""

    def __init__(self, clashes: tuple[str, ...], merged: Mapping[str, object]) -> None:
        super().__init__("profile_overtaken", {"count": len(clashes)})
        self.clashes = clashes
        self.merged = merged
        """What can be saved without asking."""


def opened(pk: int, by: User) -> Organisation:
    """The organisation, locked for an edit by `by`: whoever comes second waits, and rights are read again."""
    organisation = Organisation.objects.select_for_update().get(pk=pk)
    forget_standing(by)
    if not can_edit_profile(by, organisation):
        raise RuleError("profile_closed")
    return organisation


def closed(organisation: Organisation, *fields: str) -> None:
    """End an edit: the next version of the profile, and the directory in step with it."""
    organisation.version += 1
    organisation.save(update_fields=["version", "changed_at", *fields])
    refresh_directory([organisation.pk])


@transaction.atomic
def edit_profile(
    pk: int, *, by: User, version: int, values: Mapping[str, object], seen: Mapping[str, object] | None = None
) -> tuple[str, ...]:
    """Write `values` ({field: value}, of LIVE_FIELDS) over the profile as it was at `version`.

    Fields that only somebody else changed meanwhile keep their text; raises Overtaken for those that both changed.
    `seen`: what the editor had before them in fields whose history is not kept (sectors). Returns the names written.
    """
    if unknown := set(values) - LIVE_FIELDS:
        raise ValueError(f"not live fields of a profile: {sorted(unknown)}")
    organisation = opened(pk, by)
    mine = {name: plain(value) for name, value in values.items()}
    theirs = {name: present(organisation, name) for name in mine}
    base = theirs
    if version != organisation.version:
        base = {**at_version(organisation, version, mine), **{n: plain(v) for n, v in (seen or {}).items()}}
    found = merge(base, theirs, mine)
    if found.clashes:
        raise Overtaken(found.clashes, found.values)
    if not found.values:
        return ()
    _check_subtype(organisation, found.values)
    _write(organisation, found.values)
    names = tuple(sorted(found.values))
    audit.record("profile_edited", organisation, by=by, fields=list(names))
    return names


def plain(value: object) -> object:
    """A form's value as a column holds it: ids for rows, a sorted list of them for several."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet):
        return sorted(value.values_list("pk", flat=True))
    if isinstance(value, list | tuple | set):
        return sorted(value)
    return value


def present(row: models.Model, name: str) -> object:
    """The same of what is stored."""
    field = row._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(row, name).values_list("pk", flat=True))
    return getattr(row, field.attname if isinstance(field, models.Field) else name)


def at_version(organisation: Organisation, version: int, names: Iterable[str]) -> dict[str, object]:
    """The columns as they were at a version of the profile, from its history; empty when that version is unknown."""
    event = organisation.events.filter(version=version).order_by("pgh_id").last()  # type: ignore[attr-defined]
    return as_it_was(event, names) if event else {}


def as_it_was(event: models.Model, names: Iterable[str]) -> dict[str, object]:
    """The columns of a row of history that have one of these names."""
    columns = {field.name: field.attname for field in event._meta.concrete_fields}
    return {name: getattr(event, columns[name]) for name in names if name in columns}


def _check_subtype(organisation: Organisation, values: Mapping[str, object]) -> None:
    subtype = values.get("helix_subtype")
    if isinstance(subtype, int) and not HelixSubtype.objects.filter(pk=subtype, role=organisation.helix_role).exists():
        raise RuleError("subtype_of_another_role")


def _write(organisation: Organisation, values: Mapping[str, object]) -> None:
    columns = []
    for name, value in values.items():
        if name == "sectors":
            organisation.sectors.set(value)  # type: ignore[arg-type]  # ids
        else:
            setattr(organisation, COLUMNS[name], value)
            columns.append(name)
    closed(organisation, *columns)


def set_logo(pk: int, *, by: User, upload: "UploadedFile[Any]") -> None:
    """Draw the picture anew and make it the logo; UploadRefused says what is wrong with it.

    Only pixels are kept, under a name of our own. The file of the logo before is removed after the commit.
    """
    with stored(check_image(upload), "logos", ".png") as name:
        _replace_logo(pk, name, "logo_changed", by)


def remove_logo(pk: int, *, by: User) -> None:
    """The organisation has no logo any more."""
    _replace_logo(pk, "", "logo_removed", by)


@transaction.atomic
def _replace_logo(pk: int, name: str, verb: str, by: User) -> None:
    organisation = opened(pk, by)
    before = organisation.logo.name
    if before == name:
        return
    organisation.logo.name = name
    closed(organisation, "logo")
    audit.record(verb, organisation, by=by)
    thrown_away(before)


def thrown_away(name: str | None) -> None:
    """Remove a file that no row names any more, once that is certain."""
    if not name:
        return

    def remove() -> None:
        default_storage.delete(name)

    transaction.on_commit(remove, robust=True)
