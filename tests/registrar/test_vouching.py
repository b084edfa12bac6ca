"""Whether somebody is the delegation's: the focal point's word, and what the desk recorded."""

from datetime import date
from uuid import uuid4

import pytest

from registration.domain.ids import FileId, RegistrationId
from registration.domain.nominations import NominatedBy, Standing, standing_of
from registration.domain.openings import Why
from registration.domain.papers import FileRole
from registration.domain.refusals import FileMissing, NotPermitted, Refusal
from registration.domain.registrations import Registration
from registration.domain.retention import Kind, Reason
from registration.registrar import erasing_one, notes_verbales, opening, receiving
from registration.registrar.notes_verbales import NoteVerbale
from registration.registrar.office import Office
from registration.registrar.vouching import vouch
from registration.store import reading
from registration.store.reading import holdings
from tests.builders import RCM
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.registrar.moving import decide, moved, withdraw


def test_entry_that_came_by_itself_is_not_nominated(guide: Guide) -> None:
    assert standing_of(guide.submit("cr")) is Standing.NOT_NOMINATED


def test_focal_point_s_word_is_on_record_and_mails_nobody(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    before = guide.list_mails(entry.id)

    ours = vouch(office, entry.id, ours=True, by=FOCAL_POINT, arrived_at=guide.now)

    assert isinstance(ours, Registration)
    assert (standing_of(ours), ours.version) == (Standing.NOMINATED, entry.version)
    with office.database.reading() as session:
        nomination = reading.find_nomination(session, ours.nomination_id)
    assert nomination is not None
    assert nomination.how is NominatedBy.FOCAL_POINT
    assert nomination.delegation_id == entry.delegation_id
    assert guide.list_events(entry.id)[-1] == "vouched"
    assert guide.list_mails(entry.id) == before


def test_same_word_twice_is_one_line(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")

    for _ in range(2):
        vouch(office, entry.id, ours=True, by=FOCAL_POINT, arrived_at=guide.now)
    for _ in range(2):
        vouch(office, entry.id, ours=False, by=FOCAL_POINT, arrived_at=guide.now)

    assert guide.list_events(entry.id)[-2:] == ["vouched", "disowned"]
    assert standing_of(guide.get(entry.id)) is Standing.DISOWNED


def test_not_ours_can_be_taken_back(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    vouch(office, entry.id, ours=False, by=FOCAL_POINT, arrived_at=guide.now)

    vouch(office, entry.id, ours=True, by=FOCAL_POINT, arrived_at=guide.now)

    after = guide.get(entry.id)
    assert (standing_of(after), after.disowned_at) == (Standing.NOMINATED, None)


def test_note_verbale_stands_for_all_whom_it_names(office: Office, guide: Guide) -> None:
    entries = [guide.submit("cr"), guide.submit("cr")]
    vouch(office, entries[1].id, ours=False, by=FOCAL_POINT, arrived_at=guide.now)

    recorded = _record(guide, entries)

    assert isinstance(recorded, list)
    assert [standing_of(guide.get(each.id)) for each in entries] == [Standing.NOMINATED] * 2
    assert {each.nomination_id for each in recorded} == {recorded[0].nomination_id}
    for each in entries:
        assert guide.list_events(each.id)[-1] == "note_verbale_recorded"


def test_note_verbale_names_people_of_one_delegation_alone(guide: Guide) -> None:
    entries = [guide.submit("cr"), guide.submit("pa")]

    assert isinstance(_record(guide, entries), NotPermitted)
    assert [standing_of(guide.get(each.id)) for each in entries] == [Standing.NOT_NOMINATED] * 2


def test_note_verbale_needs_its_scan(guide: Guide) -> None:
    entry = guide.submit("cr")

    assert _record(guide, [entry], with_scan=False) == FileMissing()
    assert guide.get(entry.id).nomination_id is None


def test_scan_is_opened_for_those_it_names_and_the_history_says_so(
    office: Office, guide: Guide
) -> None:
    entry, other = guide.submit("cr"), guide.submit("cr")
    _record(guide, [entry])
    scan = _scan_of(guide, entry)

    opened = _open(guide, scan, entry)

    assert opened.data == b"a note verbale"
    assert guide.list_events(entry.id)[-1] == "file_opened"
    with pytest.raises(LookupError):
        _open(guide, scan, other)


def test_note_verbale_is_taken_back_for_one_and_stays_for_the_other(
    office: Office, guide: Guide
) -> None:
    entry, other = guide.submit("cr"), guide.submit("cr")
    _record(guide, [entry, other])
    scan = _scan_of(guide, entry)

    notes_verbales.take_back(office, entry.id, by=REVIEWER, arrived_at=guide.now)

    assert standing_of(guide.get(entry.id)) is Standing.NOT_NOMINATED
    assert guide.list_events(entry.id)[-1] == "note_verbale_taken_back"
    assert _open(guide, scan, other).data == b"a note verbale"
    with pytest.raises(LookupError):
        _open(guide, scan, entry)


def test_scan_is_erased_with_whom_it_names(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    _record(guide, [entry])
    withdraw(guide, entry)

    erasing_one.erase_entry(office, entry.id, reason=Reason.REQUEST, by=REVIEWER, at=guide.now)

    with office.database.reading() as session:
        assert holdings.count_held(session, RCM)[Kind.NOMINATION] == 0
        assert holdings.count_held(session, RCM, entry.id)[Kind.NOMINATION] == 0


def test_who_is_declined_is_named_by_no_note_verbale(guide: Guide) -> None:
    entry = guide.submit("cr")
    moved(decide(guide, entry, "decline", "Otra persona"))

    assert isinstance(_record(guide, [entry]), NotPermitted)


def _record(
    guide: Guide, entries: list[Registration], *, with_scan: bool = True
) -> list[Registration] | Refusal:
    id = uuid4()
    if with_scan:
        scan = receiving.ReceivedFile(
            name="nota.pdf", media_type="application/pdf", pages=1, data=b"a note verbale"
        )
        receiving.receive_file(
            guide.office, RegistrationId(id), FileRole.NOMINATION, scan, arrived_at=guide.now
        )
    return notes_verbales.record(
        guide.office,
        [each.id for each in entries],
        NoteVerbale(id=id, number="DGE-0123", dated=date(2022, 2, 10)),
        by=REVIEWER,
        arrived_at=guide.now,
    )


def _scan_of(guide: Guide, entry: Registration) -> FileId:
    with guide.office.database.reading() as session:
        nomination = reading.find_nomination(session, guide.get(entry.id).nomination_id)
    assert nomination is not None
    assert nomination.file_id is not None
    return nomination.file_id


def _open(guide: Guide, file: FileId, entry: Registration) -> opening.OpenedFile:
    return opening.open_file(
        guide.office, file, of=entry.id, by=REVIEWER, why=Why.REVIEW, arrived_at=guide.now
    )
