"""Dates and seats changed at the desk, the reserve list, and a swap: each with its reason."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from registration.domain.desk_refusals import DateOutOfRange, DelegationThere, SeatHeld
from registration.domain.events import By
from registration.domain.ids import DelegationKey
from registration.domain.meeting import Meeting
from registration.domain.refusals import ReasonMissing, RegistrationClosed
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import delegations, replacing, reserving, seating
from registration.registrar.office import CheckYourEmail
from registration.registrar.seating import Change
from registration.store import reading
from registration.store.reading import FocalPoint
from registration.store.tables.mail import DbMail
from tests.builders import RCM
from tests.offices import REVIEWER, Guide, load_meeting
from tests.registrar.moving import decide, moved, withdraw
from tests.registrar.test_amending import BRAZIL

CR, SACM = DelegationKey("cr"), DelegationKey("sacm")


def test_later_date_holds_for_the_delegation_alone(guide: Guide) -> None:
    meeting = guide.meeting
    seating.extend(
        guide.office, RCM, CR, meeting.deadline + timedelta(days=7), change=_change(guide)
    )
    guide.now = meeting.deadline

    assert guide.register(guide.apply("cr")) == CheckYourEmail()
    assert guide.register(guide.apply("pa")) == RegistrationClosed(meeting.deadline)


def test_later_date_is_after_the_meeting_s_and_not_after_its_last(guide: Guide) -> None:
    meeting = guide.meeting
    refused = DateOutOfRange(after=meeting.deadline, until=meeting.changes_until)
    for until in (meeting.deadline, meeting.changes_until + timedelta(seconds=1)):
        assert seating.extend(guide.office, RCM, CR, until, change=_change(guide)) == refused


def test_changes_need_a_reason(guide: Guide) -> None:
    change = _change(guide, reason=" ")

    answers = [
        seating.extend(guide.office, RCM, CR, None, change=change),
        seating.add_seat(guide.office, RCM, CR, change=change),
        seating.add_delegation(guide.office, RCM, BRAZIL, change=change),
    ]

    assert answers == [ReasonMissing()] * 3


def test_dates_of_a_rehearsal_are_moved_as_they_are_shown(guide: Guide) -> None:
    load_meeting(guide.office, rolled_weeks=3)
    before = guide.meeting
    local = before.deadline.astimezone(before.zone).replace(tzinfo=None)
    last = before.changes_until.astimezone(before.zone).replace(tzinfo=None)

    seating.move_dates(
        guide.office,
        RCM,
        deadline=local + timedelta(days=2),
        changes_until=last,
        change=_change(guide),
    )

    assert guide.meeting.deadline - before.deadline == timedelta(days=2)
    assert guide.meeting.changes_until == before.changes_until


def test_those_concerned_are_told_once_for_each_address(guide: Guide) -> None:
    guide.submit("cr"), guide.submit("pa")
    person = FocalPoint(name="Marta", email="marta@example.org", language="es")
    delegations.name_focal_point(guide.office, RCM, CR, person, by=REVIEWER, at=guide.now)
    unconfirmed = guide.apply("cr")
    guide.register(unconfirmed)

    seating.add_seat(guide.office, RCM, CR, change=_change(guide, tells=True))
    seating.add_seat(guide.office, RCM, CR, change=_change(guide))

    assert _list_told(guide, "seats_changed") == ["marta@example.org", "p0@example.org"]


def test_two_at_the_desk_add_two_seats_and_a_held_one_stays(guide: Guide) -> None:
    for _ in range(2):
        seating.add_seat(guide.office, RCM, CR, change=_change(guide))
    entries = [guide.submit("cr") for _ in range(4)]

    held = seating.drop_seat(guide.office, RCM, CR, change=_change(guide))
    withdraw(guide, entries[3])
    dropped = seating.drop_seat(guide.office, RCM, CR, change=_change(guide))

    assert held == SeatHeld()
    assert isinstance(dropped, Meeting)
    assert guide.meeting.get_delegation("cr").seats == 3


def test_seat_with_a_name_stays_when_the_file_is_loaded_again(guide: Guide) -> None:
    name = {"en": "Adviser", "es": "Asesoría", "fr": "Conseil", "pt": "Apoio"}
    label = {"key": "seat-3", "name": name}

    seating.add_seat(guide.office, RCM, SACM, change=_change(guide), label=label)
    load_meeting(guide.office)

    assert guide.meeting.get_delegation("sacm").labels[2].name["es"] == "Asesoría"
    assert guide.submit("sacm", seat_label="seat-3").seat_number == 3


def test_delegation_is_added_once(guide: Guide) -> None:
    added = seating.add_delegation(guide.office, RCM, BRAZIL, change=_change(guide))
    again = seating.add_delegation(guide.office, RCM, BRAZIL, change=_change(guide))

    assert isinstance(added, Meeting)
    assert again == DelegationThere()
    assert guide.submit("br").seat_number == 1


def test_swap_is_told_to_both_and_stands_in_the_meeting_s_history(guide: Guide) -> None:
    one, other = guide.submit("cr"), guide.submit("cr")

    replacing.swap(
        guide.office,
        one.id,
        other.id,
        version=one.version,
        other_version=other.version,
        by=REVIEWER,
        arrived_at=guide.now,
        reason="La jefa es otra.",
        tells=True,
    )

    assert [guide.get(each.id).seat_number for each in (one, other)] == [2, 1]
    assert _list_told(guide, "seats_changed") == ["p0@example.org", "p1@example.org"]
    with guide.office.database.reading() as session:
        line = reading.list_delegation_lines(session, RCM, CR)[0]
    assert (line.event.value, line.details["reason"]) == ("swapped", "La jefa es otra.")


def test_freed_and_added_seats_go_by_themselves_to_who_waits_longest(guide: Guide) -> None:
    load_meeting(guide.office, promote="auto")
    seated = [guide.submit("cr") for _ in range(2)]
    waiting = [_wait_for_seat(guide) for _ in range(4)]

    withdraw(guide, seated[0])
    decide(guide, seated[1], "decline", "No es funcionario.")
    seating.add_seat(guide.office, RCM, CR, change=_change(guide))

    assert [guide.get(each.id).state for each in waiting] == [State.SUBMITTED] * 3 + [State.RESERVE]


def test_sweep_promotes_where_a_newer_file_brought_a_seat(guide: Guide) -> None:
    for _ in range(2):
        guide.submit("cr")
    waiting = _wait_for_seat(guide)
    seating.add_seat(guide.office, RCM, CR, change=_change(guide))
    by_hand = reserving.promote_everywhere(guide.office, now=guide.now)

    load_meeting(guide.office, promote="auto")
    by_itself = reserving.promote_everywhere(guide.office, now=guide.now)

    assert (by_hand, by_itself) == (0, 1)
    assert guide.get(waiting.id).state is State.SUBMITTED


def test_reserve_list_is_promoted_by_hand_where_the_meeting_says_so(guide: Guide) -> None:
    first = guide.submit("cr")
    guide.submit("cr")
    waiting = _wait_for_seat(guide)
    withdraw(guide, first)
    before = guide.get(waiting.id).state

    reserving.promote(guide.office, waiting.id, by=REVIEWER, arrived_at=guide.now)

    assert (before, guide.get(waiting.id).state) == (State.RESERVE, State.SUBMITTED)


def _wait_for_seat(guide: Guide) -> Registration:
    guide.wait(minutes=1)
    application = guide.apply("cr", join_reserve=True)
    guide.register(application)
    return moved(guide.confirm(application.entry))


def _change(guide: Guide, **changes: Any) -> Change:
    by: By = REVIEWER
    return Change(**{"by": by, "at": guide.now, "reason": "Lo pidió el país.", **changes})


def _list_told(guide: Guide, occasion: str) -> list[str]:
    query = select(DbMail.recipient).where(DbMail.occasion == occasion)
    with guide.office.database.reading() as session:
        return sorted(session.scalars(query))
