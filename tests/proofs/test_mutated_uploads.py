"""100,000 mutated uploads: no fault but a refusal, none over a second, memory flat, no trace."""

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from registration.uploads.cleaning import Cleaned, clean
from tests.proofs.standing_room import StandingRoom
from tests.uploads.mutating import mutate
from tests.uploads.searching import CANARY, find_foreign

#: How many of each kind: 100,000, and HEIC apart.
NUMBERS = {"JPEG": 35_000, "PNG": 35_000, "PDF": 30_000, "HEIC": 3_000}
#: Processor time of one file, seconds.
MOST_SECONDS = 1.0
#: By how much the resident memory of a room may grow from the first half to the second, kB.
MOST_GROWTH = 32 * 1024
ROOMS = 2


@dataclass
class Tally:
    """What became of the files of a kind. left: those with something foreign in what was kept."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    kilobytes: list[int] = field(default_factory=list)
    died: int = 0
    left: list[int] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """Return by how much memory grew from the first half of the files to the second, kB."""
        half = len(self.kilobytes) // 2
        first, second = self.kilobytes[:half], self.kilobytes[half:]
        return statistics.median(second) - statistics.median(first)


@pytest.mark.parametrize("kind", NUMBERS)
def test_mutated_files_are_cleaned_or_refused(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()

    with ThreadPoolExecutor(ROOMS) as threads:
        tallies = list(threads.map(lambda first: run(kind, first), range(ROOMS)))

    with capsys.disabled():
        print(tell(kind, tallies, time.monotonic() - begun))
    assert sum(sum(each.answers.values()) for each in tallies) == NUMBERS[kind]
    assert [each.left for each in tallies] == [[], []]
    assert max(max(each.seconds) for each in tallies) < MOST_SECONDS
    assert max(each.growth for each in tallies) < MOST_GROWTH
    # Else nearly nothing came through the reader's first checks, or nearly nothing was changed.
    share = sum(each.answers["Cleaned"] for each in tallies) / NUMBERS[kind]
    assert 0.05 < share < 0.9


def run(kind: str, first: int) -> Tally:
    """Clean every second file of the kind in one room."""
    tally, room = Tally(), StandingRoom()
    try:
        for number in range(first, NUMBERS[kind], ROOMS):
            room.seconds = 0.0  # of a file that is refused before any room
            made = clean(mutate(kind, number), ask=room.ask)
            tally.answers[type(made).__name__] += 1
            tally.seconds.append(room.seconds)
            tally.kilobytes.append(room.kilobytes)
            if isinstance(made, Cleaned) and (CANARY.encode() in made.data or find_foreign(made)):
                tally.left.append(number)
    finally:
        room.close()
    tally.died = room.died
    return tally


def tell(kind: str, tallies: list[Tally], elapsed: float) -> str:
    answers = sum((each.answers for each in tallies), Counter())
    seconds = sorted(each for tally in tallies for each in tally.seconds)
    told = ", ".join(f"{name} {count}" for name, count in answers.most_common())
    growth = ", ".join(f"{each.growth / 1024:+.1f}" for each in tallies)
    peak = max(max(each.kilobytes) for each in tallies) / 1024
    return (
        f"\n{kind}: {len(seconds)} files in {elapsed:.0f} s: {told}; rooms ended"
        f" {sum(each.died for each in tallies)}; processor ms median"
        f" {statistics.median(seconds) * 1000:.1f}, slowest {seconds[-1] * 1000:.0f};"
        f" resident MB at most {peak:.0f}, growth {growth}"
    )
