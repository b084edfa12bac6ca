"""Letters issued anew: by hand, and which ones a newer file of the meeting has left behind."""

import pypdfium2
import pytest

from registration.domain.papers import IssuedLetter, LetterStatus
from registration.domain.refusals import CameSecond, NotPermitted, ReasonMissing
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import correcting, lettering
from registration.registrar.receiving import unlock_file
from registration.store import reading
from registration.store.reading.audit import list_flaws
from tests.offices import REVIEWER, Guide, load_meeting
from tests.registrar.moving import (
    accept,
    amend,
    list_blobs,
    list_letters,
    list_new_mails,
    moved,
    withdraw,
)
from tests.travellers import tell


@pytest.fixture
def entry(guide: Guide) -> Registration:
    return guide.approve(guide.submit())


def test_letter_issued_anew_replaces_the_old_and_is_to_be_accepted_again(
    guide: Guide, entry: Registration
) -> None:
    moved(accept(guide, entry))
    before = guide.list_mails(entry.id)
    guide.wait(hours=1)

    after = moved(reissue(guide, entry))

    newest, oldest = list_letters(guide, entry)
    assert after.state is State.INVITED
    assert (newest.number, newest.status) == (f"{entry.reference}/2", LetterStatus.VALID)
    assert (oldest.status, oldest.replaced_at) == (LetterStatus.REPLACED, guide.now)
    assert list_new_mails(guide, entry, before) == [("letter_reissued", "p0@example.org")]
    assert moved(accept(guide, entry)).state is State.ACCEPTED
    with guide.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(entry.id))[1]
        assert list_flaws(session) == []
    assert line.facts["letter"] == newest.number
    assert line.details["reason"] == "A misprint"


def test_letter_issued_anew_names_the_passport_that_was_told(
    guide: Guide, entry: Registration
) -> None:
    guide.wait(hours=1)
    moved(tell(guide, entry))

    moved(reissue(guide, entry))

    newest, oldest = list_letters(guide, entry)
    texts = ["".join(_read_letter(guide, each)) for each in (newest, oldest)]
    assert ["C7654321" in each for each in texts] == [True, False]
    with guide.office.database.reading() as session:
        assert lettering.list_outdated(session, guide.meeting) == []


def test_letter_replaced_twice_is_replaced_by_the_newest_since_the_next(
    guide: Guide, entry: Registration
) -> None:
    guide.wait(hours=1)
    moved(reissue(guide, entry))
    next_at = guide.now
    guide.wait(hours=1)

    moved(reissue(guide, entry))

    oldest = list_letters(guide, entry)[-1]
    assert (oldest.newest_number, oldest.replaced_at) == (f"{entry.reference}/3", next_at)


def test_reason_is_asked_and_no_letter_left_behind(guide: Guide, entry: Registration) -> None:
    blobs = list_blobs(guide)
    stale = entry.version
    moved(amend(guide, entry, copy_to="asistente@example.org"))

    assert reissue(guide, entry, reason=" ") == ReasonMissing()
    assert isinstance(reissue(guide, entry, version=stale), CameSecond)
    assert list_blobs(guide) == blobs
    assert len(list_letters(guide, entry)) == 1


def test_only_a_letter_that_is_out_is_issued_anew(guide: Guide, entry: Registration) -> None:
    waiting = guide.submit("pa")
    withdraw(guide, entry)

    assert isinstance(reissue(guide, waiting), NotPermitted)
    assert isinstance(reissue(guide, entry), NotPermitted)


def test_newer_file_with_other_courtesies_leaves_letters_behind(
    guide: Guide, entry: Registration
) -> None:
    accepted, other = guide.approve(guide.submit("pa")), guide.submit("gt")
    moved(accept(guide, accepted))
    assert list_outdated(guide) == []

    load_meeting(guide.office, contact="otra@example.org")

    assert list_outdated(guide) == [entry.reference, accepted.reference]
    moved(reissue(guide, entry))
    assert list_outdated(guide) == [accepted.reference]
    guide.approve(guide.get(other.id))
    assert list_outdated(guide) == [accepted.reference]


def test_newer_file_with_the_same_words_leaves_none_behind(
    guide: Guide, entry: Registration
) -> None:
    load_meeting(guide.office, promote="auto")

    assert list_outdated(guide) == []


def test_letter_of_the_first_release_is_not_said_to_be_left_behind(
    guide: Guide, entry: Registration
) -> None:
    with guide.office.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE letter SET words_sha256 = ''")
    load_meeting(guide.office, contact="otra@example.org")

    assert list_outdated(guide) == []


def reissue(
    guide: Guide, entry: Registration, *, reason: str = "A misprint", version: int | None = None
) -> object:
    return correcting.reissue(
        guide.office,
        entry.id,
        version=version or guide.get(entry.id).version,
        by=REVIEWER,
        reason=reason,
        arrived_at=guide.now,
    )


def list_outdated(guide: Guide) -> list[str]:
    with guide.office.database.reading() as session:
        found = lettering.list_outdated(session, guide.meeting)
    return [registration.reference for registration, _ in found]


def _read_letter(guide: Guide, letter: IssuedLetter) -> list[str]:
    """Return the texts of the letter's pages."""
    with guide.office.database.reading() as session:
        file = reading.get_file(session, letter.file_id)
    document = pypdfium2.PdfDocument(unlock_file(guide.office, file))
    return [page.get_textpage().get_text_range() for page in document]
