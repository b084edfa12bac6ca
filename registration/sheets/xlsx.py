"""A table as an XLSX file. Nothing in it is a formula or a link, whatever somebody typed.

Every cell is written by its kind, in a format that leaves text a text when somebody edits it. The
file is put together in memory: on the way to a disk there would be personal data in clear.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from registration.sheets.table import Sheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: Characters of the name of a tab, and those that Excel does not take in it.
_LONGEST_TAB = 31
_NOT_IN_TABS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class _Formats:
    """How cells look. The format of a whole column would do for cells that nobody wrote; ours are
    written."""

    text: Format
    number: Format
    head: Format


def write_xlsx(sheet: Sheet, *more: Sheet) -> bytes:
    """Return the file: one tab for each table, with the headings in its first row, frozen, and a
    filter on them."""
    target = BytesIO()
    with Workbook(target, _OPTIONS) as book:
        formats = _Formats(
            text=book.add_format({"num_format": "@", "valign": "top"}),
            number=book.add_format({"num_format": "0", "valign": "top"}),
            head=book.add_format({"bold": True, "num_format": "@", "bottom": 1, "valign": "top"}),
        )
        book.set_properties({"title": sheet.title})
        for each in (sheet, *more):
            _write_tab(book, each, formats)
    return target.getvalue()


def _write_tab(book: Workbook, sheet: Sheet, formats: _Formats) -> None:
    day = book.add_format({"num_format": sheet.date_format, "valign": "top", "align": "left"})
    tab = book.add_worksheet(sheet.name.translate(_NOT_IN_TABS)[:_LONGEST_TAB])
    for at, column in enumerate(sheet.columns):
        tab.set_column(at, at, column.width)
        tab.write_string(0, at, column.heading, formats.head)
    for line, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    tab.write_string(line, at, cell, formats.text)
            elif isinstance(cell, date):
                tab.write_datetime(line, at, cell, day)
            elif cell is not None:
                tab.write_number(line, at, cell, formats.number)
    tab.freeze_panes(1, 0)
    if sheet.rows:
        tab.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    tab.set_landscape()
    tab.fit_to_pages(1, 0)
    tab.repeat_rows(0)
    tab.set_paper(9)
