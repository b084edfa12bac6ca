"""Erasing on request what was sent to a call: as of an entry, and nothing beside it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select, update

from registration.cli.doctor import check_erasures
from registration.domain.batches import BatchKind
from registration.domain.call_refusals import (
    SubmissionErased,
    SubmissionStands,
    UnknownSubmission,
)
from registration.domain.events import DELEGATE, Event
from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole
from registration.domain.retention import Erasure, Kind, Reason, Remaining, Scope
from registration.domain.submissions import Stand, Submission
from registration.registrar import erasing, erasing_one, opening
from registration.registrar.announcing import (
    Announced,
    Published,
    publish_decision,
    tell_everybody,
)
from registration.registrar.attaching import attach
from registration.registrar.auditing import list_flaws
from registration.registrar.erasing_one import DataGone
from registration.registrar.office import Office
from registration.registrar.receiving import ReceivedFile, receive_file
from registration.registrar.selecting import choose as select_one
from registration.registrar.sending import send
from registration.registrar.submitting import withdraw_submission
from registration.store import reading
from registration.store.reading import holdings
from registration.store.reading.submissions import chain_of_submission
from registration.store.tables import Base
from registration.store.tables.calls import DbSubmission
from registration.store.writing.submissions import touch_submission
from registration.vault.erasures import list_noted
from registration.vault.storage import StorageFailed
from tests.builders import RCM
from tests.letters.reading import Paper
from tests.offices import OPEN_DAY, REVIEWER, Guide
from tests.registrar.moving import list_blobs
from tests.registrar.test_batching import ask_for, read_paper, work
from tests.registrar.test_batching import find as find_batch
from tests.senders import find, load_calls, make_sending, read, send_to_call

AFTER = datetime(2022, 4, 3, 12, tzinfo=UTC)
#: What was sent, its file, two mails to the sender and two to the office, and the reason.
HELD = {Kind.SUBMISSION: 2, Kind.MAIL: 5, Kind.HISTORY: 1}


@pytest.fixture(autouse=True)
def _calls(office: Office) -> None:
    load_calls(office)


def send_with_file(office: Office, email: str = "marta@example.org", key: str = "cr") -> Submission:
    """Send to a call, confirm it, and put a file beside it."""
    sent = send_to_call(office, "co-chairs", email, at=OPEN_DAY, delegation=key)
    file = ReceivedFile(name=f"carta-{key}.png", media_type="image/png", pages=1, data=b"a letter")
    owner = RegistrationId(sent.id)
    kept = receive_file(office, owner, FileRole.ATTACHMENT, file, arrived_at=OPEN_DAY)
    attached = attach(office, sent.id, kept.id, writer="", arrived_at=OPEN_DAY)
    assert isinstance(attached, Submission), attached
    return read(office, sent.id)


def withdraw(office: Office, sent: Submission) -> Submission:
    result = withdraw_submission(
        office, sent.id, by=REVIEWER, arrived_at=OPEN_DAY, reason="Marta no puede."
    )
    assert isinstance(result, Submission), result
    return result


def erase(office: Office, sent: Submission, *, at: datetime = OPEN_DAY) -> object:
    return erasing_one.erase_submission(office, sent.id, reason=Reason.REQUEST, by=REVIEWER, at=at)


def list_erasures(office: Office) -> list[Erasure]:
    with office.database.reading() as session:
        return holdings.list_erasures(session, RCM)


def count_held(office: Office, one: UUID | None = None) -> dict[Kind, int]:
    with office.database.reading() as session:
        return {kind: n for kind, n in holdings.count_held(session, RCM, one).items() if n}


def list_cells(office: Office) -> Iterator[str]:
    """Yield each row of the database as a text; the meeting's file aside."""
    with office.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name != "meeting":
                yield from (str(tuple(row)) for row in session.execute(select(table)))


def test_one_submission_is_erased_and_the_others_are_untouched(office: Office) -> None:
    other = send_with_file(office, "otra@example.org", "pa")
    held = count_held(office, other.id)
    gone = withdraw(office, send_with_file(office))
    assert count_held(office, gone.id) == HELD

    answer = erase(office, gone)

    assert isinstance(answer, DataGone)
    after = read(office, gone.id)
    assert (after.stand, after.reference, after.erased_at) == (
        Stand.WITHDRAWN,
        gone.reference,
        OPEN_DAY,
    )
    assert after.sender.name == after.sender.email == ""
    assert after.answers == {}
    assert count_held(office, gone.id) == {}
    assert (read(office, other.id), count_held(office, other.id)) == (other, held)
    told = " ".join(list_cells(office))
    for word in ("marta@", "carta-cr", "Marta no puede", "cr@"):
        assert word not in told
    assert list_flaws(office) == []


def test_erasing_what_was_sent_leaves_badges_and_entries_alone(office: Office) -> None:
    guide = Guide(office)
    entry = guide.approve(guide.submit())
    badges = ask_for(office, guide, BatchKind.BADGES, whose="approved", language="es")
    work(office, guide)
    gone = withdraw(office, send_with_file(office))
    assert count_held(office, gone.id) == HELD

    erase(office, gone)

    assert erasing.finish_begun(office) == 1, "badges are no part of what was looked for"
    assert guide.get(entry.id) == entry
    assert entry.full_name in " ".join(
        read_paper(office, find_batch(office, badges.id)).list_paragraphs()
    )
    with office.database.reading() as session:
        assert holdings.count_held(session, RCM, entry.id)[Kind.SUBMISSION] == 0
        assert holdings.count_remaining(session, RCM, entry.id)[Remaining.SUBMISSION] == 0


def test_record_of_a_submission_tells_what_was_erased_and_names_nobody(office: Office) -> None:
    gone = withdraw(office, send_with_file(office))
    with office.database.reading() as session:
        before = len(reading.list_history(session, chain_of_submission(gone.id)))
    erase(office, gone)

    assert erasing.finish_begun(office) == 1

    (erasure,) = list_erasures(office)
    assert (erasure.scope, erasure.reason) == (Scope.SUBMISSION, Reason.REQUEST)
    assert (erasure.one, erasure.asked_by) == (gone.id, REVIEWER.staff_id)
    assert erasure.erased == HELD
    assert erasure.remains == {Remaining.SUBMISSION: 1, Remaining.HISTORY: before + 1}
    assert erasure.record is not None
    record = opening.read_erasure_record(office, erasure.record)
    said = " ".join(Paper(record.data).list_paragraphs())
    for words in (gone.reference, "account 1", "Its key was deleted first", "respuesta a una"):
        assert words in said
    for name in ("Marta", "marta@example.org", REVIEWER.name, "letter can still be verified"):
        assert name not in said
    assert len(list_blobs(Guide(office))) == 1


def test_what_still_counts_is_not_erased_until_the_meeting_is_over(office: Office) -> None:
    sent = send_with_file(office)
    assert erase(office, sent) == SubmissionStands()
    assert read(office, sent.id) == sent
    assert list_erasures(office) == []

    assert isinstance(erase(office, sent, at=AFTER), DataGone)

    assert read(office, sent.id).stand is Stand.SUBMITTED


def test_second_erasure_and_every_deed_after_it_are_refused(office: Office) -> None:
    sent = send_with_file(office)
    erase(office, sent, at=AFTER)

    assert erase(office, sent, at=AFTER) == SubmissionErased()
    withdrawn = withdraw_submission(office, sent.id, by=DELEGATE, arrived_at=AFTER)
    assert withdrawn == UnknownSubmission()
    assert erase(office, read(office, sent.id), at=AFTER) == SubmissionErased()
    missing = erasing_one.erase_submission(
        office, UUID(int=7), reason=Reason.REQUEST, by=REVIEWER, at=AFTER
    )
    assert missing == UnknownSubmission()
    assert len(list_erasures(office)) == 1


def test_erased_sender_is_told_nothing_and_published_nowhere(office: Office) -> None:
    """Erased after the meeting, one as it was sent and one chosen and told."""
    sent, chosen = send_with_file(office), send_with_file(office, "mx@example.org", "mx")
    select_one(office, chosen.id, version=chosen.version, by=REVIEWER, arrived_at=OPEN_DAY)
    with office.database.writing() as session:
        touch_submission(session, chosen.id, decided_at_utc=OPEN_DAY)
    for each in (sent, chosen):
        assert isinstance(erase(office, each, at=AFTER), DataGone)

    told = tell_everybody(office, RCM, "co-chairs", by=REVIEWER, at=AFTER)
    published = publish_decision(office, RCM, "co-chairs", is_public=True, by=REVIEWER, at=AFTER)

    assert (told, published) == (Announced(told=0), Published(0))
    assert count_held(office, chosen.id) == count_held(office, sent.id) == {}


def test_erased_sender_may_send_again(office: Office) -> None:
    for _ in range(2):
        erase(office, withdraw(office, send_with_file(office)))

    assert send_with_file(office).sender.email == "marta@example.org"


@pytest.mark.parametrize("_round", range(3))
def test_of_two_who_erase_at_once_one_wins_and_there_is_one_record(
    office: Office, _round: int
) -> None:
    gone = withdraw(office, send_with_file(office))
    start = Barrier(2)

    def race(_: int) -> object:
        start.wait()
        return erase(office, gone)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(race, range(2)))

    assert [type(each) for each in answers].count(DataGone) == 1
    assert answers.count(SubmissionErased()) == 1
    assert erasing.finish_begun(office) == 1
    (erasure,) = list_erasures(office)
    assert erasure.erased == HELD
    with office.database.reading() as session:
        lines = reading.list_history(session, chain_of_submission(gone.id))
    assert [line.event for line in lines].count(Event.ERASED) == 1


def test_file_that_was_sent_and_not_kept_goes_too(office: Office) -> None:
    gone = withdraw(office, send_with_file(office))
    file = ReceivedFile(name="otra.png", media_type="image/png", pages=1, data=b"another letter")
    owner = RegistrationId(gone.id)
    receive_file(office, owner, FileRole.ATTACHMENT, file, arrived_at=OPEN_DAY)

    erase(office, gone)

    assert list_blobs(Guide(office)) == set()


def test_storage_out_of_reach_leaves_no_key_and_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = withdraw(office, send_with_file(office))
    with monkeypatch.context() as patch:
        patch.setattr(office.vault.storage, "delete", _fail)
        with pytest.raises(StorageFailed):
            erase(office, gone)
    assert count_held(office, gone.id) == {}
    assert len(list_blobs(Guide(office))) == 1

    assert erasing.finish_begun(office) == 1

    (erasure,) = list_erasures(office)
    assert erasure.record is not None


class _Killed(BaseException):
    """The end of the process."""


def test_kill_before_the_note_is_made_good_by_the_next_round(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = withdraw(office, send_with_file(office))
    with monkeypatch.context() as patch:
        patch.setattr(erasing_one, "note_erased", _kill)
        with pytest.raises(_Killed):
            erase(office, gone)
    assert list_noted(office.vault) == set()

    assert erasing.finish_begun(office) == 1

    assert list_noted(office.vault) == {gone.id}


def test_no_record_is_made_while_something_of_it_is_there(office: Office) -> None:
    """The look is of this submission alone, and it is a look: an answer that is back is seen."""
    send_with_file(office, "otra@example.org", "pa")
    gone = withdraw(office, send_with_file(office))
    erase(office, gone)
    _restore(office, gone)

    assert erasing.finish_begun(office) == 0

    (erasure,) = list_erasures(office)
    assert erasure.record is None


def test_what_comes_back_with_a_backup_is_erased_again(office: Office) -> None:
    gone = withdraw(office, send_with_file(office))
    erase(office, gone)
    erasing.finish_begun(office)
    assert list_noted(office.vault) == {gone.id}
    _restore(office, gone)
    (told,) = check_erasures(office, None)  # type: ignore[arg-type]  # it reads no settings
    assert told == "1 that were erased came back with a backup: run `flask retention run`."

    assert erasing.run_due(office, now=OPEN_DAY) == 1

    assert read(office, gone.id).sender.name == ""
    assert {each.reason for each in list_erasures(office)} == {Reason.REQUEST, Reason.RESTORED}
    assert list(check_erasures(office, None)) == []  # type: ignore[arg-type]  # as above


def test_note_of_what_a_backup_does_not_know_troubles_nobody(office: Office) -> None:
    form = make_sending("news")
    send(office, form, arrived_at=OPEN_DAY)
    sent = find(office, form.id)
    assert sent is not None
    erase(office, withdraw(office, sent))
    with office.database.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in {"erasure", "mail", "answer", "submission"}:
                session.execute(table.delete())

    assert erasing.run_due(office, now=OPEN_DAY) == 0


def test_erasures_of_submissions_are_told_from_those_of_entries(office: Office) -> None:
    guide = Guide(office)
    entry = guide.submit()
    sent = send_with_file(office)
    erasing_one.erase_entry(office, entry.id, reason=Reason.ORDER, by=REVIEWER, at=AFTER)
    erase(office, sent, at=AFTER)

    assert erasing.finish_begun(office) == 2

    with office.database.reading() as session:
        told = {
            each.scope: holdings.find_erased_reference(session, each)
            for each in holdings.list_erasures(session, RCM)
        }
    assert told == {Scope.ENTRY: entry.reference, Scope.SUBMISSION: sent.reference}


def _restore(office: Office, sent: Submission) -> None:
    """Bring it back, as an older copy of the database would."""
    with office.database.writing() as session:
        session.execute(
            update(DbSubmission)
            .where(DbSubmission.id == sent.id)
            .values(name="Marta Solís", email="marta@example.org", erased_at_utc=None)
        )


def _fail(name: str) -> None:
    raise StorageFailed(name)


def _kill(*_: object) -> None:
    raise _Killed
