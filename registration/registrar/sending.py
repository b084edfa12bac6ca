"""Sending something to a call by its form: unconfirmed until the address is confirmed by mail.

A delegation's form is confirmed like a person's. Whether whoever sent it speaks for the delegation
is seen at the desk, beside the address of its focal point; the site does not judge it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.answers import find_answering, refuse_answers
from registration.domain.call_refusals import CallRefusal, SubmissionThere, UnknownCall
from registration.domain.calls import Answering, Call
from registration.domain.events import DELEGATE, Event, Occasion
from registration.domain.ids import MeetingId
from registration.domain.meeting import Delegation, Meeting
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import Deed, Sender, Stand, Submission
from registration.links.tokens import digest, make_reference
from registration.meetings.reading import get_meeting
from registration.registrar.office import CheckYourEmail, Office
from registration.registrar.registering import AGAIN_PAUSE
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
    chain_of_submission,
    find_of_address,
    find_submission,
    get_submission,
    list_of_delegation_in_call,
)
from registration.store.writing import history, submissions

#: Lines after which the address hears of a repeat again only when the pause is over.
_MAILED = frozenset({Event.SUBMISSION_SENT, Event.LINK_ASKED})
#: How often an address that nobody has confirmed hears of a repeat: whoever types it every ten
#: minutes may be a stranger to it. What is not confirmed lapses, and then one begins anew.
MOST_UNASKED = 3


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A filled form. id: of the form, and then of the submission. answers: cleaned, by question.

    delegation: the key of the one it is sent for, where delegations answer the call.
    """

    id: UUID
    meeting_id: MeetingId
    call: str
    sender: Sender
    answers: Mapping[str, str]
    delegation: str = ""


def send(
    office: Office, sending: Sending, *, arrived_at: datetime
) -> CheckYourEmail | CallRefusal | ReasonMissing:
    """Take the form: it counts once the address is confirmed.

    The same form again, or another one of an address that has sent one, is answered alike; only
    the stored address hears of it, and nothing of the repeated form is used.
    """
    told = Told(deed=Deed.SEND, by=DELEGATE, arrived_at=arrived_at)
    answer = settle_submission(office, lambda session: _send(office, session, sending, told))
    if isinstance(answer, SubmissionThere) and not sending.delegation:
        # Another form of this address was faster by a moment; a stranger is not to learn it.
        return CheckYourEmail()
    return answer


def _send(office: Office, session: Session, sending: Sending, told: Told) -> CheckYourEmail:
    if find_submission(session, sending.id) is not None:
        return CheckYourEmail()
    meeting = get_meeting(session, sending.meeting_id)
    call = meeting.find_call(sending.call)
    if call is None:
        raise SubmissionRefused(UnknownCall())
    delegation = _find_delegation(meeting, call, sending.delegation)
    refusal = refuse_date(call, told, None) or refuse_answers(call, sending.answers)
    if refusal is not None:
        raise SubmissionRefused(refusal)
    known = _find_known(session, sending, delegation)
    if known is not None:
        _remind(session, known, told)
        return CheckYourEmail()
    if delegation is not None and call.is_sole and _has_voice(session, sending, delegation):
        raise SubmissionRefused(SubmissionThere())
    submission = _add(office, session, meeting, call, sending, delegation, told)
    cause = write_deed(session, submission.id, told, Stand.UNCONFIRMED)
    add_submission_mail(
        session, submission, Occasion.SUBMISSION_CONFIRM, cause_id=cause, at=told.arrived_at
    )
    return CheckYourEmail()


def _find_delegation(meeting: Meeting, call: Call, key: str) -> Delegation | None:
    if call.answering is Answering.PERSON:
        return None
    found = find_answering(meeting, call, key)
    if isinstance(found, UnknownCall):
        raise SubmissionRefused(found)
    return found


def _find_known(
    session: Session, sending: Sending, delegation: Delegation | None
) -> Submission | None:
    """Return what this address has sent to the call; for a delegation, what it sent for it."""
    meeting_id, email = sending.meeting_id, sending.sender.email
    return find_of_address(
        session,
        meeting_id,
        sending.call,
        email,
        delegation=None if delegation is None else delegation.key,
    )


def _has_voice(session: Session, sending: Sending, delegation: Delegation) -> bool:
    """Return whether the delegation has sent something that counts. An address that nobody
    confirmed silences no delegation."""
    row = reading.find_delegation(session, sending.meeting_id, delegation.key)
    if row is None:
        raise SubmissionRefused(UnknownCall())
    there = list_of_delegation_in_call(session, sending.call, row.id)
    return any(each.stand is not Stand.UNCONFIRMED for each in there)


def _add(
    office: Office,
    session: Session,
    meeting: Meeting,
    call: Call,
    sending: Sending,
    delegation: Delegation | None,
    told: Told,
) -> Submission:
    row = (
        None if delegation is None else reading.find_delegation(session, meeting.id, delegation.key)
    )
    submissions.add_submission(
        session,
        id=sending.id,
        sender=sending.sender,
        stand=Stand.UNCONFIRMED,
        meeting_id=meeting.id,
        call=call.key,
        delegation_id=None if row is None else row.id,
        region=_region_of(call, delegation),
        reference=make_reference(meeting.prefix),
        link_digest=digest(office.tokens.of_submission(sending.id, 1)),
        created_at_utc=told.arrived_at,
        changed_at_utc=told.arrived_at,
    )
    for question, words in sending.answers.items():
        if words:
            submissions.write_answer(
                session,
                sending.id,
                question,
                words,
                seen=0,
                writer=sending.sender.name,
                at=told.arrived_at,
            )
    return get_submission(session, sending.id)


def _region_of(call: Call, delegation: Delegation | None) -> str:
    """Return the sub-region from which it counts; the schema holds one choice from each."""
    if delegation is None or not call.one_from_each_region:
        return ""
    return delegation.region or ""


def _remind(session: Session, known: Submission, told: Told) -> None:
    """Send the stored address its link, at most once in ten minutes; one that was never confirmed,
    `MOST_UNASKED` times."""
    submissions.lock_submission(session, known.id)
    lines = reading.list_history(session, chain_of_submission(known.id))
    last = next((line.at for line in lines if line.event in _MAILED), known.created_at)
    asked = sum(line.event is Event.LINK_ASKED for line in lines)
    is_unasked = known.stand is Stand.UNCONFIRMED and asked >= MOST_UNASKED
    if is_unasked or told.arrived_at - last < AGAIN_PAUSE:
        return
    cause = history.append_line(
        session,
        chain=chain_of_submission(known.id),
        event=Event.LINK_ASKED,
        by=DELEGATE,
        at=told.arrived_at,
        facts={},
        details={},
    )
    add_submission_mail(
        session, known, Occasion.SUBMISSION_LINK, cause_id=cause, at=told.arrived_at
    )
