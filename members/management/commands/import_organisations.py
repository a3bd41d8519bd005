"""`manage.py import_organisations FILE`: shows what a list would bring, and brings it in with --yes."""

import csv
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from cluster_portal.common.models import User
from members.actions.imports import Wishes, check_membership_wishes, import_organisations, planned_import
from members.rules.errors import Coded, RuleError
from members.rules.imports.columns import columns_of, unused
from members.rules.imports.planning import Fate, Planned
from members.rules.imports.tables import MOST_BYTES, Table, read_table
from members.rules.spreadsheets import harmless
from members.wording import sentence

SHORT = 200
"""Lists up to this length are shown row by row; of longer ones, the rows that need a look (-v 2 shows all)."""
MEANING = {
    Fate.NEW: "new",
    Fate.SAME: "there already",
    Fate.DIFFERS: "there already, otherwise in the list (left as it is)",
    Fate.DUPLICATE: "perhaps there already, left out",
    Fate.REPEATED: "a second time in the list",
    Fate.ERROR: "with a mistake",
}
BECAUSE = {"domain": "the same web domain", "name": "the same name"}


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no day; write it as 2020-03-01.") from error


class Command(BaseCommand):
    help = (
        "Import organisations from CSV or XLSX. Without --yes it only shows what would happen. "
        "What is there already is never changed. See docs/import.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="write; all rows or none")
        parser.add_argument("--dry-run", action="store_true", help="write nothing (this is the default)")
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="FIELD - leaves it out")
        parser.add_argument("--encoding", default="", help="when it is not found out rightly: iso8859-2, cp852, …")
        parser.add_argument("--delimiter", default="", help="one letter, or tab")
        parser.add_argument("--sheet", default="", help="of an XLSX file; the first one when not named")
        parser.add_argument("--country", default="RO", help="of every row, when the file has no column for it")
        parser.add_argument("--with-doubtful", action="store_true", help="take rows that only look like another one")
        parser.add_argument("--skip-errors", action="store_true", help="leave out rows with mistakes, write the others")
        parser.add_argument("--report", type=Path, help="write every row and its fate into this CSV file")
        parser.add_argument("--as", dest="type_code", default="", metavar="TYPE", help="make them members: founding, …")
        parser.add_argument("--basis", default="", help="on what ground they are members, for the register")
        parser.add_argument("--on", type=a_day, help="since when they are members: 2020-03-01")
        parser.add_argument("--by", default="", metavar="EMAIL", help="who imports, for the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["yes"] and options["dry_run"]:
            raise CommandError("--yes writes and --dry-run does not: choose one.")
        with translation.override("en"):
            try:
                self.run(options)
            except RuleError as error:
                raise CommandError(sentence(error)) from error

    def run(self, options: dict[str, Any]) -> None:
        by = who(options["by"])
        mark = {"tab": "\t", "\\t": "\t"}.get(options["delimiter"], options["delimiter"])
        if len(mark) > 1:
            raise CommandError("--delimiter is one letter, or the word tab.")
        content = read(options["file"])
        table = read_table(content, encoding=options["encoding"], delimiter=mark, sheet=options["sheet"])
        columns = columns_of(table.header, pairs(options["map"]))
        wishes = Wishes(
            columns=columns,
            source=options["file"].name[:200],
            country=options["country"],
            take_doubtful=options["with_doubtful"],
            skip_errors=options["skip_errors"],
            type_code=options["type_code"],
            basis=options["basis"],
            admitted_on=options["on"],
        )
        self.tell_columns(table, columns)
        check_membership_wishes(wishes)
        planned = planned_import(table, wishes)
        self.tell_rows(planned, options["verbosity"])
        if options["report"]:
            self.write_report(options["report"], planned)
        if not options["yes"]:
            broken = any(one.fate == Fate.ERROR for one in planned) and not options["skip_errors"]
            then = "Correct the mistakes, or leave such rows out with --skip-errors" if broken else "Run it again"
            self.stdout.write(f"Nothing was written. {then}{', then run it again' * broken} with --yes to write this.")
            return
        done = import_organisations(table, wishes, by=by)
        count = sum(one.fate == Fate.NEW for one in done)
        self.stdout.write(self.style.SUCCESS(f"Organisations added: {count}." if count else "Nothing to add."))

    def tell_columns(self, table: Table, columns: dict[int, str]) -> None:
        self.stdout.write(f"Read as {table.read_as}: {len(table.lines)} rows.")
        self.stdout.write("  " + ", ".join(f"{table.header[index]} → {name}" for index, name in columns.items()))
        left = unused(table.header, columns)
        if left:
            self.stdout.write(f"  not used: {', '.join(left)}")

    def tell_rows(self, planned: Sequence[Planned], verbosity: int) -> None:
        every = verbosity > 1 or len(planned) <= SHORT
        shown = [one for one in planned if every or one.fate not in {Fate.NEW, Fate.SAME} or one.row.remarks]
        for one in shown:
            self.stdout.write(f"{one.row.number:>6}  {one.fate:<9}  {one.row.text('legal_name')[:60]}")
            for line in explained(one):
                self.stdout.write(f"{'':19}{line}")
        if len(shown) < len(planned):
            left = len(planned) - len(shown)
            self.stdout.write(f"{left} rows with nothing to remark are not shown here: --verbosity 2 or --report FILE.")
        counts = Counter(one.fate for one in planned)
        remarks = sum(len(one.row.remarks) for one in planned)
        told = [f"{counts[fate]} {MEANING[fate]}" for fate in Fate if counts[fate]]
        self.stdout.write(f"{len(planned)} rows: {'; '.join(told)}. {remarks} values were left empty or changed.")

    def write_report(self, path: Path, planned: Sequence[Planned]) -> None:
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["row", "name", "fate", "organisation", "explanation"])
                for one in planned:
                    cells = [one.row.text("legal_name"), one.fate.value, one.of, " ".join(explained(one))]
                    writer.writerow([one.row.number, *map(harmless, cells)])
        except OSError as error:
            raise CommandError(f"The report cannot be written to {path}: {error.strerror}.") from error
        self.stdout.write(f"Every row is in {path}.")


def explained(one: Planned) -> Iterator[str]:
    """What there is to say of a row, a sentence each."""
    said: list[Coded] = [*one.row.problems, *one.row.remarks]
    if one.why:
        yield f"{'taken although' if one.fate == Fate.NEW else 'because'} “{one.of}” has {BECAUSE[one.why]}."
    elif one.fate == Fate.REPEATED:
        yield f"The same organisation as in row {one.of}."
    elif one.fate in {Fate.SAME, Fate.DIFFERS} and one.of != one.row.text("legal_name"):
        yield f"This is “{one.of}”."
    if one.differing:
        yield f"Otherwise in the list: {', '.join(one.differing)}."
    yield from dict.fromkeys(sentence(coded) for coded in said)


def read(path: Path) -> bytes:
    """The file, or a sentence why there is none; a large one is not read to its end."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """`COLUMN=FIELD`; the column itself may hold an equals sign."""
    wanted = {}
    for text in texts:
        column, mark, name = text.rpartition("=")
        if not mark or not column:
            raise CommandError(f"--map takes COLUMN=FIELD; “{text}” is none.")
        wanted[column.strip()] = name.strip()
    return wanted


def who(email: str) -> User | None:
    if not email:
        return None
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody can sign in with {email}: --by names who imports.")
    return person
