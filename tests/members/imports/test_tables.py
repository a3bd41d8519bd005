"""Files as they come: every encoding and separator, workbooks, and files that cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from members.rules.errors import RuleError
from members.rules.imports import sheets, tables
from members.rules.imports.tables import read_table
from tests.members.imports.made import HEADER, ROWS, csv_text, xlsx

COMMA_MARKS = str.maketrans("șțȘȚ", "şţŞŢ")


def refusal(content: bytes, **how: str) -> RuleError:
    with pytest.raises(RuleError) as refused:
        read_table(content, **how)
    return refused.value


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "UTF-32"),
        ("cp1250", "windows-1250"),
    ],
)
def test_every_encoding_and_separator_gives_the_same_rows(encoding: str, name: str, mark: str) -> None:
    text = csv_text(mark=mark)
    if encoding == "cp1250":  # it has only the cedilla letters
        text = text.translate(COMMA_MARKS)
    table = read_table(text.encode(encoding))
    told = {",": "comma", ";": "semicolon", "\t": "tab"}[mark]
    assert table.read_as == f"{name}, {told}"
    assert [cell.translate(COMMA_MARKS) for cell in table.header] == [cell.translate(COMMA_MARKS) for cell in HEADER]
    assert [line.number for line in table.lines] == [2, 3]
    assert [cell.translate(COMMA_MARKS) for cell in table.lines[1].cells] == [
        cell.translate(COMMA_MARKS) for cell in ROWS[1]
    ]


def test_an_encoding_that_is_named_is_used() -> None:
    text = csv_text().translate(COMMA_MARKS)
    assert read_table(text.encode("iso8859-2"), encoding="iso8859-2").lines[1].cells[2] == "Botoşani"
    assert refusal("Denumire\nȚară".encode(), encoding="ascii").code == "table_encoding"
    assert refusal(b"Denumire\nx", encoding="no-such-thing").code == "table_encoding"


def test_a_separator_that_is_named_is_used() -> None:
    assert read_table(b"Denumire|CUI\nAlfa|1\n", delimiter="|").lines[0].cells == ("Alfa", "1")


def test_the_first_line_of_a_spreadsheet_may_name_the_separator() -> None:
    table = read_table(b"sep=;\r\nDenumire;CUI\r\nAlfa, Beta;1\r\n")
    assert table.header == ("Denumire", "CUI")
    assert table.lines[0].cells == ("Alfa, Beta", "1")


def test_a_single_column_needs_no_separator() -> None:
    table = read_table(b"Denumire\nAlfa\nBeta\n")
    assert [line.cells for line in table.lines] == [("Alfa",), ("Beta",)]


def test_cells_may_hold_separators_quotes_and_lines() -> None:
    table = read_table(csv_text([('Alfa, "Beta"', "", "rândul unu\nrândul doi", "", "", "", "")]).encode())
    assert table.lines[0].cells[0] == 'Alfa, "Beta"'
    assert table.lines[0].cells[2] == "rândul unu\nrândul doi"


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    table = read_table(b"Denumire,CUI\n,\n\nAlfa,1\n , \nBeta\n")
    assert [(line.number, line.cells) for line in table.lines] == [(4, ("Alfa", "1")), (6, ("Beta", ""))]


def test_a_row_wider_than_the_header_is_a_mistake_of_that_row() -> None:
    table = read_table(b"Denumire,CUI\nAlfa,1,,\nBeta,2,rest\n")
    assert [[str(problem) for problem in line.problems] for line in table.lines] == [
        [],
        ["row_too_wide: cells=3, columns=2"],
    ]


@pytest.mark.parametrize("content", [b"", b"\n \n", b" \t\r\n"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert refusal(content).code == "table_empty"


@pytest.mark.parametrize("content", [b"Denumire,CUI\n", b"\xef\xbb\xbfDenumire\r\n\r\n", xlsx([("Denumire",)])])
def test_a_header_alone_is_no_list(content: bytes) -> None:
    assert refusal(content).code == "table_no_rows"


def test_a_quotation_mark_that_does_not_close_is_told_with_its_row() -> None:
    refused = refusal(b'Denumire,CUI\nAlfa,1\n"Beta,2\nGama,3\n')
    assert (refused.code, refused.params) == ("table_quotes", {"row": 3})
    assert refusal(b'Denumire,CUI\n"Alfa"x,1\n').code == "table_quotes"


def test_a_huge_cell_is_told_with_its_row() -> None:
    huge = "x" * 140_000
    refused = refusal(f"Denumire,CUI\nAlfa,1\n{huge},2\n".encode())
    assert (refused.code, refused.params) == ("table_quotes", {"row": 3})
    table = read_table(f"Denumire,CUI\n{'x' * 110_000},2\n".encode())
    assert [problem.code for problem in table.lines[0].problems] == ["row_cell_too_long"]
    table = read_table(xlsx([("Denumire", "CUI"), ("Alfa", "1"), ("x" * 32_000, "2")]))
    assert len(table.lines[1].cells[0]) == 32_000


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\x00\x01\x02\x03" + bytes(range(32)) * 4,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100),
        b"Denumire\x00,CUI\nAlfa,1\n",
        bytes(range(1, 9)) * 100,
    ],
)
def test_what_is_no_table_is_told_so(content: bytes) -> None:
    assert refusal(content).code in {"table_binary", "table_encoding"}


def test_an_old_or_locked_workbook_is_told_so() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).code == "table_old_excel"


def test_a_file_may_not_be_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 100)
    assert refusal(b"Denumire\n" + b"Alfa\n" * 30).code == "table_too_large"
    monkeypatch.setattr(tables, "MOST_BYTES", 100_000)
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    assert refusal(b"Denumire\n" + b"Alfa\n" * 11).code == "table_too_many_rows"
    assert len(read_table(b"Denumire\n" + b"Alfa\n" * 10).lines) == 10
    assert refusal(xlsx([("Denumire",), *[("Alfa",)] * 11])).code == "table_too_many_rows"


def test_a_workbook_gives_its_values_as_people_typed_them() -> None:
    header = ("Denumire", "CUI", "Angajați", "Membru TVA", "Înființat", "Cotă")
    table = read_table(xlsx([(), header, ("Alfa SRL", 9900000010, 38.0, True, date(2011, 5, 14), 2.5)]))
    assert table.read_as == "XLSX, Foaie1"
    assert table.lines[0].number == 3
    assert table.lines[0].cells == ("Alfa SRL", "9900000010", "38", "yes", "2011-05-14", "2.5")


def test_a_sheet_can_be_named() -> None:
    content = xlsx([("Denumire",), ("Alfa",)], title="Membri", first="Citește-mă")
    assert read_table(content, sheet="Membri").lines[0].cells == ("Alfa",)
    assert refusal(content).code == "table_no_rows"
    refused = refusal(content, sheet="Lista")
    assert (refused.code, refused.params["known"]) == ("table_sheet_unknown", ["Citește-mă", "Membri"])


def test_a_formula_without_its_result_is_a_mistake_of_its_row() -> None:
    table = read_table(xlsx([("Denumire", "CUI"), ('=CONCATENATE("Al","fa")', "1"), ("Beta", "2")]))
    assert [problem.code for problem in table.lines[0].problems] == ["row_formula"]
    assert table.lines[0].problems[0].params == {"cell": "A2"}
    assert not table.lines[1].problems


def test_a_formula_counts_by_the_result_that_the_spreadsheet_stored() -> None:
    content = with_results(xlsx([("Denumire", "CUI"), ("=1+1", "=2+2")]), {"A2": "Alfa SRL", "B2": "#REF!"})
    table = read_table(content)
    assert table.lines[0].cells[0] == "Alfa SRL"
    assert [str(problem) for problem in table.lines[0].problems] == ["row_error_value: cell=B2, value=#REF!"]


def with_results(content: bytes, results: dict[str, str]) -> bytes:
    """The workbook with results beside its formulas, as a spreadsheet saves them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            body = before.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                text = body.decode()
                for cell, value in results.items():
                    kind = "e" if value.startswith("#") else "str"
                    start = text.index(f'<c r="{cell}"')
                    end = text.index("</c>", start)
                    formula = text[text.index("<f>", start) : text.index("</f>", start) + 4]
                    text = f'{text[:start]}<c r="{cell}" t="{kind}">{formula}<v>{value}</v>{text[end:]}'
                body = text.encode()
            after.writestr(entry.filename, body)
    return out.getvalue()


def test_a_damaged_workbook_is_told_so() -> None:
    whole = xlsx([("Denumire",), ("Alfa",)])
    assert refusal(whole[: len(whole) // 2]).code == "table_broken"
    assert refusal(b"PK\x03\x04" + b"\x00" * 200).code == "table_broken"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert refusal(other.getvalue()).code == "table_broken"


def test_entities_are_not_expanded() -> None:
    mark = b"<worksheet"
    bomb = b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "Alfa">]>' + mark
    out = io.BytesIO()
    whole = xlsx([("Denumire",), ("Alfa",)])
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            body = before.read(entry).replace(b"Alfa", b"&a;")
            after.writestr(entry.filename, body.replace(mark, bomb) if "sheet1" in entry.filename else body)
    assert refusal(out.getvalue()).code == "table_broken"


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1000)
    assert refusal(xlsx([("Denumire",), ("Alfa",)])).code == "table_bomb"


def test_a_workbook_may_state_a_wrong_size() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (("Denumire", "CUI"), ("Alfa", "1"), ("Beta", "2")):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    shrunk = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(shrunk, "w") as after:
        for entry in before.infolist():
            body = before.read(entry).replace(b'ref="A1:B3"', b'ref="A1:A1"')
            after.writestr(entry.filename, body)
    assert [line.cells for line in read_table(shrunk.getvalue()).lines] == [("Alfa", "1"), ("Beta", "2")]
