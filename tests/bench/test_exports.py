"""XLSX and CSV of 1,000 participants beside the barest loop that writes the same rows.

make bench
"""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from statistics import median
from time import process_time
from uuid import uuid4

import pytest
import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture

from registration.language.translator import get_translator
from registration.sheets.comma import write_csv
from registration.sheets.people import compose_participants
from registration.sheets.table import Sheet
from registration.sheets.xlsx import write_xlsx
from tests.builders import make_meeting, make_particulars, make_registration

PEOPLE = 1000
ROUNDS = 15
#: What the issue allows.
MOST = 1.5


def make_sheet() -> Sheet:
    keys = [each.key for each in make_meeting().groups]
    people = [
        make_registration(
            make_particulars(surnames=f"Peña {uuid4()}", email=f"{uuid4()}@example.org"),
            delegation=keys[number % len(keys)],
            number=number + 1,
            reference=f"RCM-{number:08}",
        )
        for number in range(PEOPLE)
    ]
    return compose_participants(make_meeting(), people, {}, get_translator("es"))


def bare_xlsx(sheet: Sheet) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        tab = book.add_worksheet()
        tab.write_row(0, 0, [each.heading for each in sheet.columns])
        for line, row in enumerate(sheet.rows, start=1):
            tab.write_row(line, 0, row)
    return target.getvalue()


def bare_csv(sheet: Sheet) -> bytes:
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([each.heading for each in sheet.columns])
    for row in sheet.rows:
        writer.writerow(row)
    return target.getvalue().encode()


@pytest.mark.parametrize(("ours", "bare"), [(write_xlsx, bare_xlsx), (write_csv, bare_csv)])
def test_table_costs_little_more_than_its_rows(
    ours: Callable[[Sheet], bytes],
    bare: Callable[[Sheet], bytes],
    benchmark: BenchmarkFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sheet = make_sheet()
    spent: dict[str, list[float]] = {"ours": [], "bare": []}

    def write_in_turn() -> None:
        for name, write in (("ours", ours), ("bare", bare)):
            begun = process_time()
            write(sheet)
            spent[name].append(process_time() - begun)

    benchmark.pedantic(write_in_turn, rounds=ROUNDS)

    ratio = median(spent["ours"]) / median(spent["bare"])
    with capsys.disabled():
        print(  # noqa: T201  # a benchmark prints its figures
            f"\n{ours.__name__}: {median(spent['ours']) * 1000:.1f} ms,"
            f" bare {median(spent['bare']) * 1000:.1f} ms, {ratio:.2f} times"
        )
    assert ratio <= MOST


def test_composing_is_part_of_it(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = process_time()
    benchmark.pedantic(make_sheet, rounds=1)
    spent = process_time() - begun

    with capsys.disabled():
        print(f"\ncomposing {PEOPLE} rows: {spent * 1000:.0f} ms")  # noqa: T201  # as above
