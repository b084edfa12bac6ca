"""A table as a CSV file.

UTF-8 with the mark by which Excel knows it, commas, lines ending in CR LF (RFC 4180). Why texts are
guarded: `domain.guarding`.
"""

import csv
from datetime import date
from io import StringIO

from registration.domain.guarding import SUSPECT, guard
from registration.sheets.table import Cell, Sheet


def write_csv(sheet: Sheet) -> bytes:
    """Return the file, its first line the headings."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([guard(each.heading) for each in sheet.columns])
    # Most cells are texts of letters: seen here, a table costs little more than its rows.
    writer.writerows(
        [
            cell if cell.__class__ is str and cell[:1] not in SUSPECT else _spell(cell)
            for cell in row
        ]
        for row in sheet.rows
    )
    return target.getvalue().encode("utf-8-sig")


def _spell(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
