"""People of a category that register by themselves: no seat to wait for, and often no letter."""

from datetime import timedelta

import pytest

from registration.domain.meeting import Admission
from registration.domain.refusals import UnknownDelegation
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import concerns
from registration.domain.states import State
from registration.registrar.delegations import admit
from registration.registrar.office import CheckYourEmail, Office
from registration.store import reading
from tests.offices import REVIEWER, Guide
from tests.programs import load_program
from tests.registrar.moving import moved, withdraw


@pytest.fixture
def guide(office: Office) -> Guide:
    load_program(office)
    return Guide(office)


def test_whole_journey_without_a_letter(guide: Guide) -> None:
    person = guide.make_person(copy_to="asistente@example.org")

    entry = guide.submit("speakers", particulars=person, with_passport=False)
    approved = guide.approve(entry)

    assert (entry.state, entry.seat_number) == (State.SUBMITTED, 1)
    assert (approved.state, approved.on_behalf) == (State.INVITED, False)
    assert guide.list_events(entry.id) == ["registered", "confirmed", "approved"]
    assert sorted(occasion for occasion, _ in guide.list_mails(entry.id)) == [
        "confirm_address",
        "copy_confirmed",
        "copy_received",
        "participation_confirmed",
        "received",
        "staff_new_entry",
    ]
    with guide.office.database.reading() as session:
        assert reading.list_letters(session, entry.id) == []


def test_everybody_of_the_category_gets_a_place_and_a_freed_one_is_used_again(guide: Guide) -> None:
    entries = [guide.submit("speakers", with_passport=False) for _ in range(4)]
    moved(withdraw(guide, entries[1]))

    again = guide.submit("speakers", with_passport=False)

    assert [each.seat_number for each in entries] == [1, 2, 3, 4]
    assert again.seat_number == 2


def test_passport_that_nobody_asked_for_is_not_kept(guide: Guide) -> None:
    entry = guide.submit("speakers")

    assert entry.passport is None


def test_category_of_the_desk_is_still_the_desks(guide: Guide) -> None:
    application = guide.apply("interpreters", with_passport=False)

    assert guide.register(application) == UnknownDelegation()


def test_registration_by_link_alone_leaves_categories_open(guide: Guide) -> None:
    admit(guide.office, guide.meeting.id, Admission.LINK, by=REVIEWER, at=guide.now)

    application = guide.apply("speakers", with_passport=False)

    assert guide.register(application) == CheckYourEmail()


def test_nobody_without_a_letter_is_reminded_of_signing_one(guide: Guide) -> None:
    speaker = guide.approve(guide.submit("speakers", with_passport=False))
    organiser = guide.approve(guide.submit("organisers", with_passport=False))
    now = guide.now + timedelta(days=1)

    reminded = {
        each.delegation_key: concerns(Rule.ACCEPT, guide.meeting, each, has_travel=False, now=now)
        for each in (speaker, organiser)
    }

    # Organisers are written a letter here, and sign nothing.
    assert reminded == {"speakers": False, "organisers": False}
