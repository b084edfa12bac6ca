"""The board of a meeting: seats as arches, the queue, the search. No database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.secretariat.board import find_matching, make_board, order_queue
from tests.builders import make_meeting, make_particulars, make_registration

ANA = make_registration(number=1, reference="RCM-00000001", state=State.SUBMITTED)
RENE = make_registration(
    make_particulars(
        given_names="René",
        surnames="Łukasz Ñandú",
        institution="Ministerio de Relaciones Exteriores",
        position="Asesor",
        email="rene.castillo@example.org",
    ),
    number=2,
    reference="RCM-7K2M4QXZ",
    delegation="hn",
    state=State.RESERVE,
    seat_number=None,
)


def test_delegations_stand_in_the_order_of_the_file() -> None:
    board = make_board(make_meeting(), [RENE, ANA], "en")

    keys = [each.key for each in board.delegations]
    assert keys == [each.key for each in make_meeting().delegations]


def test_each_seat_is_an_arch_and_a_waiting_person_is_none() -> None:
    board = make_board(make_meeting(), [ANA, RENE], "es")

    views = {each.key: each for each in board.delegations}
    assert [arch.holder for arch in views["cr"].arches] == [ANA, None]
    assert [arch.holder for arch in views["hn"].arches] == [None, None]
    assert (views["hn"].reserve, views["hn"].taken, board.taken, board.seats) == (1, 0, 1, 26)


def test_seats_with_names_bear_them() -> None:
    board = make_board(make_meeting(), [], "en")

    (sacm,) = [each for each in board.delegations if each.key == "sacm"]
    assert all(arch.label for arch in sacm.arches)


def test_delegation_with_a_waiting_person_has_answered() -> None:
    board = make_board(make_meeting(), [RENE], "en")

    assert "hn" not in [each.key for each in board.unanswered]
    assert "cr" in [each.key for each in board.unanswered]


def test_longest_wait_comes_first() -> None:
    later = _changed(make_registration(number=3, state=State.SUBMITTED), hours=2)
    first = _changed(make_registration(number=4, state=State.SUBMITTED), hours=-2)

    assert order_queue([later, ANA, RENE, first]) == (first, ANA, later)


@pytest.mark.parametrize(
    "text",
    [
        "rené",
        "RENE",
        "nandu",
        "castillo@example",
        "rene.castillo@example.org",
        "relaciones exteriores",
        "asesor rene",
        "7k2m4qxz",
        "RCM-7K2M4QXZ",
    ],
)
def test_search_finds_whatever_the_case_and_the_accents(text: str) -> None:
    assert find_matching([ANA, RENE], text) == [RENE]


@pytest.mark.parametrize("text", ["%", "' OR 1=1 --", "rene morales", "<script>"])
def test_search_finds_nothing_where_nothing_matches(text: str) -> None:
    assert find_matching([ANA, RENE], text) == []


def _changed(registration: Registration, *, hours: int) -> Registration:

    return replace(registration, changed_at=ANA.changed_at + timedelta(hours=hours))
