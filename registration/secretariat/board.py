"""The entries of a meeting as the desk looks at them: by delegation, with seats as arches."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from registration.domain.ids import DelegationKey, Language
from registration.domain.meeting import Delegation, Meeting
from registration.domain.names import canonical_name
from registration.domain.registrations import Registration
from registration.domain.states import State

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
    holder: Registration | None


@dataclass(frozen=True)
class DelegationView:
    """A delegation or category with its arches and its entries. arches: empty without a limit."""

    key: DelegationKey
    name: str
    short_name: str
    arches: tuple[SeatView, ...]
    entries: tuple[Registration, ...]
    reserve: int

    @property
    def taken(self) -> int:
        return sum(1 for arch in self.arches if arch.holder)


@dataclass(frozen=True)
class Board:
    """A meeting's entries. counts: by state. waiting: for a decision, the longest wait first."""

    delegations: tuple[DelegationView, ...]
    counts: Mapping[State, int]
    waiting: tuple[Registration, ...]

    @property
    def seats(self) -> int:
        return sum(len(each.arches) for each in self.delegations)

    @property
    def taken(self) -> int:
        return sum(each.taken for each in self.delegations)

    @property
    def unanswered(self) -> tuple[DelegationView, ...]:
        """Return the delegations with seats from which nobody is registered or waits."""
        return tuple(
            each
            for each in self.delegations
            if each.arches and each.taken == 0 and each.reserve == 0
        )


def make_board(
    meeting: Meeting, registrations: Sequence[Registration], language: Language
) -> Board:
    """Return the board of the meeting. registrations: all of them, in any order."""
    by_key: dict[DelegationKey, list[Registration]] = {}
    for each in registrations:
        by_key.setdefault(each.delegation_key, []).append(each)
    views = [
        _view(each, by_key.get(each.key, ()), language)
        for each in meeting.groups
        if not each.is_category or each.key in by_key
    ]
    counts = Counter(each.state for each in registrations)
    return Board(tuple(views), counts, order_queue(registrations))


def order_queue(registrations: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return those that wait for a decision, the longest wait first."""
    submitted = [
        each for each in registrations if each.state is State.SUBMITTED and each.erased_at is None
    ]
    return tuple(sorted(submitted, key=_since))


def find_matching(registrations: Iterable[Registration], text: str) -> list[Registration]:
    """Return the entries in which every word of the text is found: in the name, the institution,
    the position, the address or the reference; case and accents aside."""
    wanted = [canonical_name(word) for word in text.split() if canonical_name(word)]
    return [each for each in registrations if all(word in _haystack(each) for word in wanted)]


def _haystack(registration: Registration) -> str:
    person = registration.particulars
    reference = registration.reference
    texts = (person.full_name, person.institution, person.position, person.email, reference)
    return canonical_name(" | ".join(texts))


def _view(
    delegation: Delegation, entries: Sequence[Registration], language: Language
) -> DelegationView:
    by_seat = {each.seat_number: each for each in entries if each.seat_number is not None}
    arches = tuple(
        SeatView(number, _label(delegation, number, language), by_seat.get(number))
        for number in range(1, delegation.seats + 1)
    )
    return DelegationView(
        key=delegation.key,
        name=delegation.name[language],
        short_name=(delegation.abbreviation or delegation.name)[language],
        arches=arches,
        entries=tuple(entries),
        reserve=_count_reserve(entries),
    )


def _label(delegation: Delegation, number: int, language: Language) -> str:
    return delegation.labels[number - 1].name[language] if delegation.labels else ""


def _count_reserve(entries: Iterable[Registration]) -> int:
    return sum(1 for each in entries if each.state is State.RESERVE)


def _since(registration: Registration) -> tuple[datetime, str]:
    return registration.changed_at, registration.reference
