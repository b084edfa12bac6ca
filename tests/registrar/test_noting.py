"""Notes among staff: kept in order, told to nobody else, gone with the entry."""

from uuid import uuid4

from registration.domain.retention import Kind, Reason
from registration.registrar import erasing_one
from registration.registrar.noting import write_note
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading import holdings
from tests.builders import RCM
from tests.offices import OTHER_REVIEWER, REVIEWER, Guide
from tests.registrar.moving import withdraw


def test_notes_stand_newest_first_with_their_author(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    before = guide.list_mails(entry.id)

    write_note(office, entry.id, "Llamar", note_id=uuid4(), by=REVIEWER, arrived_at=guide.now)
    guide.wait(minutes=3)
    notes = write_note(
        office, entry.id, "Ya llamé", note_id=uuid4(), by=OTHER_REVIEWER, arrived_at=guide.now
    )

    assert isinstance(notes, list)
    assert [(each.staff_name, each.words) for each in notes] == [
        ("Tomás Rivas", "Ya llamé"),
        ("Luisa Pérez", "Llamar"),
    ]
    assert (guide.get(entry.id).version, guide.list_mails(entry.id)) == (entry.version, before)


def test_double_click_is_one_note_and_one_line(office: Office, guide: Guide) -> None:
    entry, id = guide.submit("cr"), uuid4()

    for _ in range(2):
        notes = write_note(
            office, entry.id, "Llamar", note_id=id, by=REVIEWER, arrived_at=guide.now
        )

    assert isinstance(notes, list)
    assert len(notes) == 1
    assert guide.list_events(entry.id).count("noted") == 1


def test_history_says_that_there_is_a_note_and_not_what_it_says(
    office: Office, guide: Guide
) -> None:
    entry = guide.submit("cr")
    write_note(
        office,
        entry.id,
        "Es de otra delegación",
        note_id=uuid4(),
        by=REVIEWER,
        arrived_at=guide.now,
    )

    with office.database.reading() as session:
        lines = reading.list_history(session, reading.chain_of_registration(entry.id))

    assert "delegación" not in str([(each.facts, each.details) for each in lines])


def test_note_is_erased_with_its_entry(office: Office, guide: Guide) -> None:
    entry, other = guide.submit("cr"), guide.submit("pa")
    for each in (entry, other):
        write_note(office, each.id, "Llamar", note_id=uuid4(), by=REVIEWER, arrived_at=guide.now)
    withdraw(guide, entry)

    erasing_one.erase_entry(office, entry.id, reason=Reason.REQUEST, by=REVIEWER, at=guide.now)

    with office.database.reading() as session:
        assert reading.list_notes(session, entry.id) == []
        assert holdings.count_held(session, RCM, entry.id)[Kind.NOTE] == 0
        assert len(reading.list_notes(session, other.id)) == 1
