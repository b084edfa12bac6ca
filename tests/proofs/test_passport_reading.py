"""How well the two lines are read: invented people, each page worn in each way. Prints a table.

PASSPORT_FACE names the font file of the two lines, where OCR-B is not installed.
"""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from registration.domain.mrz import Lines
from registration.uploads.kinds import FileKind
from registration.uploads.mrz_reader import MrzReader, draw_for_reading
from tests.proofs.passport_pages import PEOPLE, WEARS, draw_page, lines_of, name_of_face, to_jpeg

SEED = 9303


@dataclass
class Tally:
    """What became of the pages of one wear."""

    exact: int = 0
    second_exact: int = 0
    wrong_unnoticed: int = 0
    doubted: int = 0
    nothing: int = 0
    seconds: list[float] = field(default_factory=list)

    def count(self, truth: Lines, found: Lines | None) -> None:
        self.exact += found == truth
        self.second_exact += found is not None and found.second == truth.second
        self.nothing += found is None
        is_right = found is not None and bool(found.first) and all(found.checks.values())
        self.doubted += found is not None and not is_right
        self.wrong_unnoticed += is_right and found != truth


def test_pages_are_read_and_the_table_is_printed() -> None:
    """Clean pages are read exactly, at whatever turn; the rest is told as it is."""
    chance, tallies = random.Random(SEED), {wear: Tally() for wear in WEARS}
    with MrzReader() as reader:
        reader.start()
        for name, wear in WEARS.items():
            for holder in PEOPLE:
                file = to_jpeg(wear(draw_page(holder), chance))
                pictures, before = draw_for_reading(file, FileKind.JPEG), _processor_seconds(reader)
                found = reader.read(pictures)
                tallies[name].seconds.append(_processor_seconds(reader) - before)
                tallies[name].count(lines_of(holder), found)
                if found != lines_of(holder):
                    print(name, *_show(lines_of(holder), found), sep="\n  ")
        peak = _peak_megabytes(reader)
    _print_table(tallies, peak)
    for wear in ("clean", "turned by 90°", "turned by 180°", "turned by 270°"):
        assert tallies[wear].second_exact >= len(PEOPLE) - 1, wear


def _show(truth: Lines, found: Lines | None) -> tuple[str, ...]:
    """Return the lines of an invented person, and what was read instead."""
    return (*vars(truth).values(), *(vars(found).values() if found else ("nothing",)))


def _print_table(tallies: dict[str, Tally], peak: int) -> None:
    print(f"\n{len(PEOPLE)} pages each, lines in {name_of_face()}, seed {SEED}")
    print(
        "| wear | both lines exact | second line exact | wrong unnoticed | doubted | nothing "
        "| CPU s |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for wear, tally in tallies.items():
        print(
            f"| {wear} | {tally.exact} | {tally.second_exact} | {tally.wrong_unnoticed} "
            f"| {tally.doubted} | {tally.nothing} | {median(tally.seconds):.1f} |"
        )
    print(f"Peak memory of the reading room: {peak} MB")


def _processor_seconds(reader: MrzReader) -> float:
    """Of the room: unlike the clock, it hardly depends on what else the machine does."""
    assert reader._room is not None
    fields = Path(f"/proc/{reader._room.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_megabytes(reader: MrzReader) -> int:
    assert reader._room is not None
    status = Path(f"/proc/{reader._room.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
