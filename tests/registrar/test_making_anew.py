"""The worker makes anew what waits as it came; what it cannot it destroys, and tells of it."""

import threading
import time
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from registration.domain.ids import RegistrationId
from registration.domain.openings import Why
from registration.domain.papers import Condition, FileRole, LockedFile
from registration.domain.refusals import (
    FileMissing,
    FileNotReady,
    PassportMissing,
    PassportUnusable,
)
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import deciding, failing, opening, receiving, sweeping
from registration.registrar.cleaning import MOST_ATTEMPTS, clean_waiting
from registration.registrar.receiving import ReceivedFile, make_anew, receive_file, unlock_file
from registration.store import reading
from registration.store.writing import papers
from registration.store.writing.registrations import lock_registration
from registration.uploads.decoder import Patience
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import (
    accept,
    amend,
    correct,
    list_blobs,
    list_new_mails,
    moved,
    send_scan,
)
from tests.uploads import files

#: Too short for any file: what a busy machine does to a form.
NO_PATIENCE = Patience(processor=10, answer=0.01)
DAMAGED = files.make_jpeg()[:5000]
PHOTO = files.make_photo_of_a_phone()


def test_file_too_slow_for_its_form_is_kept_as_it_came_and_made_anew_later(guide: Guide) -> None:
    entry = submit_with(guide, PHOTO, patience=NO_PATIENCE, name="IMG_1.JPG")
    as_it_came = find_passport(guide, entry)
    assert as_it_came.condition is Condition.WAITING
    assert unlock_file(guide.office, as_it_came) == PHOTO

    assert clean_all(guide) == 1

    ours = find_passport(guide, entry)
    assert (ours.condition, ours.media_type, ours.name) == ("clean", "image/jpeg", "IMG_1.JPG")
    data = unlock_file(guide.office, ours)
    assert (b"SECRET" in PHOTO, b"SECRET" in data, len(data)) == (True, False, ours.size)
    assert list_blobs(guide) == {ours.blob}
    assert ours.received_at == as_it_came.received_at
    assert clean_all(guide) == 0


def test_file_made_anew_bears_the_name_the_pages_and_the_type_of_what_it_is_now(
    guide: Guide,
) -> None:
    photo = submit_with(guide, files.make_heic(), patience=NO_PATIENCE, name="IMG_2.HEIC")
    scan = submit_with(guide, files.make_pdf(3), "pa", patience=NO_PATIENCE, name="escaneo.pdf")
    assert find_passport(guide, photo).media_type == "image/heic"
    assert find_passport(guide, scan).pages == 1

    clean_all(guide)

    made = find_passport(guide, photo)
    assert (made.name, made.media_type, made.pages) == ("IMG_2.jpg", "image/jpeg", 1)
    made = find_passport(guide, scan)
    assert (made.name, made.media_type, made.pages) == ("escaneo.pdf", "application/pdf", 3)


def test_file_that_waits_is_opened_by_nobody(guide: Guide) -> None:
    entry = submit_with(guide, PHOTO, patience=NO_PATIENCE)
    assert entry.passport is not None
    events = guide.list_events(entry.id)

    with pytest.raises(LookupError):
        opening.open_file(
            guide.office,
            entry.passport,
            of=entry.id,
            by=REVIEWER,
            why=Why.REVIEW,
            arrived_at=guide.now,
        )

    assert guide.list_events(entry.id) == events


def test_file_that_cannot_be_made_anew_is_destroyed_and_the_delegate_is_told(guide: Guide) -> None:
    entry = submit_with(guide, DAMAGED, waits=True)
    before = guide.list_mails(entry.id)
    version = guide.get(entry.id).version

    assert clean_all(guide) == 1

    file = find_passport(guide, entry)
    assert (file.condition, file.wrapped_key, file.size) == (Condition.FAILED, b"", 0)
    assert list_blobs(guide) == set()
    assert guide.list_events(entry.id)[-1] == "file_failed"
    assert list_new_mails(guide, entry, before) == [("passport_failed", "p0@example.org")]
    assert guide.get(entry.id).version == version
    with guide.office.database.reading() as session:
        assert reading.list_blobs(session) == set()


def test_delegate_sends_another_copy_after_one_failed(guide: Guide) -> None:
    entry = submit_with(guide, DAMAGED, waits=True)
    clean_all(guide)
    guide.send_passport(entry.id)

    moved(correct(guide, entry))

    assert find_passport(guide, entry).condition is Condition.CLEAN
    assert failing_mails(guide, entry) == 1


def test_approval_waits_for_a_passport_that_nobody_can_have_seen(guide: Guide) -> None:
    entry = submit_with(guide, PHOTO, patience=NO_PATIENCE)
    blobs = list_blobs(guide)

    assert approve(guide, entry) == FileNotReady()
    assert (guide.get(entry.id).state, list_blobs(guide)) == (State.SUBMITTED, blobs)

    clean_all(guide)
    assert moved(approve(guide, entry)).state is State.INVITED


def test_entry_whose_passport_failed_is_not_approved_until_another_is_there(guide: Guide) -> None:
    entry = submit_with(guide, DAMAGED, waits=True)
    clean_all(guide)
    assert approve(guide, entry) == PassportUnusable()

    guide.send_passport(entry.id)
    moved(amend(guide, entry))

    assert moved(approve(guide, entry)).state is State.INVITED


def test_copy_that_another_one_replaced_fails_without_a_mail(guide: Guide) -> None:
    entry = submit_with(guide, DAMAGED, waits=True)
    guide.send_passport(entry.id)
    moved(correct(guide, entry))

    assert clean_all(guide) == 1

    assert find_passport(guide, entry).condition is Condition.CLEAN
    assert failing_mails(guide, entry) == 0


def test_unconfirmed_address_hears_of_the_failed_copy_once_it_is_confirmed(guide: Guide) -> None:
    application = guide.apply(with_passport=False)
    send(guide, application.entry, DAMAGED, waits=True)
    guide.register(application)
    clean_all(guide)
    assert guide.list_mails(application.entry) == [("confirm_address", "p0@example.org")]

    entry = moved(guide.confirm(application.entry))

    assert failing_mails(guide, entry) == 1


def test_failed_file_of_a_form_is_not_kept_by_it(guide: Guide) -> None:
    application = guide.apply(with_passport=False)
    send(guide, application.entry, DAMAGED, waits=True)
    clean_all(guide)

    assert guide.register(application) == PassportMissing()
    assert receiving.find_received(guide.office, application.entry, FileRole.PASSPORT) is None


def test_scan_that_fails_leaves_the_acceptance_standing(guide: Guide) -> None:
    entry = guide.approve(guide.submit())
    send(guide, entry.id, DAMAGED, FileRole.SIGNED_LETTER, waits=True)
    moved(accept(guide, entry))

    clean_all(guide)

    assert guide.get(entry.id).state is State.ACCEPTED
    assert ("scan_failed", "p0@example.org") in guide.list_mails(entry.id)
    assert guide.list_events(entry.id)[-1] == "file_failed"


def test_secretariat_records_no_acceptance_on_a_scan_that_nobody_can_read_yet(
    guide: Guide,
) -> None:
    entry = guide.approve(guide.submit())
    send(guide, entry.id, PHOTO, FileRole.SIGNED_LETTER, patience=NO_PATIENCE)
    assert accept(guide, entry, by=REVIEWER) == FileNotReady()

    clean_all(guide)

    assert moved(accept(guide, entry, by=REVIEWER)).state is State.ACCEPTED


def test_scan_that_failed_is_no_scan(guide: Guide) -> None:
    entry = guide.approve(guide.submit())
    send(guide, entry.id, DAMAGED, FileRole.SIGNED_LETTER, waits=True)
    clean_all(guide)

    assert accept(guide, entry, by=REVIEWER) == FileMissing()
    guide.wait(seconds=1)
    send_scan(guide, entry)
    assert moved(accept(guide, entry, by=REVIEWER)).state is State.ACCEPTED


def test_file_that_never_comes_to_an_end_fails_after_so_many_tries(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registration.uploads.decoder.MEMORY", 8 * 2**30)
    entry = submit_with(guide, files.make_pdf_that_paints_for_ever(), waits=True)
    last = find_passport(guide, entry)
    with guide.office.database.writing() as session:
        for _ in range(MOST_ATTEMPTS - 2):
            papers.count_attempt(session, last)
    endless = Patience(processor=60, answer=2)

    assert clean_all(guide, patience=endless) == 0
    assert find_passport(guide, entry).condition is Condition.WAITING
    assert clean_all(guide, patience=endless) == 1
    assert find_passport(guide, entry).condition is Condition.FAILED


def test_machine_that_is_too_busy_makes_no_file_fail(guide: Guide) -> None:
    entry = submit_with(guide, PHOTO, waits=True)

    for _ in range(MOST_ATTEMPTS + 1):
        assert clean_all(guide, patience=NO_PATIENCE) == 0

    assert clean_all(guide) == 1
    assert find_passport(guide, entry).condition is Condition.CLEAN


def test_bytes_that_are_gone_become_a_failed_file_and_no_silent_gap(guide: Guide) -> None:
    entry = submit_with(guide, PHOTO, waits=True)
    guide.office.vault.destroy(find_passport(guide, entry).blob)

    for _ in range(MOST_ATTEMPTS):
        clean_all(guide)

    assert find_passport(guide, entry).condition is Condition.FAILED
    assert failing_mails(guide, entry) == 1


def test_worker_that_is_told_to_stop_leaves_the_rest_for_the_next(guide: Guide) -> None:
    submit_with(guide, PHOTO, waits=True)
    submit_with(guide, PHOTO, "pa", waits=True)
    answers = iter([False, True])

    ended = clean_waiting(guide.office, lambda: guide.now, should_stop=lambda: next(answers))

    assert ended == 1
    assert clean_all(guide) == 1


def test_two_workers_leave_one_file_and_no_blob_without_a_row(guide: Guide) -> None:
    entries = [submit_with(guide, PHOTO, each, waits=True) for each in ("cr", "pa", "sv")]

    ended = in_two_threads(lambda: clean_all(guide))

    assert sum(ended) == 3
    ours = [find_passport(guide, each) for each in entries]
    assert list_blobs(guide) == {each.blob for each in ours}
    assert all(b"SECRET" not in unlock_file(guide.office, each) for each in ours)


def test_two_workers_tell_once_of_a_file_that_fails(guide: Guide) -> None:
    entry = submit_with(guide, DAMAGED, waits=True)

    in_two_threads(lambda: clean_all(guide))

    assert failing_mails(guide, entry) == 1
    assert guide.list_events(entry.id).count("file_failed") == 1


def test_file_swept_while_it_is_made_anew_leaves_nothing(guide: Guide) -> None:
    application = guide.apply(with_passport=False)
    file = send(guide, application.entry, PHOTO, waits=True)
    guide.wait(hours=2)

    def sweep_in_the_middle() -> bool:
        sweeping.sweep_files(guide.office, now=guide.now)
        return False

    clean_waiting(guide.office, lambda: guide.now, should_stop=sweep_in_the_middle)

    with guide.office.database.reading() as session:
        assert reading.find_file(session, file.id) is None
    assert list_blobs(guide) == set()


def test_row_that_changed_meanwhile_does_not_fail(guide: Guide) -> None:
    entry = submit_with(guide, PHOTO, waits=True)
    seen = find_passport(guide, entry)
    clean_all(guide)

    assert failing.fail(guide.office, seen, at=guide.now) is False

    assert find_passport(guide, entry).condition is Condition.CLEAN
    assert failing_mails(guide, entry) == 0


def test_correction_that_waits_for_the_worker_holds_nothing_that_the_worker_wants(
    guide: Guide,
) -> None:
    """Each holds the registration's row before the file's; else PostgreSQL ends one of them."""
    entry = submit_with(guide, PHOTO, waits=True)
    guide.wait(seconds=1)
    file = send(guide, entry.id, PHOTO, waits=True)
    answers: list[object] = []
    correcting = threading.Thread(target=lambda: answers.append(correct(guide, entry)))

    with guide.office.database.writing() as session:
        lock_registration(session, entry.id)
        correcting.start()
        wait_until_blocked(guide)
        is_emptied = papers.empty_file(session, file)
    correcting.join()

    assert is_emptied
    assert moved(answers[0]).passport == entry.passport


# what they need


def send(
    guide: Guide,
    entry: RegistrationId,
    data: bytes,
    role: FileRole = FileRole.PASSPORT,
    *,
    name: str = "pasaporte.jpg",
    waits: bool = False,
    patience: Patience = NO_PATIENCE,
) -> LockedFile:
    """Send a file as a form does that has no patience. waits: as it came, whatever it is: what was
    received before files were made anew."""
    file = make_anew(name, data, patience=patience)
    if waits:
        file = ReceivedFile(
            name=name, media_type="image/jpeg", pages=1, data=data, condition=Condition.WAITING
        )
    assert isinstance(file, ReceivedFile)
    return receive_file(guide.office, entry, role, file, arrived_at=guide.now)


def submit_with(guide: Guide, data: bytes, delegation: str = "cr", **choices: Any) -> Registration:
    application = guide.apply(delegation, with_passport=False)
    send(guide, application.entry, data, **choices)
    guide.register(application)
    return moved(guide.confirm(application.entry))


def clean_all(guide: Guide, **choices: Any) -> int:
    def now() -> datetime:
        return guide.now

    return clean_waiting(guide.office, now, **choices)


def approve(guide: Guide, entry: Registration) -> object:
    version = guide.get(entry.id).version
    return deciding.approve(
        guide.office, entry.id, version=version, by=REVIEWER, arrived_at=guide.now
    )


def find_passport(guide: Guide, entry: Registration) -> LockedFile:
    passport = guide.get(entry.id).passport
    assert passport is not None
    with guide.office.database.reading() as session:
        return reading.get_file(session, passport)


def failing_mails(guide: Guide, entry: Registration) -> int:
    """Return how many mails asked the delegate for another copy."""
    recipient = guide.get(entry.id).particulars.email
    return guide.list_mails(entry.id).count(("passport_failed", recipient))


def wait_until_blocked(guide: Guide) -> None:
    """Wait until somebody waits for a lock. On SQLite writers stand in line instead."""
    if guide.office.database.is_sqlite:
        return
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _ in range(600):
        with guide.office.database.reading() as session:
            if session.scalar(text(waiting)):
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits for the row that is held")


def in_two_threads(*works: Any) -> list[Any]:
    """Do both at once (the same twice, if one is given) and return what they returned."""
    start, results, faults = threading.Barrier(2), [], []

    def run(work: Any) -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as fault:  # noqa: BLE001  # told to the test below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(each,)) for each in (works * 2)[:2]]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    return results
