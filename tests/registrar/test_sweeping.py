"""What the clock does and what it leaves alone; and every opening of a file is on record."""

from datetime import UTC, datetime, timedelta

import pytest

from registration.domain.events import DELEGATE
from registration.domain.openings import Why
from registration.domain.papers import FileRole
from registration.domain.states import State
from registration.registrar import opening, receiving, sweeping
from registration.registrar.receiving import unlock_file
from registration.store import reading
from registration.vault.boxes import BlobMissing
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import accept, find_letter, list_blobs, moved


def test_only_unconfirmed_entries_of_48_hours_lapse(guide: Guide) -> None:
    old, _ = guide.apply(), guide.submit()
    guide.register(old)
    guide.wait(hours=48, microseconds=-1)
    young = guide.apply()
    guide.register(young)
    assert sweeping.lapse_due(guide.office, now=guide.now) == 0

    guide.wait(microseconds=1)

    assert sweeping.lapse_due(guide.office, now=guide.now) == 1
    assert guide.get(old.entry).state is State.LAPSED
    assert guide.get(young.entry).state is State.UNCONFIRMED
    assert sweeping.lapse_due(guide.office, now=guide.now) == 0


def test_waiting_file_is_swept_after_two_hours_and_what_is_kept_never(guide: Guide) -> None:
    entry = guide.approve(guide.submit())
    moved(accept(guide, entry))
    kept = list_blobs(guide)
    refused = guide.apply()
    guide.wait(hours=2, microseconds=-1)
    assert sweeping.sweep_files(guide.office, now=guide.now) == 0
    assert receiving.find_received(guide.office, refused.entry, FileRole.PASSPORT)

    guide.wait(microseconds=1)

    assert sweeping.sweep_files(guide.office, now=guide.now) == 1
    assert receiving.find_received(guide.office, refused.entry, FileRole.PASSPORT) is None
    assert list_blobs(guide) == kept
    assert sweeping.sweep_files(guide.office, now=guide.now + timedelta(days=365)) == 0


def test_blob_that_no_row_names_is_swept_after_six_hours(guide: Guide) -> None:
    entry = guide.submit()
    kept = list_blobs(guide)
    box = guide.office.vault.put(b"a letter that lost the race", bound_to="letter:x")
    guide.apply()
    waiting = list_blobs(guide) - {box.blob}
    stored_at = datetime.now(UTC)

    assert sweeping.sweep_orphans(guide.office, now=stored_at + timedelta(hours=5)) == 0
    assert sweeping.sweep_orphans(guide.office, now=stored_at + timedelta(hours=7)) == 1

    assert list_blobs(guide) == waiting > kept
    assert entry.passport is not None


def test_opening_is_on_record_before_the_bytes_leave(guide: Guide) -> None:
    entry = guide.submit()
    assert entry.passport is not None

    opened = opening.open_file(
        guide.office, entry.passport, of=entry.id, by=REVIEWER, why=Why.REVIEW, arrived_at=guide.now
    )

    assert opened.data == b"a passport's picture"
    with guide.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(entry.id))[0]
    assert (line.event, line.staff_id, line.staff_name) == ("file_opened", 1, "Luisa Pérez")
    assert (line.facts["role"], line.facts["why"]) == ("passport", "review at the desk")
    assert guide.get(entry.id).version == entry.version


def test_line_of_an_opening_stands_where_the_file_is_gone(guide: Guide) -> None:
    entry = guide.submit()
    assert entry.passport is not None
    for blob in list_blobs(guide):
        guide.office.vault.destroy(blob)

    with pytest.raises(BlobMissing):
        opening.open_file(
            guide.office,
            entry.passport,
            of=entry.id,
            by=REVIEWER,
            why=Why.REVIEW,
            arrived_at=guide.now,
        )

    assert guide.list_events(entry.id)[-1] == "file_opened"


def test_letters_own_reader_opens_it_without_a_line_and_no_other_file(guide: Guide) -> None:
    entry = guide.approve(guide.submit())
    assert entry.passport is not None
    letter = find_letter(guide, entry)
    events = guide.list_events(entry.id)

    assert opening.read_own_paper(guide.office, letter.file_id, of=entry.id).data.startswith(
        b"%PDF"
    )
    assert guide.list_events(entry.id) == events
    with pytest.raises(LookupError):
        opening.read_own_paper(guide.office, entry.passport, of=entry.id)
    opening.open_file(
        guide.office, letter.file_id, of=entry.id, by=DELEGATE, why=Why.OWN, arrived_at=guide.now
    )
    assert guide.list_events(entry.id)[-1] == "letter_opened"


def test_file_of_a_form_that_was_never_taken_is_not_opened(guide: Guide) -> None:
    refused = guide.apply()
    waiting = receiving.find_received(guide.office, refused.entry, FileRole.PASSPORT)
    assert waiting is not None
    assert unlock_file(guide.office, waiting)

    with pytest.raises(LookupError):
        opening.open_file(
            guide.office,
            waiting.id,
            of=refused.entry,
            by=REVIEWER,
            why=Why.REVIEW,
            arrived_at=guide.now,
        )
