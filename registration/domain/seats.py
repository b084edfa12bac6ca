"""Which seat of a delegation somebody takes. That no two have the same one is the schema's work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from registration.domain.refusals import DelegationFull, SeatTaken, UnknownSeat


@dataclass(frozen=True)
class FreeSeat:
    """The number of the seat to take, from 1."""

    number: int


def choose_seat(
    labels: Sequence[str | None], taken: Collection[int], *, wanted: str | None
) -> FreeSeat | DelegationFull | SeatTaken | UnknownSeat:
    """Return the seat to take.

    labels: the label's key of each seat in the order of the seats' numbers, None where it has none.
    taken: the numbers held now.
    wanted: the label the delegate chose; None takes the lowest free number.
    """
    free = [number for number in range(1, len(labels) + 1) if number not in taken]
    if not free:
        return DelegationFull(seats=len(labels))
    if wanted is None:
        return FreeSeat(free[0])
    if wanted not in labels:
        return UnknownSeat()
    number = labels.index(wanted) + 1
    return FreeSeat(number) if number in free else SeatTaken()
