"""The acceptance: bound to one letter, with its evidence, once."""

import threading
from datetime import timedelta

import pypdfium2
import pytest

from registration.domain.openings import Why
from registration.domain.papers import FileRole
from registration.domain.refusals import (
    ChangesClosed,
    FileMissing,
    LetterReplaced,
    NotPermitted,
    ReasonMissing,
    TermsNotAccepted,
    UnknownRegistration,
    WrongName,
)
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import opening
from registration.store.tables.letters import DbAcceptance
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.registrar.moving import (
    accept,
    amend,
    find_letter,
    list_blobs,
    list_new_mails,
    moved,
    send_scan,
    withdraw,
)


@pytest.fixture
def entry(guide: Guide) -> Registration:
    """An entry with its letter."""
    return guide.approve(guide.submit())


def test_acceptance_keeps_its_evidence(guide: Guide, entry: Registration) -> None:
    letter = find_letter(guide, entry)
    guide.wait(days=1)
    before = guide.list_mails(entry.id)

    after = moved(accept(guide, entry, typed_name="persona  A morales VARGAS", browser="x" * 1000))

    assert after.state is State.ACCEPTED
    row = _row(guide)
    assert row.letter_id == letter.id
    assert row.letter_sha256 == letter.sha256
    assert row.typed_name == "persona  A morales VARGAS"
    assert (row.language, row.address, len(row.browser)) == ("es", "192.0.2.7", 300)
    assert row.accepted_at_utc == guide.now
    assert (row.by, row.entered_by, row.signed_letter_id) == ("delegate", None, None)
    assert len(row.terms) == len(guide.meeting.terms)
    assert not any("{" in term for term in row.terms)
    assert list_new_mails(guide, entry, before) == [
        ("accepted", "p0@example.org"),
        ("staff_accepted", "CRMST@iom.int"),
    ]


def test_record_can_be_opened_and_names_the_letter(guide: Guide, entry: Registration) -> None:
    letter = find_letter(guide, entry)
    moved(accept(guide, entry))

    record = opening.read_own_paper(guide.office, _row(guide).record_id, of=entry.id)  # type: ignore[arg-type]  # a file's id

    words = "".join(_read_words(record.data).split())
    assert record.file.role is FileRole.RECORD
    assert letter.number in words
    assert letter.sha256 in words


def test_drawn_signature_is_kept_for_this_entry(guide: Guide, entry: Registration) -> None:
    from tests.letters.samples import draw_signature

    drawing = draw_signature()
    moved(accept(guide, entry, signature_png=drawing))

    row = _row(guide)
    assert row.signature_id is not None
    opened = opening.open_file(
        guide.office,
        row.signature_id,  # type: ignore[arg-type]  # a file's id
        of=entry.id,
        by=REVIEWER,
        why=Why.REVIEW,
        arrived_at=guide.now,
    )
    assert (opened.data, opened.file.role) == (drawing, FileRole.SIGNATURE)
    assert opened.file.entry_id == entry.id


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"typed_name": "Persona B Morales Vargas"}, WrongName("Persona A Morales Vargas")),
        ({"typed_name": ""}, WrongName("Persona A Morales Vargas")),
        ({"is_accepted": False}, TermsNotAccepted()),
    ],
)
def test_form_that_is_not_filled_in_rightly_is_refused(
    guide: Guide, entry: Registration, fields: dict[str, object], refusal: object
) -> None:
    blobs = list_blobs(guide)

    assert accept(guide, entry, **fields) == refusal
    assert guide.get(entry.id).state is State.INVITED
    assert list_blobs(guide) == blobs


def test_letter_that_was_replaced_is_not_accepted(guide: Guide, entry: Registration) -> None:
    shown = find_letter(guide, entry)
    moved(amend(guide, entry, surnames="Solano"))

    answer = accept(guide, entry, letter_id=shown.id, typed_name=shown.full_name)

    assert answer == LetterReplaced()
    assert moved(accept(guide, entry)).state is State.ACCEPTED


def test_second_acceptance_is_answered_alike(guide: Guide, entry: Registration) -> None:
    first = moved(accept(guide, entry))
    mails, blobs = guide.list_mails(entry.id), list_blobs(guide)
    guide.wait(days=60)

    assert moved(accept(guide, entry)) == first
    assert guide.list_mails(entry.id) == mails
    assert list_blobs(guide) == blobs
    assert _count(guide) == 1


def test_clicks_at_the_same_moment_are_answered_alike(guide: Guide, entry: Registration) -> None:
    blobs, barrier, answers = list_blobs(guide), threading.Barrier(4), []

    def click() -> None:
        barrier.wait()
        answers.append(accept(guide, entry))

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [moved(each).version for each in answers] == [entry.version + 1] * 4
    assert _count(guide) == 1
    assert len(list_blobs(guide) - blobs) == 1  # the record that was kept


def test_acceptance_of_an_older_letter_is_not_the_newer_ones(
    guide: Guide, entry: Registration
) -> None:
    shown = find_letter(guide, entry)
    moved(accept(guide, entry))
    moved(amend(guide, entry, surnames="Solano"))
    again = moved(accept(guide, entry))

    assert again.state is State.ACCEPTED
    assert _count(guide) == 2
    old = accept(guide, entry, letter_id=shown.id, typed_name=shown.full_name)
    assert old == LetterReplaced()


def test_secretariat_accepts_only_with_the_signed_scan(guide: Guide, entry: Registration) -> None:
    assert accept(guide, entry, by=REVIEWER) == FileMissing()
    send_scan(guide, entry)

    after = moved(accept(guide, entry, by=REVIEWER))

    row = _row(guide)
    assert after.state is State.ACCEPTED
    assert (row.by, row.entered_by) == ("secretariat", "Luisa Pérez")
    assert row.signed_letter_id is not None


def test_after_changes_closed_only_the_secretariat_accepts_and_says_why(
    guide: Guide, entry: Registration
) -> None:
    guide.now = guide.meeting.changes_until
    send_scan(guide, entry)

    assert accept(guide, entry) == ChangesClosed(guide.now)
    assert accept(guide, entry, by=REVIEWER) == ReasonMissing()
    late = accept(guide, entry, by=REVIEWER, reason="It came by post")
    assert moved(late).state is State.ACCEPTED


def test_until_the_last_instant_the_delegate_accepts(guide: Guide, entry: Registration) -> None:
    guide.now = guide.meeting.changes_until - timedelta(microseconds=1)

    assert moved(accept(guide, entry)).state is State.ACCEPTED


def test_withdrawn_entry_and_other_people_accept_nothing(guide: Guide, entry: Registration) -> None:
    assert isinstance(accept(guide, entry, by=FOCAL_POINT), NotPermitted)
    withdraw(guide, entry)
    blobs = list_blobs(guide)

    assert isinstance(accept(guide, entry), NotPermitted)
    assert list_blobs(guide) == blobs


def test_entry_without_a_letter_is_not_accepted(guide: Guide, entry: Registration) -> None:
    from registration.registrar import accepting

    other = guide.submit()
    signing = accepting.Signing(
        letter_id=find_letter(guide, entry).id,
        typed_name=other.full_name,
        is_accepted=True,
        address="",
        browser="",
    )

    answer = accepting.accept(
        guide.office, other.id, signing, version=2, by=REVIEWER, arrived_at=guide.now
    )

    assert answer == UnknownRegistration()


def _read_words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words


def _row(guide: Guide) -> DbAcceptance:
    with guide.office.database.reading() as session:
        return session.query(DbAcceptance).one()


def _count(guide: Guide) -> int:
    with guide.office.database.reading() as session:
        return session.query(DbAcceptance).count()
