"""The board of a meeting: seats as arches. No database."""

from registration.domain.ids import DelegationKey, Reference
from registration.domain.states import State
from registration.secretariat.board import make_board
from registration.store.reading.overview import SeatHolder
from tests.builders import make_meeting

CR, HN, SPEAKERS = DelegationKey("cr"), DelegationKey("hn"), DelegationKey("speakers")
HOLDER = SeatHolder(
    delegation_key=CR,
    seat_number=1,
    state=State.ACCEPTED,
    reference=Reference("RCM-00000001"),
    full_name="Ana Morales",
    has_ticket=True,
)


def test_delegations_stand_in_the_order_of_the_file() -> None:
    board = make_board(make_meeting(), {HN: {State.RESERVE: 1}}, [HOLDER], "en")

    keys = [each.key for each in board.delegations]
    assert keys == [each.key for each in make_meeting().delegations]


def test_each_seat_is_an_arch_and_a_waiting_person_is_none() -> None:
    counts = {CR: {State.ACCEPTED: 1}, HN: {State.RESERVE: 1}}
    board = make_board(make_meeting(), counts, [HOLDER], "es")

    views = {each.key: each for each in board.delegations}
    assert [arch.holder for arch in views[CR].arches] == [HOLDER, None]
    assert [arch.holder for arch in views[HN].arches] == [None, None]
    assert (views[HN].reserve, views[HN].taken, board.taken, board.seats) == (1, 0, 1, 26)
    assert (board.with_ticket, board.counts[State.ACCEPTED]) == (1, 1)


def test_category_stands_behind_the_delegations_once_somebody_is_in_it() -> None:
    counts = {SPEAKERS: {State.INVITED: 3, State.WITHDRAWN: 1}}
    board = make_board(make_meeting(), counts, [], "en")

    assert board.delegations[-1].name == "Speakers"
    assert (board.delegations[-1].taken, board.taken) == (3, 0)


def test_seats_with_names_bear_them() -> None:
    board = make_board(make_meeting(), {}, [], "en")

    (sacm,) = [each for each in board.delegations if each.key == "sacm"]
    assert all(arch.label for arch in sacm.arches)


def test_delegation_with_a_waiting_person_has_answered() -> None:
    counts = {HN: {State.RESERVE: 1}, CR: {State.LAPSED: 2, State.WITHDRAWN: 1}}
    board = make_board(make_meeting(), counts, [], "en")

    unanswered = [each.key for each in board.unanswered]
    assert HN not in unanswered
    assert CR in unanswered
