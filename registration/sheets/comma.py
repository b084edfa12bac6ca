"""A table as a CSV file, and how its texts are kept from being formulas.

A spreadsheet that opens a CSV file takes "=1+1" for a formula. Where a text begins so an apostrophe
stands before it, which shows that it is text; `unguard` takes it off again when such a file comes
back. UTF-8 with the mark by which Excel knows it, commas, lines ending in CR LF (RFC 4180).
"""

import csv
from datetime import date
from io import StringIO

from registration.sheets.table import Cell, Sheet

#: What begins a formula in some spreadsheet, the wide forms of East Asia included.
_DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
_BEFORE = " '"


def write_csv(sheet: Sheet) -> bytes:
    """Return the file, its first line the headings."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([guard(each.heading) for each in sheet.columns])
    writer.writerows([_spell(cell) for cell in row] for row in sheet.rows)
    return target.getvalue().encode("utf-8-sig")


def guard(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(_BEFORE)[:1] in _DANGEROUS else text


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    rest = text[1:]
    is_guarded = text[:1] == "'" and rest.lstrip(_BEFORE)[:1] in _DANGEROUS
    return rest if is_guarded else text


def _spell(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
