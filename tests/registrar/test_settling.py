"""One transaction: what the schema refuses becomes a value, what was done rings the bell."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.refusals import DelegationFull, SamePersonAlreadyThere
from registration.registrar.steps import Refused, settle
from tests.offices import Guide
from tests.registrar.moving import withdraw

TAKE_ONE_SEAT = text("UPDATE registration SET seat_number = 1")
BE_ONE_PERSON = text("UPDATE registration SET canonical_email = 'a', canonical_name = 'a'")


def test_seat_that_is_held_is_tried_once_more(guide: Guide) -> None:
    guide.submit(), guide.submit()
    tries: list[int] = []

    def work(session: Session) -> str:
        tries.append(1)
        if len(tries) == 1:
            session.execute(TAKE_ONE_SEAT)
        return "done"

    assert settle(guide.office, work) == "done"
    assert len(tries) == 2


def test_seat_that_is_held_twice_is_a_full_delegation(guide: Guide) -> None:
    guide.submit(), guide.submit()

    answer = settle(guide.office, lambda session: session.execute(TAKE_ONE_SEAT))

    assert isinstance(answer, DelegationFull)


def test_person_who_is_there_is_a_value_and_nothing_is_written(guide: Guide) -> None:
    one, other = guide.submit(), guide.submit()

    answer = settle(guide.office, lambda session: session.execute(BE_ONE_PERSON))

    assert answer == SamePersonAlreadyThere()
    assert [guide.get(each.id) for each in (one, other)] == [one, other]


def test_what_is_a_fault_of_ours_is_not_hidden(guide: Guide) -> None:
    guide.submit()

    with pytest.raises(IntegrityError):
        settle(
            guide.office,
            lambda session: session.execute(text("UPDATE registration SET version = 0")),
        )


def test_worker_hears_of_what_was_done_and_of_nothing_else(guide: Guide) -> None:
    rings: list[int] = []
    guide.office = replace(guide.office, ring=lambda: rings.append(1))
    entry = guide.submit()
    assert len(rings) == 2  # registered, confirmed
    withdraw(guide, entry)
    assert len(rings) == 3

    def refuse(session: Session) -> None:
        raise Refused(DelegationFull(seats=2))

    assert settle(guide.office, refuse) == DelegationFull(seats=2)
    assert len(rings) == 3
