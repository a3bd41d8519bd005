"""Brings organisations of a list in: all of them in one transaction, or none; what is there already stays as it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from cluster_portal.common import audit
from cluster_portal.common.models import Cluster, User
from cluster_portal.database import analyze
from members.actions.adhesion import RESERVED_SLUGS
from members.actions.membership import admit
from members.enums import MembershipBasis
from members.models import HelixSubtype, LegalForm, MembershipType, Organisation, Sector
from members.queries.imports import ever_members, known_organisations, lexicon
from members.queries.statute import statute_in_force
from members.rules.errors import RuleError
from members.rules.imports.places import country_code
from members.rules.imports.planning import Fate, Planned, plan
from members.rules.imports.tables import Table
from members.rules.imports.values import Row, read_row
from members.rules.text import fold

LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('members import'))"
SLUG = 70


@dataclass(frozen=True)
class Wishes:
    """How a list is to be taken. `columns`: number of a column -> field; `country` is for lists without one.

    `type_code`, `basis` and `admitted_on` make members of them: a register that was kept before the portal.
    """

    columns: dict[int, str]
    source: str = ""
    country: str = "RO"
    take_doubtful: bool = False
    skip_errors: bool = False
    type_code: str = ""
    basis: str = ""
    admitted_on: date | None = None


def planned_import(table: Table, wishes: Wishes) -> list[Planned]:
    """What an import would do, row by row; reads only."""
    words, today = lexicon(), timezone.localdate()
    country = country_code(wishes.country, words.countries)
    if not country:
        raise RuleError("import_country_unknown", {"country": wishes.country})
    rows = []
    for line in table.lines:
        cells = {name: line.cells[index] for index, name in wishes.columns.items()}
        row = read_row(line.number, cells, words, country=country, today=today)
        row.problems[:0] = line.problems
        rows.append(row)
    return plan(rows, known_organisations(), take_doubtful=wishes.take_doubtful)


@transaction.atomic
def import_organisations(table: Table, wishes: Wishes, *, by: User | None) -> list[Planned]:
    """Do what `planned_import` says now; nothing is written when a row has a mistake, unless those are to be skipped.

    One line of the trail tells of the whole; memberships have theirs as well. Raises RuleError: import_running,
    import_has_errors, import_overtaken, and those of `check_membership_wishes`.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            raise RuleError("import_running")
    check_membership_wishes(wishes)
    planned = planned_import(table, wishes)
    errors = sum(one.fate == Fate.ERROR for one in planned)
    if errors and not wishes.skip_errors:
        raise RuleError("import_has_errors", {"count": errors})
    fresh = [one for one in planned if one.fate == Fate.NEW]
    created = _create([one.row for one in fresh])
    for one, organisation in zip(fresh, created, strict=True):
        one.key = organisation.pk
    admitted = _admit(planned, wishes, by) if wishes.type_code else 0
    if created or admitted:
        audit.record(
            "organisations_imported",
            Cluster.objects.get(),
            by=by,
            source=wishes.source,
            new=len(created),
            admitted=admitted,
            rows=len(planned),
        )
        analyze()
    return planned


def check_membership_wishes(wishes: Wishes) -> None:
    """Members need a type of the statute in force, a basis in words and a day that is not ahead."""
    if not wishes.type_code:
        return
    kinds = statute_in_force().parameters.membership_types
    known = sorted({kind.code for kind in kinds} & set(MembershipType.objects.values_list("code", flat=True)))
    if wishes.type_code not in known:
        raise RuleError("import_type_unknown", {"type": wishes.type_code, "known": known})
    if not wishes.basis.strip():
        raise RuleError("import_needs_basis")
    if wishes.admitted_on is None or wishes.admitted_on > timezone.localdate():
        raise RuleError("import_needs_day")


def _create(rows: Sequence[Row]) -> list[Organisation]:
    subtypes = HelixSubtype.objects.in_bulk(field_name="code")
    forms = LegalForm.objects.in_bulk()
    taken = set(Organisation.objects.values_list("slug", flat=True)) | RESERVED_SLUGS
    made = []
    for row in rows:
        values = dict(row.values)
        name = row.text("legal_name")
        slug = _free(slugify(fold(row.text("short_name") or name))[:SLUG] or "organisation", taken)
        taken.add(slug)
        made.append(
            Organisation(
                slug=slug,
                sort_key=fold(name)[:250],
                helix_subtype=subtypes.get(str(values.pop("helix_subtype"))),
                legal_form=forms.get(str(values.pop("legal_form"))),
                **values,
            )
        )
    try:
        with transaction.atomic():
            created = Organisation.objects.bulk_create(made, batch_size=500)
    except IntegrityError as error:  # somebody registered one of them at this very moment
        raise RuleError("import_overtaken") from error
    _sectors(rows, created)
    return created


def _free(base: str, taken: Collection[str]) -> str:
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)


def _sectors(rows: Sequence[Row], created: Sequence[Organisation]) -> None:
    known = Sector.objects.in_bulk(field_name="code")
    through = Organisation.sectors.through
    through._default_manager.bulk_create(
        through(organisation_id=organisation.pk, sector_id=known[code].pk)
        for row, organisation in zip(rows, created, strict=True)
        for code in row.sectors
    )


def _admit(planned: Sequence[Planned], wishes: Wishes, by: User | None) -> int:
    """Make members of the new ones and of those that are there but never were members; how many."""
    former = ever_members()
    wanted = [one.key for one in planned if one.fate in {Fate.NEW, Fate.SAME, Fate.DIFFERS} and one.key not in former]
    organisations = Organisation.objects.in_bulk(wanted)
    kind = statute_in_force().parameters.membership_type(wishes.type_code)
    refused = [
        str(one)
        for one in organisations.values()
        if kind and kind.legal_persons_only and one.legal_form and not one.legal_form.legal_person
    ]
    if refused:
        raise RuleError("import_legal_persons_only", {"names": refused[:5], "count": len(refused)})
    for pk in wanted:
        admit(
            organisations[pk],
            wishes.type_code,
            basis=MembershipBasis.FOUNDING,
            words=wishes.basis.strip(),
            resolution=None,
            by=by,
            on=wishes.admitted_on,
        )
    return len(wanted)
