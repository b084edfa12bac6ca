"""What lies in the vault opens where it belongs and nowhere else, whatever is done to the rows."""

from uuid import UUID

import pytest
from sqlalchemy import Uuid, bindparam, select, text

from registration.domain.events import Occasion
from registration.domain.ids import FileId
from registration.domain.openings import Why
from registration.domain.registrations import Registration
from registration.mail import outbox
from registration.mail.gathering import gather
from registration.mail.room import MailRoom
from registration.meetings.reading import get_meeting
from registration.registrar import opening
from registration.store.tables.mail import DbMail
from registration.vault.boxes import BoxWillNotOpen
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import find_letter


@pytest.mark.parametrize("swapped", [{"blob"}, {"wrapped_key"}, {"blob", "wrapped_key"}])
def test_file_moved_to_another_registration_by_hand_does_not_open(
    guide: Guide, swapped: set[str]
) -> None:
    ana, luis = guide.submit(), guide.submit("pa")
    swap(guide, "locked_file", passport_of(ana), passport_of(luis), swapped)

    for entry in (ana, luis):
        with pytest.raises(BoxWillNotOpen):
            open_passport(guide, entry)


def test_passport_that_changed_its_owner_by_hand_does_not_open(guide: Guide) -> None:
    """The row says that it is the other's, and so does the other's registration; the box knows."""
    ana, luis = guide.submit(), guide.submit("pa")
    swap(guide, "locked_file", passport_of(ana), passport_of(luis), {"entry_id"})
    swap(guide, "registration", ana.id, luis.id, {"passport_id"})

    for entry in (ana, luis):
        with pytest.raises(BoxWillNotOpen):
            open_passport(guide, guide.get(entry.id))


def test_registration_that_points_at_the_file_of_another_does_not_open_it(guide: Guide) -> None:
    """That file is whole and would open for its owner."""
    ana, luis = guide.submit(), guide.submit("pa")
    swap(guide, "registration", ana.id, luis.id, {"passport_id"})

    for entry in (ana, luis):
        with pytest.raises(LookupError):
            open_passport(guide, guide.get(entry.id))
        assert "file_opened" not in guide.list_events(entry.id)


def test_letter_of_another_registration_is_neither_read_nor_mailed(guide: Guide) -> None:
    ana, luis = guide.approve(guide.submit()), guide.approve(guide.submit("pa"))
    letters = [find_letter(guide, each) for each in (ana, luis)]
    swap(guide, "letter", letters[0].id, letters[1].id, {"file_id"})

    for entry in (ana, luis):
        with pytest.raises(LookupError):
            opening.read_own_paper(guide.office, find_letter(guide, entry).file_id, of=entry.id)
    room = make_room_of(guide)
    while (mail := outbox.claim(guide.office.database, now=guide.now)) is not None:
        if mail.occasion is Occasion.INVITED:
            with pytest.raises(BoxWillNotOpen):
                gather(room, mail)


def test_passport_stored_as_a_signed_letter_does_not_open(guide: Guide) -> None:
    ana = guide.submit()
    with guide.office.database.writing() as session:
        session.execute(text("UPDATE locked_file SET role = 'signed_letter'"))

    with pytest.raises(BoxWillNotOpen):
        open_passport(guide, ana)


def test_message_moved_to_another_mail_by_hand_does_not_open(guide: Guide) -> None:
    guide.submit()
    guide.submit("pa")
    office = guide.office
    first, second = (outbox.claim(office.database, now=guide.now) for _ in range(2))
    assert first is not None
    assert second is not None
    for mail in (first, second):
        locked = office.vault.lock(b"the message", bound_to=f"mail:{mail.id}")
        outbox.keep_built(
            office.database, mail, message_id=str(mail.id), locked=locked, now=guide.now
        )
    with office.database.writing() as session:
        one, other = (session.get_one(DbMail, each.id) for each in (first, second))
        one.locked_bytes, other.locked_bytes = other.locked_bytes, one.locked_bytes
        one.wrapped_key, other.wrapped_key = other.wrapped_key, one.wrapped_key

    with office.database.reading() as session:
        for row in session.scalars(select(DbMail).where(DbMail.wrapped_key.is_not(None))):
            assert row.locked_bytes is not None
            assert row.wrapped_key is not None
            with pytest.raises(BoxWillNotOpen):
                office.vault.unlock(row.locked_bytes, row.wrapped_key, bound_to=f"mail:{row.id}")


# builders


def open_passport(guide: Guide, entry: Registration) -> bytes:
    assert entry.passport is not None
    opened = opening.open_file(
        guide.office,
        entry.passport,
        of=entry.id,
        by=REVIEWER,
        why=Why.REVIEW,
        arrived_at=guide.now,
    )
    return opened.data


def passport_of(entry: Registration) -> FileId:
    assert entry.passport is not None
    return entry.passport


def make_room_of(guide: Guide) -> MailRoom:
    return MailRoom(
        database=guide.office.database,
        vault=guide.office.vault,
        tokens=guide.office.tokens,
        addresses=guide.office.addresses,
        get_meeting=get_meeting,
        sender="secretariat@example.org",
    )


def swap(guide: Guide, table: str, one: UUID, other: UUID, columns: set[str]) -> None:
    """Swap columns of two rows by SQL; a blob is unique, so by way of a name that is nobody's."""
    chosen, row = ", ".join(sorted(columns)), bindparam("row", type_=Uuid)
    read = text(f"SELECT {chosen} FROM {table} WHERE id = :row").bindparams(row)
    with guide.office.database.writing() as session:
        rows = [session.execute(read, {"row": each}).one()._asdict() for each in (one, other)]
        away = {"blob": "0" * 64} if "blob" in columns else {}
        for id, values in ((one, away), (other, rows[0]), (one, rows[1])):
            setting = ", ".join(f"{column} = :{column}" for column in values) or "id = id"
            write = text(f"UPDATE {table} SET {setting} WHERE id = :row").bindparams(row)
            session.execute(write, {"row": id, **values})
