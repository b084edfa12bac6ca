"""The entries of a meeting as the desk looks at them: by delegation, with seats as arches."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registration.domain.ids import DelegationKey, Language
from registration.domain.meeting import Delegation, Meeting
from registration.domain.states import LIVE, SEATED, State
from registration.store.reading.overview import SeatHolder

#: The order of legends and filters (look, part 7).
STATES_IN_ORDER = (
    State.UNCONFIRMED,
    State.NOMINATED,
    State.SUBMITTED,
    State.RETURNED,
    State.INVITED,
    State.ACCEPTED,
    State.RESERVE,
    State.DECLINED,
    State.WITHDRAWN,
    State.LAPSED,
)


@dataclass(frozen=True)
class SeatView:
    """One arch. label: the seat's name in the page's language, or ""."""

    number: int
    label: str
    holder: SeatHolder | None


@dataclass(frozen=True)
class DelegationView:
    """A delegation or category with its arches. arches: empty without a limit.

    counts: how many entries at which state. signs: whether its people sign an acceptance.
    """

    key: DelegationKey
    name: str
    short_name: str
    arches: tuple[SeatView, ...]
    counts: Mapping[State, int]
    signs: bool = True

    @property
    def taken(self) -> int:
        """How many of its arches are held; of a category without limit, how many hold a place."""
        if not self.arches:
            return sum(self.counts.get(state, 0) for state in SEATED)
        return sum(1 for arch in self.arches if arch.holder)

    @property
    def reserve(self) -> int:
        return self.counts.get(State.RESERVE, 0)

    @property
    def unconfirmed(self) -> int:
        return self.counts.get(State.UNCONFIRMED, 0)


@dataclass(frozen=True)
class Board:
    """A meeting's delegations in the order of its file, and behind them the categories in which
    somebody is. counts: of all its entries, by state."""

    delegations: tuple[DelegationView, ...]
    counts: Mapping[State, int]

    @property
    def seats(self) -> int:
        return sum(len(each.arches) for each in self.delegations)

    @property
    def taken(self) -> int:
        return sum(each.taken for each in self.delegations if each.arches)

    @property
    def is_signed_for(self) -> bool:
        """Whether anybody signs an acceptance at all."""
        return any(each.signs for each in self.delegations if each.arches)

    @property
    def expected(self) -> int:
        """How many have accepted, or are approved and sign nothing."""
        approved = (
            each.counts.get(State.INVITED, 0) for each in self.delegations if not each.signs
        )
        return self.counts.get(State.ACCEPTED, 0) + sum(approved)

    def count_owed(self, state: State) -> int:
        """Return how many entries at this state wait for their delegate. Who is asked for no
        signature owes none."""
        counted = (each for each in self.delegations if each.signs or state is not State.INVITED)
        return sum(each.counts.get(state, 0) for each in counted)

    @property
    def with_ticket(self) -> int:
        arches = (arch for each in self.delegations for arch in each.arches)
        return sum(1 for arch in arches if arch.holder and arch.holder.has_ticket)

    def list_holders(self, state: State) -> list[SeatHolder]:
        """Return who holds a seat of a delegation at this state and owes something there, in the
        order of the file."""
        owing = (each for each in self.delegations if each.signs or state is not State.INVITED)
        arches = (arch for each in owing for arch in each.arches)
        return [arch.holder for arch in arches if arch.holder and arch.holder.state is state]

    @property
    def unanswered(self) -> tuple[DelegationView, ...]:
        """Return the delegations with seats of which nobody is registered, waits or began."""
        return tuple(
            each
            for each in self.delegations
            if each.arches and not any(each.counts.get(state, 0) for state in LIVE)
        )


def make_board(
    meeting: Meeting,
    counts: Mapping[DelegationKey, Mapping[State, int]],
    holders: Iterable[SeatHolder],
    language: Language,
) -> Board:
    """Return the board of the meeting. counts: entries of each delegation, by state."""
    by_seat = {(each.delegation_key, each.seat_number): each for each in holders}
    views = [
        make_view(each, counts.get(each.key, {}), by_seat, language)
        for each in meeting.groups
        if not each.is_category or each.key in counts
    ]
    total: Counter[State] = Counter()
    for each in counts.values():
        total.update(each)
    return Board(tuple(views), total)


def make_view(
    delegation: Delegation,
    counts: Mapping[State, int],
    by_seat: Mapping[tuple[DelegationKey, int], SeatHolder],
    language: Language,
) -> DelegationView:
    """Return the delegation with its arches. by_seat: who holds which of its seats."""
    arches = tuple(
        SeatView(
            number, _label(delegation, number, language), by_seat.get((delegation.key, number))
        )
        for number in range(1, delegation.seats + 1)
    )
    return DelegationView(
        key=delegation.key,
        name=delegation.name[language],
        short_name=(delegation.abbreviation or delegation.name)[language],
        arches=arches,
        counts=counts,
        signs=delegation.asks_acceptance,
    )


def _label(delegation: Delegation, number: int, language: Language) -> str:
    return delegation.labels[number - 1].name[language] if delegation.labels else ""
