"""The race for the last places on both engines, and the same race with both guards taken away."""

from collections.abc import Callable

import pytest

from tests.proofs.racing_segments import PLACES, Outcome, Race, run_race


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str, Outcome], None]:
    """Prints what a race came to, whatever pytest does with the output."""

    def show(title: str, outcome: Outcome) -> None:
        with capsys.disabled():
            print(
                f"\n{title}: {dict(outcome.answers)}, over the capacity: {len(outcome.over)},"
                f" unfilled: {len(outcome.unfilled)}"
            )

    return show


def test_no_segment_goes_over_and_every_place_is_filled(
    database_url: str, report: Callable[[str, Outcome], None]
) -> None:
    race = Race(database_url, processes=20, rounds=8)

    outcome = run_race(race)

    report("guarded", outcome)
    assert outcome.over == []
    assert outcome.unfilled == []
    # Nobody lost the registration by it, and nothing failed.
    assert outcome.answers["attends"] == race.rounds * PLACES
    assert outcome.answers["registered, and the segment full"] == race.rounds * (
        race.processes - PLACES
    )
    assert set(outcome.answers) == {
        "attends",
        "registered, and the segment full",
        "chose",
        "full",
        "gave back",
    }


def test_the_same_race_goes_over_without_the_guards(
    database_url: str, report: Callable[[str, Outcome], None]
) -> None:
    race = Race(database_url, processes=20, rounds=3, guarded=False)

    outcome = run_race(race)

    report("without row locks and UNIQUE", outcome)
    assert outcome.over != []
