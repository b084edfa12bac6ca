"""Files beside what is written for a call or was sent to it: who may put one there, until when."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from registration.domain.call_refusals import CallClosed, DeedNotPermitted, UnknownSubmission
from registration.domain.events import DELEGATE, Event
from registration.domain.ids import FileId, RegistrationId
from registration.domain.papers import FileRole, LockedFile
from registration.domain.submissions import Deed, Stand, Submission
from registration.registrar import attaching, drafting, submitting
from registration.registrar.office import Office
from registration.registrar.receiving import ReceivedFile, receive_file
from registration.store.reading import list_history
from registration.store.reading.submissions import chain_of_submission, list_attachments
from tests.offices import OPEN_DAY
from tests.questionnaires import Drafters, load_review
from tests.senders import load_calls, send_to_call
from tests.uploads.files import make_png


@pytest.fixture
def draft(office: Office) -> Submission:
    load_review(office)
    return Drafters(office).begin()


@pytest.fixture
def sent(office: Office) -> Submission:
    load_calls(office)
    return send_to_call(office, "co-chairs", delegation="cr", at=OPEN_DAY)


def test_file_beside_a_draft_bears_its_writer(office: Office, draft: Submission) -> None:
    file = attach(office, draft, writer="Luis")

    assert list_writers(office, draft) == ["Luis"]
    assert list_details(office, draft, Event.FILE_ATTACHED) == [{"writer": "Luis"}]
    result = attaching.detach(office, draft.id, file, writer="Eva", arrived_at=OPEN_DAY)
    assert isinstance(result, Submission)
    assert list_writers(office, draft) == []
    assert list_details(office, draft, Event.FILE_REMOVED) == [{"writer": "Eva"}]


def test_file_beside_a_form_is_its_sender_s_whatever_name_is_given(
    office: Office, sent: Submission
) -> None:
    attach(office, sent, writer="Luis")

    assert list_writers(office, sent) == ["Marta Solís"]
    assert list_details(office, sent, Event.FILE_ATTACHED) == [{}]


def test_draft_that_is_submitted_keeps_its_files(office: Office, draft: Submission) -> None:
    file = attach(office, draft)
    Drafters(office).save(draft.id, "gaps", "Faltan datos.")
    version = Drafters(office).get(draft.id).version
    drafting.submit(office, draft.id, version=version, by=DELEGATE, arrived_at=OPEN_DAY)

    refused = DeedNotPermitted(Deed.SUBMIT, Stand.SUBMITTED)
    assert try_attach(office, draft) == refused
    result = attaching.detach(office, draft.id, file, writer="Luis", arrived_at=OPEN_DAY)
    assert result == refused
    assert list_writers(office, draft) == ["Luis"]


def test_what_is_withdrawn_takes_no_file(office: Office, sent: Submission) -> None:
    submitting.withdraw_submission(
        office, sent.id, by=DELEGATE, arrived_at=OPEN_DAY, version=sent.version
    )

    assert try_attach(office, sent) == DeedNotPermitted(Deed.SUBMIT, Stand.WITHDRAWN)


def test_file_that_comes_after_the_closing_date_is_refused(
    office: Office, draft: Submission
) -> None:
    late = OPEN_DAY + timedelta(days=30)

    assert try_attach(office, draft, at=late) == CallClosed(datetime(2022, 2, 28, 6, tzinfo=UTC))
    assert list_writers(office, draft) == []


def test_file_that_was_swept_is_none(office: Office, draft: Submission) -> None:
    swept = FileId(uuid4())

    result = attaching.attach(office, draft.id, swept, writer="Luis", arrived_at=OPEN_DAY)

    assert result == UnknownSubmission()


def attach(office: Office, submission: Submission, writer: str = "Luis") -> FileId:
    file = receive(office, submission)
    result = attaching.attach(office, submission.id, file, writer=writer, arrived_at=OPEN_DAY)
    assert isinstance(result, Submission), result
    return file


def try_attach(office: Office, submission: Submission, at: datetime = OPEN_DAY) -> object:
    file = receive(office, submission)
    return attaching.attach(office, submission.id, file, writer="Luis", arrived_at=at)


def receive(office: Office, submission: Submission) -> FileId:
    data = make_png()
    file = ReceivedFile(name="plan.png", media_type="image/png", pages=1, data=data)
    entry = RegistrationId(submission.id)
    received = receive_file(office, entry, FileRole.ATTACHMENT, file, arrived_at=OPEN_DAY)
    assert isinstance(received, LockedFile)
    return received.id


def list_writers(office: Office, submission: Submission) -> list[str]:
    with office.database.reading() as session:
        return [each.writer for each in list_attachments(session, submission.id)]


def list_details(office: Office, submission: Submission, event: Event) -> list[dict[str, str]]:
    """Return what the lines of this event say of people."""
    with office.database.reading() as session:
        lines = list_history(session, chain_of_submission(submission.id))
    return [dict(each.details) for each in lines if each.event is event]
