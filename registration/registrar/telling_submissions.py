"""Mails about what was sent to a call."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.calls import Call
from registration.domain.events import Occasion
from registration.domain.meeting import Meeting
from registration.domain.submissions import Submission
from registration.store.writing import papers


def add_submission_mail(
    session: Session,
    submission: Submission,
    occasion: Occasion,
    *,
    cause_id: UUID,
    at: datetime,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Put a mail to whoever sent it into the outbox, in that person's language."""
    papers.add_mail(
        session,
        cause_id=cause_id,
        occasion=occasion,
        recipient=submission.sender.email,
        language=submission.sender.language,
        at=at,
        registration_id=None,
        submission_id=submission.id,
        facts=facts,
    )


def tell_office(
    session: Session,
    meeting: Meeting,
    call: Call,
    submission: Submission,
    *,
    cause_id: UUID,
    at: datetime,
) -> None:
    """Tell the meeting's contact that something was sent or withdrawn. Of news that one asks for
    and leaves again the office learns the numbers at its desk."""
    if call.leaves:
        return
    papers.add_mail(
        session,
        cause_id=cause_id,
        occasion=Occasion.STAFF_SUBMISSION,
        recipient=meeting.contact,
        language=meeting.languages[0],
        at=at,
        registration_id=None,
        submission_id=submission.id,
    )
