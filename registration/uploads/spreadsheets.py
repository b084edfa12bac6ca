"""A spreadsheet that somebody sent, as rows of text: XLSX, or CSV as spreadsheets save it.

Only values are read: of a formula its last result, of a link its text; nothing outside of the file
is looked up. What unpacks to more than `LARGEST_UNPACKED` is refused before it is read as a table.
"""

import csv
import zipfile
import zlib
from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from registration.domain.guarding import unguard
from registration.domain.names import clean_line

LARGEST_SPREADSHEET = 5 * 2**20
LARGEST_UNPACKED = 60 * 2**20
#: Rows of people; the row of headings comes on top of these.
MOST_ROWS = 2000
_MOST_COLUMNS = 60
_CHUNK = 1 << 16
_XLSX_SIGN = b"PK\x03\x04"
_DELIMITERS = (";", "\t", ",")


class TableFault(StrEnum):
    """Why a file cannot be read as rows."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_MANY_ROWS = "too many rows"
    UNREADABLE = "unreadable"


def read_table(data: bytes) -> list[list[str]] | TableFault:
    """Return the rows of the first tab, the headings first, without empty rows at the end; every
    cell cleaned as what is typed into a form."""
    if not data.strip():
        return TableFault.EMPTY
    if len(data) > LARGEST_SPREADSHEET:
        return TableFault.TOO_LARGE
    rows = _read_xlsx(data) if data.startswith(_XLSX_SIGN) else _read_csv(data)
    if isinstance(rows, TableFault):
        return rows
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2:
        return TableFault.EMPTY
    return TableFault.TOO_MANY_ROWS if len(rows) > MOST_ROWS + 1 else rows


def _read_xlsx(data: bytes) -> list[list[str]] | TableFault:
    fault = _measure(data)
    if fault is not None:
        return fault
    try:
        book = CalamineWorkbook.from_object(BytesIO(data))
        found = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    except (CalamineError, ZipError, IndexError, ValueError, OSError):
        return TableFault.UNREADABLE
    return [[_spell(cell) for cell in row[:_MOST_COLUMNS]] for row in found]


def _measure(data: bytes) -> TableFault | None:
    """Return why the archive is not to be unpacked, or None: measured, for its own figures may lie.

    What cannot be measured to its end is refused, even where the reader would take it: behind a
    broken member another may be of any size.
    """
    total = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist():
                with archive.open(member) as content:
                    while chunk := content.read(_CHUNK):
                        total += len(chunk)
                        if total > LARGEST_UNPACKED:
                            return TableFault.TOO_LARGE
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        return TableFault.UNREADABLE
    return None


def _read_csv(data: bytes) -> list[list[str]] | TableFault:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\x00" in text:
        return TableFault.UNREADABLE
    first = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        return [[clean_line(unguard(cell)) for cell in row[:_MOST_COLUMNS]] for row in rows]
    except csv.Error:
        return TableFault.UNREADABLE


def _spell(cell: object) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return clean_line(str(cell))
