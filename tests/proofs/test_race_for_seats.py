"""The race for the last seats on both engines, and the same race with both guards taken away."""

from collections.abc import Callable

import pytest

from tests.proofs.racing import Outcome, Race, run_race


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str, Outcome], None]:
    """Prints what a race came to, whatever pytest does with the output."""

    def show(title: str, outcome: Outcome) -> None:
        with capsys.disabled():
            print(
                f"\n{title}: {outcome.race.processes} processes, {outcome.race.tries} tries,"
                f" {outcome.seconds:.0f} s, {dict(outcome.counts)},"
                f" over the cap: {len(outcome.over)}, unfilled: {len(outcome.unfilled)},"
                f" told full too early: {len(outcome.told_full_too_early)}"
            )

    return show


def test_no_delegation_goes_over_and_every_seat_is_filled(
    database_url: str, report: Callable[[str, Outcome], None]
) -> None:
    race = Race(database_url, processes=50, rounds=20, delegations=20)

    outcome = run_race(race)

    report("guarded", outcome)
    assert race.tries == len(outcome.answers) == 20_000
    assert outcome.over == []
    assert outcome.unfilled == []
    assert outcome.told_full_too_early == []
    assert set(outcome.counts) == {"seated", "full"}
    assert outcome.counts["seated"] == 20 * 20 * 2


def test_the_same_race_goes_over_without_the_guards(
    database_url: str, report: Callable[[str, Outcome], None]
) -> None:
    race = Race(database_url, processes=50, rounds=2, delegations=20, guarded=False)

    outcome = run_race(race)

    report("without row lock and UNIQUE", outcome)
    assert outcome.over != []
