"""A delegation's draft, begun: its private link goes to the one who will pass it on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.answers import find_answering
from registration.domain.call_refusals import (
    CallRefusal,
    SubmissionThere,
    UnknownCall,
)
from registration.domain.calls import Call
from registration.domain.events import By, Occasion
from registration.domain.ids import DelegationId, MeetingId
from registration.domain.meeting import Meeting
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import Deed, Sender, Stand, Submission
from registration.links.tokens import digest, make_reference
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.submission_steps import (
    SubmissionRefused,
    Told,
    refuse_date,
    settle_submission,
    write_deed,
)
from registration.registrar.telling_submissions import add_submission_mail
from registration.store import reading
from registration.store.reading.submissions import (
    find_submission,
    get_submission,
    list_of_delegation_in_call,
)
from registration.store.writing import submissions


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """A draft that is wanted. id: the signed one that the form was given."""

    id: UUID
    meeting_id: MeetingId
    call: str
    delegation_key: str
    sender: Sender


def begin(
    office: Office, beginning: Beginning, *, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Begin a delegation's draft at the desk and mail its private link to the sender's address.

    SubmissionThere: the delegation has one already.
    """
    told = Told(deed=Deed.BEGIN, by=by, arrived_at=arrived_at)

    def work(session: Session) -> Submission:
        meeting, call, delegation_id = _find_place(session, beginning)
        late = refuse_date(call, told, None)
        if late is not None:
            raise SubmissionRefused(late)
        if find_submission(session, beginning.id) is not None:
            return get_submission(session, beginning.id)
        if call.is_sole and list_of_delegation_in_call(session, call.key, delegation_id):
            raise SubmissionRefused(SubmissionThere())
        submissions.add_submission(
            session,
            id=beginning.id,
            sender=beginning.sender,
            stand=Stand.DRAFT,
            meeting_id=meeting.id,
            call=call.key,
            delegation_id=delegation_id,
            is_sole=call.is_sole,
            reference=make_reference(meeting.prefix),
            link_digest=digest(office.tokens.of_submission(beginning.id, 1)),
            created_at_utc=arrived_at,
            changed_at_utc=arrived_at,
            confirmed_at_utc=arrived_at,
        )
        line = write_deed(session, beginning.id, told, Stand.DRAFT)
        submission = get_submission(session, beginning.id)
        add_submission_mail(
            session, submission, Occasion.SUBMISSION_LINK, cause_id=line, at=arrived_at
        )
        return submission

    return settle_submission(office, work)


def _find_place(session: Session, beginning: Beginning) -> tuple[Meeting, Call, DelegationId]:
    """Return the meeting, the call and the delegation's row. Raises SubmissionRefused where the
    call is not for this delegation."""
    meeting = get_meeting(session, beginning.meeting_id)
    call = meeting.find_call(beginning.call)
    if call is None or not call.is_drafted:
        raise SubmissionRefused(UnknownCall())
    delegation = find_answering(meeting, call, beginning.delegation_key)
    if isinstance(delegation, UnknownCall):
        raise SubmissionRefused(delegation)
    row = reading.find_delegation(session, meeting.id, delegation.key)
    if row is None:
        raise SubmissionRefused(UnknownCall())
    return meeting, call, row.id
