"""Tickets and rooms: told to their holder, and to the desks when a move upsets them."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from registration.domain.events import DELEGATE
from registration.domain.journeys import Box, Needs
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.travel import TicketStatus
from registration.domain.travel_refusals import (
    NoRoom,
    NoTicket,
    NotTravelling,
    RecordedMeanwhile,
    TicketIssued,
)
from registration.registrar import replacing
from registration.registrar.housing import book_rooms, cancel_room
from registration.registrar.telling_travel import record_look, tell_needs
from registration.registrar.ticketing import cancel_ticket, record_ticket
from registration.registrar.travel_data import TravelRow, find_travel, list_travel, list_upset
from registration.store.tables.accounts import DbStaff, DbStaffRole
from registration.store.tables.mail import DbMail
from registration.store.tables.travel import DbTicket
from tests.builders import RCM
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import amend, decide, moved, withdraw
from tests.travellers import NEEDS, STAY, issue, make_ticket, tell


def test_ticket_is_kept_locked_and_its_holder_gets_it_by_mail(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(tell(guide, entry))

    moved(issue(guide, entry))

    row = find(guide, entry)
    assert (row.ticket_status, row.has_ticket) == (TicketStatus.ISSUED, True)
    assert row.ticket is not None
    assert (row.ticket.full_name, row.ticket.passport_number) == (entry.full_name, "C7654321")
    assert ("ticket_issued", entry.particulars.email) in guide.list_mails(entry.id)
    with guide.office.database.reading() as session:
        stored = session.scalars(select(DbTicket.locked_bytes)).one()
    assert b"139-2401234567" not in stored


def test_ticket_recorded_again_is_a_change_and_tells_so(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(issue(guide, entry))

    moved(issue(guide, entry, number="139-99"))

    assert guide.list_events(entry.id)[-2:] == ["ticket_issued", "ticket_changed"]
    occasions = [each for each, _ in guide.list_mails(entry.id)]
    assert occasions[-2:] == ["ticket_issued", "ticket_changed"]


def test_of_two_who_record_one_learns_that_the_other_did(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(issue(guide, entry))

    second = record_ticket(
        guide.office, entry.id, make_ticket(), seen_at=None, by=REVIEWER, arrived_at=guide.now
    )

    assert second == RecordedMeanwhile()
    assert guide.list_events(entry.id)[-1] == "ticket_issued"


@pytest.mark.parametrize("delegation", ["mx", "ca"])
def test_no_ticket_for_whom_no_flight_is_paid(guide: Guide, delegation: str) -> None:
    entry = guide.approve(guide.submit(delegation))

    assert issue(guide, entry) == NotTravelling()
    assert tell(guide, entry) == NotTravelling()
    assert find(guide, entry) == TravelRow(registration=guide.get(entry.id))


def test_delegate_changes_nothing_after_the_ticket_and_again_once_it_is_cancelled(
    guide: Guide,
) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(tell(guide, entry))
    moved(issue(guide, entry))

    assert tell(guide, entry, number="D1111111") == TicketIssued()
    moved(cancel(guide, entry))
    moved(tell(guide, entry, number="D1111111"))

    travel = find(guide, entry).travel
    assert travel is not None
    assert travel.number == "D1111111"


@pytest.mark.parametrize("way", ["withdraw", "replace"])
def test_whoever_goes_after_the_ticket_alerts_the_travel_desk_in_the_same_transaction(
    guide: Guide, way: str
) -> None:
    add_desk(guide, "es@example.org", "es", [(Role.TRAVEL, "")])
    add_desk(guide, "en@example.org", "en", [(Role.TRAVEL, RCM), (Role.HOST, "")])
    # The meeting has no Italian.
    add_desk(guide, "it@example.org", "it", [(Role.TRAVEL, "")])
    add_desk(guide, "other@example.org", "en", [(Role.TRAVEL, "another-meeting")])
    add_desk(guide, "closed@example.org", "en", [(Role.TRAVEL, "")], active=False)
    entry = guide.approve(guide.submit("cr"))
    moved(issue(guide, entry))
    transactions = count_transactions(guide)

    if way == "withdraw":
        moved(withdraw(guide, entry))
    else:
        replace(guide, entry)

    assert transactions == [entry.id]
    assert find(guide, entry).ticket_status is TicketStatus.TO_CANCEL
    assert list_alerts(guide, entry) == [
        ("staff_ticket_to_cancel", "en@example.org", "en"),
        ("staff_ticket_to_cancel", "es@example.org", "es"),
        ("staff_ticket_to_cancel", "it@example.org", "en"),
    ]
    [row] = list_upset(guide.office, RCM, Box.TICKET)
    assert row.ticket is not None
    assert row.ticket.number == "139-2401234567"


def test_where_the_desk_has_no_account_the_secretariat_hears_of_it(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(issue(guide, entry))

    moved(withdraw(guide, entry))

    assert list_alerts(guide, entry) == [("staff_ticket_to_cancel", guide.meeting.contact, "en")]


def test_without_a_ticket_nobody_is_alerted(guide: Guide) -> None:
    gone = guide.approve(guide.submit("cr"))
    moved(withdraw(guide, gone))
    returned = guide.submit("pa")
    decide(guide, returned, "decline", "No")

    assert list_alerts(guide, gone) == list_alerts(guide, returned) == []
    assert list_upset(guide.office, RCM, Box.TICKET) == []


def test_cancelled_ticket_is_off_the_list_and_the_person_who_went_gets_no_mail(
    guide: Guide,
) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(issue(guide, entry))
    moved(withdraw(guide, entry))
    mails = guide.list_mails(entry.id)

    moved(cancel(guide, entry))

    assert list_upset(guide.office, RCM, Box.TICKET) == []
    assert guide.list_mails(entry.id) == mails
    assert guide.list_events(entry.id)[-1] == "ticket_cancelled"
    assert cancel(guide, entry) == NoTicket()


def test_ticket_of_somebody_who_stays_is_cancelled_with_a_mail(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(issue(guide, entry))

    moved(cancel(guide, entry))

    assert guide.list_mails(entry.id)[-1] == ("ticket_cancelled", entry.particulars.email)
    moved(issue(guide, entry))
    assert guide.list_events(entry.id)[-1] == "ticket_issued"


def test_corrected_name_after_the_ticket_alerts_until_the_ticket_is_changed(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    moved(issue(guide, entry))

    moved(amend(guide, entry, position="Directora"))
    assert list_alerts(guide, entry) == []
    moved(amend(guide, entry, surnames="Ureña"))

    assert [each[0] for each in list_alerts(guide, entry)] == ["staff_traveller_changed"]
    assert find(guide, entry).is_ticket_outdated
    moved(issue(guide, entry))
    assert not find(guide, entry).is_ticket_outdated


def test_room_is_booked_for_many_at_once_or_for_nobody(guide: Guide) -> None:
    guests = [guide.approve(guide.submit(each)) for each in ("cr", "mx")]
    stranger = guide.approve(guide.submit("ca"))

    assert book(guide, [*guests, stranger]) == NotTravelling()
    assert all(find(guide, each).stay is None for each in guests)
    assert book(guide, guests) == 2

    for each in guests:
        assert find(guide, each).stay == STAY
        assert guide.list_mails(each.id)[-1] == ("stay_booked", each.particulars.email)


def test_guest_who_goes_leaves_a_room_to_cancel(guide: Guide) -> None:
    add_desk(guide, "host@example.org", "es", [(Role.HOST, "")])
    entry = guide.approve(guide.submit("mx"))
    book(guide, [entry])

    moved(withdraw(guide, entry))

    assert list_alerts(guide, entry) == [("staff_room_to_cancel", "host@example.org", "es")]
    assert [each.stay for each in list_upset(guide.office, RCM, Box.STAY)] == [STAY]
    moved(cancel_room(guide.office, entry.id, by=REVIEWER, arrived_at=guide.now))
    assert list_upset(guide.office, RCM, Box.STAY) == []
    again = cancel_room(guide.office, entry.id, by=REVIEWER, arrived_at=guide.now)
    assert again == NoRoom()


def test_needs_asked_for_no_more_are_not_kept(guide: Guide) -> None:
    entry = guide.approve(guide.submit("ca"))
    for needs in (NEEDS, Needs()):
        moved(tell_needs(guide.office, entry.id, needs, by=DELEGATE, arrived_at=guide.now))
        assert find(guide, entry).needs == (None if needs.is_empty else needs)


def test_looks_within_minutes_are_one_line(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    for minutes in (0, 5, 11):
        guide.wait(minutes=minutes)
        record_look(guide.office, entry.id, by=REVIEWER, at=guide.now)

    assert guide.list_events(entry.id).count("travel_opened") == 2


def test_meeting_is_opened_in_a_number_of_queries_that_does_not_grow(guide: Guide) -> None:
    counts = []
    for delegation in ("cr", "gt", "pa"):
        entry = guide.approve(guide.submit(delegation))
        moved(tell(guide, entry))
        moved(issue(guide, entry))
        statements = count_statements(guide)
        rows = list_travel(guide.office, RCM)
        counts.append(len(statements))
        assert rows[-1].travel is not None

    assert counts == [5, 5, 5]


# builders


def find(guide: Guide, entry: Registration) -> TravelRow:
    return find_travel(guide.office, guide.get(entry.id))


def cancel(guide: Guide, entry: Registration) -> object:
    seen = find(guide, entry).ticket_at
    guide.wait(seconds=1)
    return cancel_ticket(guide.office, entry.id, seen_at=seen, by=REVIEWER, arrived_at=guide.now)


def book(guide: Guide, guests: Sequence[Registration]) -> object:
    guide.wait(seconds=1)
    ids = [each.id for each in guests]
    return book_rooms(guide.office, ids, STAY, by=REVIEWER, arrived_at=guide.now)


def replace(guide: Guide, entry: Registration) -> None:
    moved(
        replacing.replace(
            guide.office,
            entry.id,
            guide.apply("cr"),
            version=guide.get(entry.id).version,
            by=REVIEWER,
            arrived_at=guide.now,
            reason="Otra persona",
        )
    )


def add_desk(
    guide: Guide,
    email: str,
    language: str,
    roles: Sequence[tuple[Role, str]],
    *,
    active: bool = True,
) -> None:
    staff = DbStaff(
        email=email,
        name="Marta",
        language=language,
        active=active,
        fs_uniquifier=email,
        made_at_utc=datetime(2022, 1, 1, tzinfo=UTC),
        roles=[DbStaffRole(name=role, meeting_id=meeting) for role, meeting in roles],
    )
    with guide.office.database.writing() as session:
        session.add(staff)


def list_alerts(guide: Guide, entry: Registration) -> list[tuple[str, str, str]]:
    """Return occasion, recipient and language of what the desks were told of the entry."""
    wanted = ["staff_ticket_to_cancel", "staff_traveller_changed", "staff_room_to_cancel"]
    query = select(DbMail.occasion, DbMail.recipient, DbMail.language).where(
        DbMail.registration_id == entry.id, DbMail.occasion.in_(wanted)
    )
    with guide.office.database.reading() as session:
        return sorted((each[0], each[1], each[2]) for each in session.execute(query))


def count_transactions(guide: Guide) -> list[object]:
    """Return a list that gets the id of each entry whose ticket a transaction changes together
    with the entry's own row."""
    seen: list[object] = []
    tables: set[str] = set()

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_: object
    ) -> None:
        for table in ("registration", "ticket", "mail"):
            if statement.startswith((f"UPDATE {table} ", f"INSERT INTO {table} ")):
                tables.add(table)

    def end(_connection: object) -> None:
        if tables >= {"registration", "ticket", "mail"}:
            with guide.office.database.reading() as session:
                seen.extend(session.scalars(select(DbTicket.registration_id)))
        tables.clear()

    event.listen(guide.office.database.writer, "before_cursor_execute", note)
    event.listen(guide.office.database.writer, "commit", end)
    return seen


def count_statements(guide: Guide) -> list[str]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(guide.office.database.engine, "before_cursor_execute", note)
    return statements
