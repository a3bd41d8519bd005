"""The sentences of imports: why a file or a row cannot be taken, and what to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

IMPORTS: "Mapping[str, StrPromise]" = {
    "column_name_missing": _(
        "No column holds the name of the organisation. Columns found: %(found)s. Say which one it is: "
        '--map "Column=legal_name".'
    ),
    "column_twice": _(
        "The columns “%(first)s” and “%(second)s” both mean %(field)s. Leave one out: "
        '--map "%(second)s=-", or give it another field.'
    ),
    "column_unknown": _("The file has no column “%(column)s”. Its columns are: %(known)s."),
    "county_of_bucharest": _("Bucharest is its own county; “%(value)s” was not used."),
    "field_unknown": _("“%(field)s” is no field of an organisation. Write one of: %(known)s."),
    "import_country_unknown": _("“%(country)s” is no country. Write a code or a name: --country RO."),
    "import_has_errors": ngettext_lazy(
        "%(count)d row has a mistake, so nothing was written. Correct it, or leave it out with --skip-errors.",
        "%(count)d rows have mistakes, so nothing was written. Correct them, or leave them out with --skip-errors.",
        "count",
    ),
    "import_legal_persons_only": _(
        "This type of membership is for legal persons, which %(count)s of these are not: %(names)s. Nothing "
        "was written."
    ),
    "import_needs_basis": _('Say on what ground they are members, as the register will show it: --basis "…".'),
    "import_needs_day": _("Say since when they are members, today at the latest: --on 2020-03-01."),
    "import_overtaken": _(
        "One of these organisations was entered by somebody else at this moment. Nothing was written; run the import "
        "again."
    ),
    "import_running": _("Another import is running. Nothing was written; wait until it has ended."),
    "import_type_unknown": _("The statute in force has no membership type “%(type)s”. Write one of: %(known)s."),
    "role_of_several": _("“%(value)s” names several helix roles; taken as %(role)s."),
    "row_cell_too_long": _(
        "A cell has more than %(most)s letters: probably a quotation mark is missing. Correct the file."
    ),
    "row_error_value": _("Cell %(cell)s shows the error %(value)s. Correct it in the spreadsheet."),
    "row_formula": _(
        "Cell %(cell)s holds a formula without its result. Open the file in a spreadsheet and save it, or paste values."
    ),
    "row_too_wide": _("The row has %(cells)s cells, the header %(columns)s: a separator or quotation mark is wrong."),
    "table_binary": _("This is no table of text. Save it as CSV or XLSX."),
    "table_bomb": _("Unpacked, the file would be larger than %(most)s MB. Save only the sheet that is needed."),
    "table_broken": _(
        "The workbook is damaged and cannot be read. Open it in a spreadsheet and save it again as XLSX."
    ),
    "table_empty": _("The file is empty."),
    "table_encoding": _(
        "The letters cannot be read as %(encoding)s. Save the file as UTF-8, or name its encoding: "
        "--encoding iso8859-2."
    ),
    "table_no_rows": _("The file has a header at most, and no rows under it."),
    "table_old_excel": _("This is an old (.xls) or password-protected workbook. Save it as XLSX without a password."),
    "table_quotes": _("Row %(row)s cannot be read: a quotation mark does not close, or a cell is endless."),
    "table_sheet_unknown": _("The workbook has no sheet “%(sheet)s”. Its sheets are: %(known)s."),
    "table_too_large": _("The file is larger than %(most)s MB. Split it."),
    "table_too_many_rows": _("The file has more than %(most)s rows. Split it."),
    "value_left_empty": _("%(field)s: “%(value)s” was not understood and is left empty."),
    "value_too_long": _("%(field)s has %(is)s letters; at most %(most)s fit. Shorten it."),
    "value_unreadable": _("%(field)s: “%(value)s” was not understood. Correct it."),
}
