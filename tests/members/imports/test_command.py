"""`manage.py import_organisations`: shows first, writes all or nothing, and a second time changes nothing."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster
from cluster_portal.common.wording import told
from members.models import DirectoryEntry, Membership, Organisation, RegisterEvent, Tag
from tests.factories import an_office_person, an_organisation
from tests.members.imports.made import CUI, HEADER, OTHER_CUI, ROWS, csv_text, xlsx

MEMBERS = ("--as", "founding", "--basis", "Actul de înființare", "--on", "2020-03-01")


@pytest.fixture
def file(tmp_path: Path, cluster: Cluster) -> Path:
    path = tmp_path / "membri.csv"
    path.write_text(csv_text(), encoding="utf-8")
    return path


def run(path: Path, *options: str, **more: Any) -> str:
    out = StringIO()
    call_command("import_organisations", str(path), *options, stdout=out, **more)
    return out.getvalue()


def refusal(path: Path, *options: str) -> str:
    with pytest.raises(CommandError) as refused:
        run(path, *options)
    return str(refused.value)


def test_without_yes_it_shows_and_writes_nothing(file: Path) -> None:
    told = run(file)
    assert "Read as UTF-8, comma: 2 rows." in told
    assert "Denumire → legal_name, CUI → tax_id, Oraș → locality" in told
    assert "     2  new        Atelierul Ciocârlia SRL" in told
    assert "2 rows: 2 new." in told
    assert "Nothing was written." in told
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.filter(verb="organisations_imported").exists()


def test_the_planner_knows_at_once_what_was_brought_in(file: Path) -> None:
    rows = [(f"Atelierul {number} SRL", "", "Cluj", "CJ", "RO", "", "industrie") for number in range(300)]
    file.write_text(csv_text(rows), encoding="utf-8")
    run(file, "--yes")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'members_organisation'::regclass")
        assert cursor.fetchone() == (300,)


def test_of_a_long_list_the_rows_with_remarks_are_shown_and_how_to_see_the_others(file: Path) -> None:
    rows = [(f"Atelierul {number} SRL", "", "Cluj", "CJ", "RO", "", "industrie") for number in range(201)]
    rows[6] = (*rows[6][:6], "necunoscut")
    file.write_text(csv_text(rows), encoding="utf-8")
    told = run(file)
    assert "     8  new        Atelierul 6 SRL" in told and "Atelierul 7 SRL" not in told
    assert "200 rows with nothing to remark are not shown here: --verbosity 2 or --report FILE." in told


def test_yes_writes_what_was_shown(file: Path) -> None:
    by = an_office_person("birou@example.org")
    assert "Organisations added: 2." in run(file, "--yes", "--by", by.email)
    first, second = Organisation.objects.order_by("pk")
    assert (first.legal_name, first.tax_id, first.country, first.county) == (ROWS[0][0], CUI, "RO", "BV")
    assert (first.website, first.helix_role) == ("https://www.ciocarlia.example.org", "industry")
    assert (first.slug, first.sort_key) == ("atelierul-ciocarlia-srl", "atelierul ciocarlia srl")
    assert (second.legal_name, second.locality, second.county) == ("UNIVERSITATEA ȚĂRII DE SUS", "Botoșani", "BT")
    assert (second.sort_key, second.helix_role) == ("universitatea tarii de sus", "university")
    assert not Membership.objects.exists()
    assert not DirectoryEntry.objects.exists()
    line = AuditEvent.objects.get(verb="organisations_imported")
    assert line.actor == by
    assert line.params == {"source": "membri.csv", "new": 2, "admitted": 0, "rows": 2}


def test_the_trail_tells_of_an_import_in_words(file: Path) -> None:
    run(file, "--yes")
    line = told(AuditEvent.objects.get(verb="organisations_imported"))
    assert line == "2 organisations were imported from membri.csv; 0 were entered as members"


def test_a_second_time_changes_nothing(file: Path) -> None:
    run(file, "--yes", *MEMBERS)
    before = list(Organisation.objects.order_by("pk").values())
    trail = AuditEvent.objects.count()
    said = run(file, "--yes", *MEMBERS)
    assert "2 rows: 2 there already." in said and "Nothing to add." in said
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.count() == trail
    assert RegisterEvent.objects.count() == 2


def test_what_is_there_is_never_changed(file: Path) -> None:
    there = an_organisation("Ciocârlia", tax_id=CUI, locality="Sibiu")
    said = run(file, "--yes")
    assert "differs" in said and "This is “Ciocârlia”." in said
    assert "Otherwise in the list: legal_name, " in said
    there.refresh_from_db()
    assert (there.legal_name, there.locality) == ("Ciocârlia", "Sibiu")
    assert Organisation.objects.count() == 2


def test_possible_duplicates_are_left_out_unless_asked_for(file: Path) -> None:
    an_organisation("S.C. Atelierul Ciocârlia S.R.L.", tax_id=OTHER_CUI)
    said = run(file, "--yes")
    assert "because “S.C. Atelierul Ciocârlia S.R.L.” has the same name." in said
    assert Organisation.objects.count() == 2
    said = run(file, "--yes", "--with-doubtful")
    assert "taken although “S.C. Atelierul Ciocârlia S.R.L.” has the same name." in said
    assert Organisation.objects.count() == 3
    assert "2 there already" in run(file, "--yes", "--with-doubtful")
    assert Organisation.objects.count() == 3


def test_one_mistake_stops_the_whole(file: Path) -> None:
    rows = [*ROWS, ("Torcătoria Lună Nouă SA", "9900000011", "Iași", "IS", "RO", "", "")]
    file.write_text(csv_text(rows), encoding="utf-8")
    said = run(file)
    assert "     4  error      Torcătoria Lună Nouă SA" in said
    assert "The check digit of CUI/CIF “9900000011” is wrong." in said
    assert "Correct the mistakes, or leave such rows out with --skip-errors, then run it again" in run(file)
    assert "1 row has a mistake, so nothing was written." in refusal(file, "--yes")
    assert not Organisation.objects.exists()
    assert "Organisations added: 2." in run(file, "--yes", "--skip-errors")


def test_nothing_is_half_imported(file: Path) -> None:
    """A membership that the database refuses takes everything back: the type is for legal persons."""
    rows = [*[(*row[:2], "") for row in ROWS], ("Ilinca Podarul PFA", OTHER_CUI, "pfa")]
    file.write_text(csv_text(rows, ("Denumire", "CUI", "Forma juridică")), encoding="utf-8")
    assert "for legal persons, which 1 of these are not: Ilinca Podarul PFA" in refusal(file, "--yes", *MEMBERS)
    assert not Organisation.objects.exists() and not Membership.objects.exists()


def test_members_of_an_older_register_are_entered_with_their_basis_and_day(file: Path) -> None:
    run(file, "--yes", *MEMBERS)
    membership = Membership.objects.get(organisation__tax_id=CUI)
    assert (membership.type_id, membership.basis, membership.admitted_on) == ("founding", "founding", date(2020, 3, 1))
    line = RegisterEvent.objects.get(membership=membership)
    assert (line.basis, line.effective_on) == ("Actul de înființare", date(2020, 3, 1))
    assert DirectoryEntry.objects.filter(audience="members").count() == 2


def test_those_imported_before_can_be_made_members_later(file: Path) -> None:
    run(file, "--yes")
    run(file, "--yes", *MEMBERS)
    assert Organisation.objects.count() == Membership.objects.count() == 2


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--as", "founding", "--on", "2020-03-01"), "Say on what ground"),
        (("--as", "founding", "--basis", "x"), "Say since when"),
        (("--as", "founding", "--basis", "x", "--on", "2999-01-01"), "Say since when"),
        (("--as", "king", "--basis", "x", "--on", "2020-03-01"), "no membership type “king”"),
        (("--yes", "--dry-run"), "choose one"),
        (("--map", "Denumire"), "--map takes COLUMN=FIELD"),
        (("--map", "Nimic=street"), "no column “Nimic”"),
        (("--delimiter", "ab"), "one letter"),
        (("--by", "nobody@example.org"), "Nobody can sign in"),
        (("--encoding", "ascii"), "cannot be read as ascii"),
        (("--country", "Atlantida"), "no country"),
    ],
)
def test_options_that_make_no_sense_are_told_and_write_nothing(
    file: Path, options: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refusal(file, *options)
    assert not Organisation.objects.exists()


def test_a_day_that_is_none_is_told(file: Path) -> None:
    with pytest.raises(CommandError, match="2020-03-01"):
        run(file, "--on", "ieri")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"Denumire\n", "no rows under it"),
        (b"CUI,Oras\n1,Iasi\n", "No column holds the name"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "Save it as XLSX"),
        (b"PK\x03\x04nonsense", "The workbook is damaged"),
        (b'Denumire,CUI\n"Alfa,1\n', "Row 2 cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, cluster: Cluster, content: bytes, sentence: str
) -> None:
    path = tmp_path / "membri.csv"
    path.write_bytes(content)
    assert sentence in refusal(path, "--yes")
    assert not Organisation.objects.exists()


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, cluster: Cluster) -> None:
    assert "cannot be read: No such file" in refusal(tmp_path / "nimic.csv")


def test_a_workbook_is_imported_like_a_text(tmp_path: Path, cluster: Cluster) -> None:
    path = tmp_path / "membri.xlsx"
    path.write_bytes(xlsx([HEADER, ("Alfa SRL", 9900000010, "Bucharest 6", "", "RO", "", "PRC"), *ROWS[1:]]))
    assert "Organisations added: 2." in run(path, "--yes")
    alfa = Organisation.objects.get(tax_id=CUI)
    assert (alfa.legal_name, alfa.locality, alfa.county, alfa.street) == ("Alfa SRL", "București", "B", "sector 6")


def test_the_report_has_every_row_and_nothing_that_calculates(file: Path, tmp_path: Path) -> None:
    rows = [*ROWS, ('=HYPERLINK("x")', "", "Iași", "IS", "RO", "", "altceva")]
    file.write_text(csv_text(rows), encoding="utf-8")
    report = tmp_path / "report.csv"
    assert f"Every row is in {report}." in run(file, "--report", str(report))
    lines = list(csv.reader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert lines[0] == ["row", "name", "fate", "organisation", "explanation"]
    assert [line[2] for line in lines[1:]] == ["new", "new", "new"]
    assert lines[3][1] == '\'=HYPERLINK("x")'
    assert lines[3][4] == "helix_role: “altceva” was not understood and is left empty."
    assert "cannot be written" in refusal(file, "--report", str(tmp_path / "no" / "report.csv"))


def test_of_long_lists_only_the_rows_that_need_a_look_are_shown(file: Path) -> None:
    rows = [(f"Atelierul {number} SRL", "", "Iași", "IS", "RO", "", "") for number in range(300)]
    file.write_text(csv_text([*rows, rows[0]]), encoding="utf-8")
    said = run(file)
    assert "Atelierul 7 SRL" not in said
    assert "   302  repeated   Atelierul 0 SRL" in said
    assert "301 rows: 300 new; 1 a second time in the list." in said
    assert "Atelierul 7 SRL" in run(file, verbosity=2)


def test_addresses_of_pages_do_not_collide(file: Path) -> None:
    an_organisation("Alfa SRL", slug="alfa", short_name="Alfa")
    header = ("Denumire", "Acronim", "Oraș")
    rows = [("Alfa Unu SRL", "Alfa", "Iași"), ("Alfa Doi SRL", "Alfa", "Cluj"), ("Join SA", "join", "Iași")]
    file.write_text(csv_text([*rows, ("Ωμέγα", "", "Atena")], header), encoding="utf-8")
    run(file, "--yes")
    slugs = Organisation.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["alfa", "alfa-2", "alfa-3", "join-2", "organisation"]


def test_sectors_and_other_codes_are_written(file: Path) -> None:
    header = ("Denumire", "Sectoare", "Subtip", "Formă juridică", "Angajați", "Înființat")
    file.write_text(csv_text([("Alfa", "Energie; Securitate cibernetică", "IMM", "SRL", "12", "1.2.2011")], header))
    said = run(file, "--yes")
    assert "not used: Formă juridică" not in said
    alfa = Organisation.objects.get()
    assert set(alfa.sectors.values_list("code", flat=True)) == {"energy", "cybersecurity"}
    assert alfa.helix_subtype is not None and alfa.helix_subtype.code == "sme"
    assert (alfa.legal_form_id, alfa.employees, alfa.size_class) == ("srl", 12, "small")
    assert alfa.founded_on == date(2011, 2, 1)


def test_imported_organisations_are_no_demonstration(file: Path) -> None:
    run(file, "--yes")
    assert not Organisation.objects.filter(demonstration=True).exists()
    assert Organisation.objects.filter(created_at__date=timezone.localdate()).count() == 2
    assert Tag.objects.filter(capabilities__isnull=False).count() == 0
