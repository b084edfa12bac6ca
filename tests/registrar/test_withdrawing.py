"""Seats that are left, handed over and exchanged: withdrawing, replacing, swapping, promoting."""

import pytest

from registration.domain.events import CLOCK, DELEGATE, By
from registration.domain.papers import LetterStatus
from registration.domain.refusals import (
    CameSecond,
    ChangesClosed,
    DelegationFull,
    NotPermitted,
    ReasonMissing,
    Refusal,
    SamePersonAlreadyThere,
)
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import replacing, reserving
from registration.registrar.entering import Application
from registration.registrar.office import Moved
from tests.offices import FOCAL_POINT, OTHER_REVIEWER, REVIEWER, Guide, load_meeting
from tests.registrar.moving import accept, find_letter, list_new_mails, moved, withdraw

ASSISTANT = "asistente@example.org"


def test_withdrawing_frees_the_seat_and_withdraws_the_letter(guide: Guide) -> None:
    entry = guide.submit(particulars=guide.make_person(copy_to=ASSISTANT))
    guide.approve(entry)
    moved(accept(guide, entry))
    before = guide.list_mails(entry.id)

    after = moved(withdraw(guide, entry, reason="Enfermedad"))

    letter = find_letter(guide, entry)
    assert (after.state, after.seat_number) == (State.WITHDRAWN, None)
    assert (letter.status, letter.withdrawn_at) == (LetterStatus.WITHDRAWN, guide.now)
    assert list_new_mails(guide, entry, before) == [
        ("copy_withdrawn", ASSISTANT),
        ("staff_withdrawn", "CRMST@iom.int"),
        ("withdrawn", "p0@example.org"),
    ]
    assert guide.submit().seat_number == 1


def test_second_click_is_answered_alike_but_not_to_somebody_else(guide: Guide) -> None:
    entry = guide.submit()
    first = moved(withdraw(guide, entry, by=REVIEWER))
    mails = guide.list_mails(entry.id)

    assert moved(withdraw(guide, entry, by=REVIEWER)) == first
    for other in (OTHER_REVIEWER, DELEGATE, FOCAL_POINT):
        assert isinstance(withdraw(guide, entry, by=other), NotPermitted)
    assert guide.list_mails(entry.id) == mails


def test_withdrawing_of_an_unconfirmed_entry_is_told_to_nobody(guide: Guide) -> None:
    application = guide.apply()
    guide.register(application)
    before = guide.list_mails(application.entry)

    moved(withdraw(guide, guide.get(application.entry), by=REVIEWER))

    assert guide.list_mails(application.entry) == before


def test_withdrawn_person_registers_again(guide: Guide) -> None:
    entry = guide.submit()
    withdraw(guide, entry)

    again = guide.submit(particulars=entry.particulars)

    assert again.id != entry.id


def test_freed_seat_is_given_to_who_waits_where_the_meeting_says_so(guide: Guide) -> None:
    load_meeting(guide.office, promote="auto")
    entry, _ = guide.submit(), guide.submit()
    waiting = guide.submit(join_reserve=True)

    withdraw(guide, entry)

    assert guide.get(waiting.id).seat_number == 1


def test_after_changes_closed_nobody_moves_up_by_himself(guide: Guide) -> None:
    load_meeting(guide.office, promote="auto")
    entry, _ = guide.submit(), guide.submit()
    waiting = guide.submit(join_reserve=True)
    guide.now = guide.meeting.changes_until

    moved(withdraw(guide, entry))

    assert guide.get(waiting.id).state is State.RESERVE


def test_promoting_takes_the_free_seat_and_none_that_is_held(guide: Guide) -> None:
    entry, _ = guide.submit(), guide.submit()
    waiting = guide.submit(join_reserve=True)
    assert _promote(guide, waiting) == DelegationFull(seats=2, may_wait=True)
    withdraw(guide, entry)
    before = guide.list_mails(waiting.id)

    after = moved(_promote(guide, waiting))

    assert (after.state, after.seat_number, after.reserved_at) == (State.SUBMITTED, 1, None)
    assert list_new_mails(guide, waiting, before) == [("promoted", "p2@example.org")]


def test_promoting_gives_the_seat_that_was_chosen_else_the_free_one(guide: Guide) -> None:
    keys = [label.key for label in guide.meeting.get_delegation("sacm").labels]
    seated = [guide.submit("sacm", seat_label=key) for key in keys]
    waiting = [guide.submit("sacm", seat_label=keys[1], join_reserve=True) for _ in range(2)]
    for each in seated:
        withdraw(guide, each)

    first, second = (moved(_promote(guide, each)) for each in waiting)

    assert (first.seat_number, first.seat_label) == (2, keys[1])
    assert (second.seat_number, second.seat_label) == (1, keys[0])


def test_delegates_promote_nobody(guide: Guide) -> None:
    waiting = _wait(guide)

    answer = reserving.promote(guide.office, waiting.id, by=DELEGATE, arrived_at=guide.now)

    assert isinstance(answer, NotPermitted)
    assert reserving.promote(guide.office, waiting.id, by=CLOCK, arrived_at=guide.now)


def _wait(guide: Guide) -> Registration:
    guide.submit(), guide.submit()
    return guide.submit(join_reserve=True)


@pytest.mark.parametrize(("by", "state"), [(FOCAL_POINT, "nominated"), (REVIEWER, "submitted")])
def test_replacing_hands_the_seat_over(guide: Guide, by: By, state: str) -> None:
    guide.submit()
    out = guide.approve(guide.submit())
    before = guide.list_mails(out.id)

    newcomer = moved(_replace(guide, out, guide.apply("pa"), by=by))

    gone = guide.get(out.id)
    assert (gone.state, gone.seat_number) == (State.WITHDRAWN, None)
    assert (newcomer.state, newcomer.seat_number) == (state, out.seat_number)
    assert newcomer.delegation_key == "cr"
    assert newcomer.passport is not None
    assert find_letter(guide, out).status is LetterStatus.WITHDRAWN
    assert list_new_mails(guide, out, before) == [("withdrawn", out.particulars.email)]
    expected = "nominated" if by is FOCAL_POINT else "entered_on_behalf"
    assert guide.list_mails(newcomer.id) == [(expected, newcomer.particulars.email)]
    assert guide.list_events(out.id)[-1] == "replaced"


def test_replacing_keeps_the_label_of_the_seat(guide: Guide) -> None:
    keys = [label.key for label in guide.meeting.get_delegation("sacm").labels]
    out = guide.submit("sacm", seat_label=keys[1])

    newcomer = moved(_replace(guide, out, guide.apply("sacm", seat_label=keys[0])))

    assert (newcomer.seat_number, newcomer.seat_label) == (2, keys[1])


def test_replacing_by_somebody_who_is_there_changes_nothing(guide: Guide) -> None:
    out, other = guide.submit(), guide.submit()
    application = guide.apply(particulars=other.particulars)

    assert _replace(guide, out, application) == SamePersonAlreadyThere()
    assert guide.get(out.id) == out


def test_who_waits_does_not_get_the_seat_that_is_handed_over(guide: Guide) -> None:
    load_meeting(guide.office, promote="auto")
    out, _ = guide.submit(), guide.submit()
    waiting = guide.submit(join_reserve=True)

    moved(_replace(guide, out, guide.apply()))

    assert guide.get(waiting.id).state is State.RESERVE


def test_late_replacing_is_the_secretariats_with_a_reason(guide: Guide) -> None:
    out = guide.submit()
    guide.now = guide.meeting.changes_until
    newcomer = guide.apply()

    assert _replace(guide, out, newcomer, by=FOCAL_POINT) == ChangesClosed(guide.now)
    assert _replace(guide, out, newcomer) == ReasonMissing()
    assert moved(_replace(guide, out, newcomer, reason="By note verbale")).seat_number == 1


def test_two_delegates_swap_their_seats(guide: Guide) -> None:
    keys = [label.key for label in guide.meeting.get_delegation("sacm").labels]
    one, two = (guide.submit("sacm", seat_label=key) for key in keys)
    mails = guide.list_mails(one.id)

    moved(_swap(guide, one, two))

    after = [guide.get(each.id) for each in (one, two)]
    assert [(each.seat_number, each.seat_label) for each in after] == [(2, keys[1]), (1, keys[0])]
    assert [each.state for each in after] == [State.SUBMITTED, State.SUBMITTED]
    assert all(guide.list_events(each.id)[-1] == "swapped" for each in after)
    assert guide.list_mails(one.id) == mails
    with guide.office.database.reading() as session:
        seats = session.connection().exec_driver_sql("SELECT max(number) FROM seat").scalar()
    assert seats == 2, "the spare seat is gone again"


def test_swap_with_the_seat_of_another_delegation_or_ones_own_is_refused(guide: Guide) -> None:
    one, two, elsewhere = guide.submit(), guide.submit(), guide.submit("pa")

    for other in (elsewhere, one):
        assert isinstance(_swap(guide, one, other), NotPermitted)
    withdraw(guide, two)
    assert isinstance(_swap(guide, one, guide.get(two.id)), NotPermitted)


def test_swap_drawn_before_either_moved_comes_second(guide: Guide) -> None:
    one, two = guide.submit(), guide.submit()
    guide.approve(two)

    assert isinstance(_swap(guide, one, two), CameSecond)
    assert guide.get(one.id).seat_number == 1


def _promote(guide: Guide, entry: Registration) -> Moved | Refusal:
    return reserving.promote(
        guide.office,
        entry.id,
        by=REVIEWER,
        arrived_at=guide.now,
        version=guide.get(entry.id).version,
    )


def _replace(
    guide: Guide,
    entry: Registration,
    application: Application,
    *,
    by: By = REVIEWER,
    reason: str = "",
) -> Moved | Refusal:
    return replacing.replace(
        guide.office,
        entry.id,
        application,
        version=entry.version,
        by=by,
        arrived_at=guide.now,
        reason=reason,
    )


def _swap(guide: Guide, one: Registration, two: Registration) -> Moved | Refusal:
    return replacing.swap(
        guide.office,
        one.id,
        two.id,
        version=one.version,
        other_version=two.version,
        by=REVIEWER,
        arrived_at=guide.now,
    )
