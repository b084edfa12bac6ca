"""Which seat somebody takes."""

import pytest

from registration.domain.refusals import DelegationFull, SeatTaken, UnknownSeat
from registration.domain.seats import FreeSeat, choose_seat

PLAIN = (None, None)
LABELLED = ("ppt", "ts")


@pytest.mark.parametrize(
    ("labels", "taken", "wanted", "expected"),
    [
        (PLAIN, set(), None, FreeSeat(1)),
        (PLAIN, {1}, None, FreeSeat(2)),
        (PLAIN, {2}, None, FreeSeat(1)),
        (PLAIN, {1, 2}, None, DelegationFull(seats=2)),
        (PLAIN, set(), "ppt", UnknownSeat()),
        (LABELLED, set(), "ts", FreeSeat(2)),
        (LABELLED, {2}, "ts", SeatTaken()),
        (LABELLED, {1}, "ts", FreeSeat(2)),
        (LABELLED, {1, 2}, "ts", DelegationFull(seats=2)),
        (LABELLED, {1, 2}, "unknown", DelegationFull(seats=2)),
        (LABELLED, {1}, "unknown", UnknownSeat()),
        (LABELLED, {1}, None, FreeSeat(2)),
        ((), set(), None, DelegationFull(seats=0)),
    ],
)
def test_choice_of_a_seat(
    labels: tuple[str | None, ...], taken: set[int], wanted: str | None, expected: object
) -> None:
    assert choose_seat(labels, taken, wanted=wanted) == expected


def test_number_beyond_the_seats_takes_none_of_them() -> None:
    assert choose_seat(PLAIN, {3, 7}, wanted=None) == FreeSeat(1)
