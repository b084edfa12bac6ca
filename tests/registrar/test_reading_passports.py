"""The machine's round of reading passports: what it reads, what it leaves, and what it writes."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from registration.domain.ids import FileId
from registration.domain.openings import Why
from registration.domain.papers import Condition, HistoryLine, ReadingStatus
from registration.domain.registrations import Registration
from registration.registrar import deciding, reading_passports
from registration.registrar.reading_passports import open_reading, read_passports
from registration.store import reading
from registration.store.reading import PassportReading
from registration.store.tables.files import DbLockedFile, DbPassportReading
from registration.store.tables.registrations import DbRegistration
from registration.uploads.mrz_reader import MrzReader
from registration.vault.storage import StorageFailed
from tests.offices import REVIEWER, Guide
from tests.proofs.passport_pages import PEOPLE, draw_page, lines_of, to_jpeg
from tests.uploads.files import make_jpeg

HOLDER = PEOPLE[1]
#: One for all tests here: its room takes a second to open.
READER = MrzReader()


@pytest.fixture(scope="module", autouse=True)
def close_the_room() -> Iterator[None]:
    yield
    READER.close()


def test_passport_is_read_once_locked_and_told_in_the_history(
    guide: Guide, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entry = _submit(guide, to_jpeg(draw_page(HOLDER)))

    with caplog.at_level(logging.DEBUG):
        tried = _read(guide)

    found = _find(guide, entry)
    assert (tried, found.status, found.attempts) == (1, ReadingStatus.READ, 1)
    assert open_reading(guide.office, found) == lines_of(HOLDER)
    assert guide.list_events(entry.id)[-1] == "file_opened"
    line = _last_line(guide, entry)
    assert (line.actor.value, line.facts["why"]) == ("clock", Why.READING)
    assert _read(guide) == 0
    assert HOLDER.number not in caplog.text
    assert found.locked_bytes is not None
    assert HOLDER.number.encode() not in found.locked_bytes


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (make_jpeg(), ReadingStatus.NOTHING),
        (b"\xff\xd8\xff no picture", ReadingStatus.FAILED),
    ],
)
def test_file_without_lines_or_sense_ends_in_its_row_and_the_next_is_read(
    guide: Guide, data: bytes, status: ReadingStatus
) -> None:
    bad = _submit(guide, data)
    good = _submit(guide, to_jpeg(draw_page(HOLDER)), "pa")

    assert _read(guide) == 2

    assert _find(guide, bad).status is status
    assert _find(guide, good).status is ReadingStatus.READ


def test_file_that_fails_is_tried_three_times_with_pauses(guide: Guide) -> None:
    entry = _submit(guide, b"nothing")
    tried = []
    for minutes in (0, 10, 6, 16, 16, 600):
        guide.wait(minutes=minutes)
        tried.append(_read(guide))

    assert tried == [1, 0, 1, 1, 0, 0]
    assert _find(guide, entry).is_given_up


def test_what_ends_the_worker_counts_as_a_try(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = _submit(guide, b"nothing")

    def die(*_: object) -> bytes:
        raise SystemExit

    monkeypatch.setattr(reading_passports, "unlock_file", die)
    with pytest.raises(SystemExit):
        _read(guide)

    assert (_find(guide, entry).status, _find(guide, entry).attempts) == (ReadingStatus.FAILED, 1)


def test_storage_that_is_down_spends_no_try(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = _submit(guide, b"nothing")

    def fail(*_: object) -> bytes:
        raise StorageFailed("down")

    monkeypatch.setattr(reading_passports, "unlock_file", fail)
    with pytest.raises(StorageFailed):
        _read(guide)

    assert _find(guide, entry).attempts == 0


def test_file_that_another_worker_has_is_left_to_it(guide: Guide) -> None:
    entry = _submit(guide, b"nothing")
    assert entry.passport is not None

    one = reading_passports._claim(guide.office, entry.passport, at=guide.now)
    other = reading_passports._claim(guide.office, entry.passport, at=guide.now)

    assert one is not None
    assert other is None
    assert guide.list_events(entry.id).count("file_opened") == 1


def test_only_passports_that_somebody_will_judge_are_read(guide: Guide) -> None:
    waiting, unclean = _submit(guide, b"a"), _submit(guide, b"b", "pa")
    declined = _submit(guide, b"c", "mx")
    deciding.decline(
        guide.office,
        declined.id,
        version=declined.version,
        by=REVIEWER,
        reason="x",
        arrived_at=guide.now,
    )
    unconfirmed = guide.apply("gt")
    guide.register(unconfirmed)
    guide.send_passport(unconfirmed.entry)  # sent, and with no form that was taken
    with guide.office.database.writing() as session:
        session.execute(
            update(DbLockedFile)
            .where(DbLockedFile.id == unclean.passport)
            .values(condition=Condition.WAITING)
        )

    with guide.office.database.reading() as session:
        listed = reading.list_passports_to_read(session, failed_before=guide.now, most=9)

    assert listed == [waiting.passport]


def test_round_stops_when_told(guide: Guide) -> None:
    _submit(guide, b"a")

    assert read_passports(guide.office, READER, lambda: guide.now, should_stop=lambda: True) == 0


def test_lines_bound_to_another_file_are_not_opened(guide: Guide) -> None:
    entry = _submit(guide, to_jpeg(draw_page(HOLDER)))
    _read(guide)
    found = _find(guide, entry)
    moved = PassportReading(**{**vars(found), "file_id": FileId(entry.id)})

    assert open_reading(guide.office, found) is not None
    assert open_reading(guide.office, moved) is None


def test_passport_left_unread_for_an_hour_is_counted(guide: Guide) -> None:
    _submit(guide, b"a")

    def count(before: datetime) -> int:
        with guide.office.database.reading() as session:
            return reading.count_passports_left_unread(session, before)

    assert count(guide.now - timedelta(hours=1)) == 0
    assert count(guide.now) == 1


def test_erased_file_takes_its_reading_with_it(guide: Guide) -> None:
    entry = _submit(guide, b"a")
    _read(guide)
    with guide.office.database.writing() as session:
        session.execute(
            update(DbRegistration).where(DbRegistration.id == entry.id).values(passport_id=None)
        )
        row = session.get(DbLockedFile, entry.passport)
        session.delete(row)

    with guide.office.database.reading() as session:
        assert session.scalars(select(DbPassportReading)).all() == []


def _submit(guide: Guide, data: bytes, delegation: str = "cr") -> Registration:
    application = guide.apply(delegation, with_passport=False)
    guide.send_passport(application.entry, data)
    guide.register(application)
    guide.confirm(application.entry)
    return guide.get(application.entry)


def _read(guide: Guide) -> int:
    return read_passports(guide.office, READER, lambda: guide.now)


def _find(guide: Guide, entry: Registration) -> PassportReading:
    assert entry.passport is not None
    with guide.office.database.reading() as session:
        found = reading.find_passport_reading(session, entry.passport)
    assert found is not None
    return found


def _last_line(guide: Guide, entry: Registration) -> HistoryLine:
    with guide.office.database.reading() as session:
        return reading.list_history(session, reading.chain_of_registration(entry.id))[0]
