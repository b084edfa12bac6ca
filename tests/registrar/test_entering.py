"""Registering: what a delegate's form leads to, and what it does not."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from registration.domain.papers import FileRole
from registration.domain.refusals import (
    DelegationFull,
    OnlyByLink,
    PassportMissing,
    RegistrationClosed,
    SamePersonAlreadyThere,
    SeatTaken,
    UnknownDelegation,
    UnknownMeeting,
    UnknownSeat,
)
from registration.domain.states import State
from registration.registrar import entering, receiving
from registration.registrar.office import CheckYourEmail, Moved
from tests.offices import REVIEWER, Guide, load_meeting

FIRST_INSTANT_REFUSED = datetime(2022, 3, 2, 6, 0, tzinfo=UTC)  # midnight in Mexico City


def test_form_makes_an_unconfirmed_entry_and_one_mail(guide: Guide) -> None:
    application = guide.apply()

    answer = guide.register(application)

    assert answer == CheckYourEmail()
    entry = guide.get(application.entry)
    assert (entry.state, entry.seat_number, entry.version) == (State.UNCONFIRMED, None, 1)
    assert guide.list_mails(entry.id) == [("confirm_address", "p0@example.org")]
    assert guide.list_events(entry.id) == ["registered"]


def test_double_click_makes_one_entry_and_one_mail(guide: Guide) -> None:
    application = guide.apply()

    answers = [guide.register(application), guide.register(application)]

    assert answers == [CheckYourEmail(), CheckYourEmail()]
    assert guide.list_mails(application.entry) == [("confirm_address", "p0@example.org")]


def test_same_person_again_gets_the_same_answer_and_nothing_of_the_form_is_used(
    guide: Guide,
) -> None:
    first = guide.submit("cr")
    person = guide.make_person(
        given_names="PERSONA  a",
        email="P0+again@EXAMPLE.org",
        institution="Another institution",
        copy_to="stranger@example.net",
    )
    again = guide.apply("pa", particulars=person)
    guide.wait(minutes=11)

    answer = guide.register(again)

    assert answer == CheckYourEmail()
    assert guide.get(first.id).particulars == first.particulars
    assert guide.list_mails(first.id)[-1] == ("already_registered", "p0@example.org")
    with guide.office.database.reading() as session:
        assert entering.reading.find_registration(session, again.entry) is None


def test_already_registered_goes_out_once_in_ten_minutes(guide: Guide) -> None:
    first = guide.submit()
    guide.wait(minutes=11)
    for _ in range(3):
        guide.register(guide.apply(particulars=first.particulars))
    guide.wait(minutes=9)
    guide.register(guide.apply(particulars=first.particulars))

    reminders = [each for each in guide.list_mails(first.id) if each[0] == "already_registered"]

    assert reminders == [("already_registered", "p0@example.org")]


def test_third_delegate_is_refused_and_may_wait(guide: Guide) -> None:
    guide.submit("cr")
    guide.submit("cr")

    answer = guide.register(guide.apply("cr"))

    assert answer == DelegationFull(seats=2, may_wait=True)


def test_full_delegation_tells_nobody_who_is_registered(guide: Guide) -> None:
    known = guide.submit("pa")
    guide.submit("cr"), guide.submit("cr")
    guide.wait(minutes=11)

    again = guide.register(guide.apply("cr", particulars=known.particulars))

    assert again == guide.register(guide.apply("cr")) == DelegationFull(seats=2, may_wait=True)
    assert ("already_registered", known.particulars.email) in guide.list_mails(known.id)


def test_nobody_passes_the_reserve_list(guide: Guide) -> None:
    first, _ = guide.submit("cr"), guide.submit("cr")
    waiting = guide.submit("cr", join_reserve=True)
    entering_again = guide.apply("cr")
    from registration.registrar.withdrawing import withdraw

    withdraw(guide.office, first.id, version=first.version, by=REVIEWER, arrived_at=guide.now)
    answer = guide.register(entering_again)

    assert waiting.state is State.RESERVE
    assert answer == DelegationFull(seats=2, may_wait=True)


@pytest.mark.parametrize(
    ("late_by", "expected"),
    [
        (timedelta(microseconds=-1), CheckYourEmail()),
        (timedelta(0), RegistrationClosed(FIRST_INSTANT_REFUSED)),
    ],
)
def test_deadline_is_the_first_instant_refused(
    guide: Guide, late_by: timedelta, expected: object
) -> None:
    application = guide.apply()
    guide.now = FIRST_INSTANT_REFUSED + late_by

    answer = guide.register(application)

    assert answer == expected


def test_form_without_a_passport_is_refused(guide: Guide) -> None:
    answer = guide.register(guide.apply(with_passport=False))

    assert answer == PassportMissing()


def test_passport_of_a_refused_form_waits_for_the_next_try(guide: Guide) -> None:
    guide.submit("cr")
    guide.submit("cr")
    application = guide.apply("cr")

    guide.register(application)

    waiting = receiving.find_received(guide.office, application.entry, FileRole.PASSPORT)
    assert waiting is not None
    assert receiving.unlock_file(guide.office, waiting) == b"a passport's picture"


def test_unknown_delegation_and_meeting_are_refused(guide: Guide) -> None:
    from dataclasses import replace

    from registration.domain.ids import MeetingId

    assert guide.register(guide.apply("xx")) == UnknownDelegation()
    elsewhere = replace(guide.apply(), meeting_id=MeetingId("no-such-meeting"))
    assert guide.register(elsewhere) == UnknownMeeting()


def test_seat_with_a_label_is_chosen_by_the_delegate(guide: Guide) -> None:
    labels = [label.key for label in guide.meeting.get_delegation("sacm").labels]
    second = guide.submit("sacm", seat_label=labels[1])

    assert second.seat_number == 2
    assert guide.register(guide.apply("sacm", seat_label=labels[1])) == SeatTaken()
    assert guide.register(guide.apply("sacm")) == UnknownSeat()
    assert guide.submit("sacm", seat_label=labels[0]).seat_number == 1


def test_delegation_by_link_refuses_who_did_not_come_through_it(guide: Guide) -> None:
    load_meeting(guide.office, admission="link")

    assert guide.register(guide.apply()) == OnlyByLink()
    assert guide.register(guide.apply(admitted=True)) == CheckYourEmail()


def test_entering_on_behalf_takes_a_seat_at_once_and_tells_the_person(guide: Guide) -> None:
    application = guide.apply("hn", with_passport=False)

    moved = entering.enter(
        guide.office, application, by=REVIEWER, reason="E-mail of 14 February", arrived_at=guide.now
    )

    assert isinstance(moved, Moved)
    assert (moved.registration.state, moved.registration.seat_number) == (State.SUBMITTED, 1)
    assert guide.list_mails(application.entry) == [("entered_on_behalf", "p0@example.org")]


def test_entering_on_behalf_after_the_deadline_is_the_secretariats_right(guide: Guide) -> None:
    guide.now = FIRST_INSTANT_REFUSED + timedelta(days=3)

    moved = entering.enter(
        guide.office, guide.apply(), by=REVIEWER, reason="Late note", arrived_at=guide.now
    )

    assert isinstance(moved, Moved)


def test_entering_the_same_person_at_the_desk_says_so(guide: Guide) -> None:
    there = guide.submit()

    answer = entering.enter(
        guide.office,
        guide.apply("pa", particulars=there.particulars),
        by=REVIEWER,
        reason="",
        arrived_at=guide.now,
    )

    assert answer == SamePersonAlreadyThere()


def test_category_without_limit_makes_its_seats(guide: Guide) -> None:
    answers = [
        entering.enter(
            guide.office, guide.apply("speakers"), by=REVIEWER, reason="", arrived_at=guide.now
        )
        for _ in range(4)
    ]

    seated = [each.registration.seat_number for each in answers if isinstance(each, Moved)]
    assert seated == [1, 2, 3, 4]


def test_seat_with_a_label_is_chosen_at_the_desk_too(guide: Guide) -> None:
    application = guide.apply("sacm")

    answer = entering.enter(guide.office, application, by=REVIEWER, reason="", arrived_at=guide.now)

    assert answer == UnknownSeat()


def test_double_click_at_the_desk_makes_one_entry(guide: Guide) -> None:
    application = guide.apply()

    first, second = (
        entering.enter(guide.office, application, by=REVIEWER, reason="", arrived_at=guide.now)
        for _ in range(2)
    )

    assert first == second
    assert len(guide.list_mails(application.entry)) == 1


def test_two_forms_of_one_person_at_once_are_answered_alike(guide: Guide) -> None:
    """Whoever comes second by a moment learns no more than whoever comes second by a day."""
    person = guide.make_person()
    forms = [guide.apply(particulars=person) for _ in range(4)]
    barrier, answers = threading.Barrier(len(forms)), []

    def register(application: entering.Application) -> None:
        barrier.wait()
        answers.append(guide.register(application))

    threads = [threading.Thread(target=register, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [CheckYourEmail()] * len(forms)
    with guide.office.database.reading() as session:
        assert len(entering.reading.list_registrations(session, guide.meeting.id)) == 1


def test_form_sent_again_from_a_page_left_open_mails_nothing(guide: Guide) -> None:
    application = guide.apply()
    guide.register(application)
    guide.wait(days=1)

    answer = guide.register(application)

    assert answer == CheckYourEmail()
    assert guide.list_mails(application.entry) == [("confirm_address", "p0@example.org")]
