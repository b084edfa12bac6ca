"""People without a seat of a delegation: entered at the desk, registered where nothing is asked."""

from registration.domain.events import DELEGATE
from registration.domain.refusals import NotPermitted, SamePersonAlreadyThere, UnknownDelegation
from registration.domain.registrations import Registration
from registration.domain.states import MoveName, State
from registration.registrar import deciding, entering, meetings
from registration.registrar.arriving import Arrived, record_arrival
from registration.registrar.correcting import reissue
from registration.registrar.steps import Asked, refuse
from registration.store import reading
from registration.store.tables.files import DbLockedFile
from tests.builders import RCM
from tests.offices import FOCAL_POINT, REVIEWER, Guide, load_meeting
from tests.registrar.moving import amend, moved, withdraw


def enter(guide: Guide, category: str = "speakers", **fields: str) -> Registration:
    person = guide.make_person(**fields)
    application = guide.apply(category, particulars=person, with_passport=False)
    return moved(_enter(guide, application))


def test_person_of_a_category_is_registered_by_being_entered(guide: Guide) -> None:
    entry = enter(guide, copy_to="asistente@example.org")

    assert (entry.state, entry.seat_number, entry.version) == (State.INVITED, 1, 2)
    assert guide.list_events(entry.id) == ["entered", "approved"]
    assert guide.list_mails(entry.id) == [("registered_at_desk", "p0@example.org")]
    with guide.office.database.reading() as session:
        assert reading.list_letters(session, entry.id) == []


def test_category_has_a_seat_for_everybody(guide: Guide) -> None:
    entries = [enter(guide) for _ in range(5)]

    assert [each.seat_number for each in entries] == [1, 2, 3, 4, 5]


def test_seat_that_was_freed_is_taken_before_another_is_made(guide: Guide) -> None:
    entries = [enter(guide) for _ in range(3)]
    moved(withdraw(guide, entries[1], by=REVIEWER))

    assert enter(guide).seat_number == 2
    assert enter(guide).seat_number == 4


def test_form_sent_twice_enters_one_person(guide: Guide) -> None:
    application = guide.apply("hosts", with_passport=False)

    first, again = _enter(guide, application), _enter(guide, application)

    assert moved(first) == moved(again)
    assert guide.list_events(application.entry) == ["entered", "approved"]
    same = guide.apply("hosts", particulars=application.particulars, with_passport=False)
    assert _enter(guide, same) == SamePersonAlreadyThere()


def test_nobody_registers_for_a_category_but_at_the_desk(guide: Guide) -> None:
    application = guide.apply("companions", with_passport=False)

    assert guide.register(application) == UnknownDelegation()
    nominated = entering.nominate(guide.office, application, by=FOCAL_POINT, arrived_at=guide.now)
    assert nominated == UnknownDelegation()
    assert meetings.find_delegation_link(guide.office, RCM, "companions") is None


def test_loading_the_file_again_leaves_the_seats_of_a_category(guide: Guide) -> None:
    entry = enter(guide)

    load_meeting(guide.office)

    assert guide.get(entry.id) == entry


def test_passport_that_came_along_is_looked_at_first(guide: Guide) -> None:
    application = guide.apply("speakers")

    entry = moved(_enter(guide, application))

    assert entry.state is State.SUBMITTED
    assert guide.list_events(entry.id) == ["entered"]


def test_who_gets_no_letter_cannot_accept_nor_have_one_issued(guide: Guide) -> None:
    entry = enter(guide)

    refused = reissue(
        guide.office,
        entry.id,
        version=entry.version,
        by=REVIEWER,
        reason="New agenda",
        arrived_at=guide.now,
    )

    assert refused == NotPermitted(move=MoveName.AMEND, state=State.INVITED)
    assert guide.get(entry.id) == entry
    with guide.office.database.reading() as session:
        row = reading.get_delegation(session, entry.delegation_id)
        asked = Asked(move=MoveName.ACCEPT, by=DELEGATE, arrived_at=guide.now)
        accepted = refuse(session, entry, asked, guide.meeting, row)
    assert accepted == NotPermitted(move=MoveName.ACCEPT, state=State.INVITED)


def test_entry_without_letter_is_corrected_and_let_in_like_any(guide: Guide) -> None:
    entry = enter(guide)

    corrected = moved(amend(guide, entry, position="Intérprete de conferencias"))
    arrived = record_arrival(guide.office, entry.id, by=REVIEWER, arrived_at=guide.now)

    assert (corrected.state, corrected.particulars.position) == (
        State.INVITED,
        "Intérprete de conferencias",
    )
    assert isinstance(arrived, Arrived)


def test_approval_of_a_submitted_one_issues_no_letter(guide: Guide) -> None:
    application = guide.apply("speakers")
    entry = moved(_enter(guide, application))
    with guide.office.database.writing() as session:
        for file in session.query(DbLockedFile):
            file.condition = "clean"

    approved = moved(
        deciding.approve(
            guide.office, entry.id, version=entry.version, by=REVIEWER, arrived_at=guide.now
        )
    )

    assert approved.state is State.INVITED
    with guide.office.database.reading() as session:
        assert reading.list_letters(session, entry.id) == []
    assert ("participation_confirmed", "p0@example.org") in guide.list_mails(entry.id)


def _enter(guide: Guide, application: entering.Application) -> object:
    return entering.enter(
        guide.office, application, by=REVIEWER, reason="List of speakers", arrived_at=guide.now
    )
