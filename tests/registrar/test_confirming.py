"""Confirming the address: the seat is taken now, or a place on the reserve list, or none."""

from datetime import timedelta

import pytest

from registration.domain.refusals import (
    CameSecond,
    ChangesClosed,
    DelegationFull,
    LinkExpired,
    NotPermitted,
    SeatTaken,
)
from registration.domain.registrations import Registration
from registration.domain.states import Actor, State
from registration.registrar import confirming
from registration.registrar.entering import Application
from registration.registrar.office import CheckYourEmail, Moved
from tests.offices import Guide, load_meeting
from tests.registrar.moving import amend, moved, withdraw


def _wait_to_confirm(guide: Guide, delegation: str = "cr", **choices: object) -> Application:
    application = guide.apply(delegation, **choices)  # type: ignore[arg-type]  # fields of the form
    assert guide.register(application) == CheckYourEmail()
    return application


def test_first_two_to_confirm_are_seated_whoever_registered_first(guide: Guide) -> None:
    first, second, third = (_wait_to_confirm(guide) for _ in range(3))

    entries = [moved(guide.confirm(each.entry)) for each in (third, second, first)]

    assert [(each.state, each.seat_number) for each in entries] == [
        (State.SUBMITTED, 1),
        (State.SUBMITTED, 2),
        (State.RESERVE, None),
    ]
    assert entries[0].confirmed_at == guide.now
    assert entries[2].reserved_at == guide.now
    assert guide.list_events(first.entry) == ["registered", "put_on_reserve"]


def test_nobody_passes_who_waits_even_while_a_seat_is_free(guide: Guide) -> None:
    seated, _ = guide.submit(), guide.submit()
    late = _wait_to_confirm(guide, join_reserve=True)
    guide.submit(join_reserve=True)
    withdraw(guide, seated)

    entry = moved(guide.confirm(late.entry))

    assert entry.state is State.RESERVE


def test_joining_the_reserve_list_takes_a_seat_that_is_free_after_all(guide: Guide) -> None:
    application = _wait_to_confirm(guide, join_reserve=True)

    entry = moved(guide.confirm(application.entry))

    assert (entry.state, entry.seat_number) == (State.SUBMITTED, 1)
    assert entry.wants_reserve


def test_second_click_is_answered_alike_and_mails_nothing_more(guide: Guide) -> None:
    application = _wait_to_confirm(guide)
    first = moved(guide.confirm(application.entry))
    mails = guide.list_mails(application.entry)

    second = confirming.confirm(
        guide.office, application.entry, version=1, arrived_at=guide.now + timedelta(days=3)
    )

    assert moved(second) == first
    assert guide.list_mails(application.entry) == mails
    assert guide.list_events(application.entry) == ["registered", "confirmed"]


def test_address_can_be_confirmed_for_48_hours(guide: Guide) -> None:
    in_time, late = _wait_to_confirm(guide), _wait_to_confirm(guide)
    guide.wait(hours=48, microseconds=-1)
    assert isinstance(guide.confirm(in_time.entry), Moved)

    guide.wait(microseconds=1)

    assert guide.confirm(late.entry) == LinkExpired()
    assert guide.get(late.entry).state is State.LAPSED
    assert guide.list_events(late.entry) == ["registered", "lapsed"]
    assert guide.confirm(late.entry) == LinkExpired()
    assert len(guide.list_mails(late.entry)) == 1


def test_address_can_be_confirmed_after_the_deadline_until_changes_close(guide: Guide) -> None:
    guide.now = guide.meeting.deadline - timedelta(microseconds=1)
    application = _wait_to_confirm(guide)
    guide.wait(hours=1)

    assert isinstance(guide.confirm(application.entry), Moved)


def test_changes_that_are_closed_close_confirming(guide: Guide) -> None:
    changes_until = guide.meeting.changes_until
    _set_later_deadline(guide, changes_until.isoformat(sep=" "))
    guide.now = changes_until - timedelta(microseconds=1)
    application = _wait_to_confirm(guide)

    guide.wait(microseconds=1)

    assert guide.confirm(application.entry) == ChangesClosed(changes_until)
    assert guide.get(application.entry).state is State.UNCONFIRMED


def _set_later_deadline(guide: Guide, at: str) -> None:
    with guide.office.database.writing() as session:
        session.connection().exec_driver_sql(
            f"UPDATE delegation SET later_deadline_at_utc = '{at}'"
        )


def test_seat_that_was_taken_meanwhile_is_refused_and_another_chosen(guide: Guide) -> None:
    keys = [label.key for label in guide.meeting.get_delegation("sacm").labels]
    late = _wait_to_confirm(guide, "sacm", seat_label=keys[0])
    guide.submit("sacm", seat_label=keys[0])

    assert guide.confirm(late.entry) == SeatTaken()
    assert guide.get(late.entry).state is State.UNCONFIRMED
    entry = moved(guide.confirm(late.entry, seat_label=keys[1]))
    assert (entry.seat_number, entry.seat_label) == (2, keys[1])


def test_without_a_reserve_list_who_comes_too_late_stays_unconfirmed(guide: Guide) -> None:
    load_meeting(guide.office, promote="none")
    late = _wait_to_confirm(guide)
    guide.submit()
    seated = guide.submit()

    assert guide.confirm(late.entry) == DelegationFull(seats=2, may_wait=False)
    assert guide.get(late.entry).state is State.UNCONFIRMED
    withdraw(guide, seated)
    assert moved(guide.confirm(late.entry)).seat_number == 2


def test_form_drawn_before_the_desk_changed_the_entry_comes_second(guide: Guide) -> None:
    application = _wait_to_confirm(guide)
    entry = moved(amend(guide, guide.get(application.entry), position="Asesora"))

    answer = confirming.confirm(guide.office, application.entry, version=1, arrived_at=guide.now)

    assert entry.version == 2
    assert isinstance(answer, CameSecond)
    assert (answer.actor, answer.who, answer.at) == (Actor.SECRETARIAT, None, guide.now)


@pytest.mark.parametrize("state", [State.WITHDRAWN])
def test_withdrawn_entry_is_not_confirmed(guide: Guide, state: State) -> None:
    entry: Registration = guide.submit()
    withdraw(guide, entry)

    answer = guide.confirm(entry.id)

    assert isinstance(answer, NotPermitted)
    assert guide.get(entry.id).state is state
