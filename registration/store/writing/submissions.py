"""Submissions to calls: added once, then changed by conditional updates alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.orm import Session

from registration.domain.ids import FileId, MeetingId
from registration.domain.names import canonical_email
from registration.domain.submissions import Sender, Stand, Submission
from registration.store.tables.calls import DbAnswer, DbAttachment, DbChoice, DbSubmission
from registration.store.tables.meetings import DbMeeting


def add_submission(
    session: Session, *, id: UUID, sender: Sender, stand: Stand, **columns: object
) -> None:
    """Add a submission. Raises IntegrityError where the schema refuses it (`store.violations`)."""
    session.execute(
        insert(DbSubmission).values(
            id=id,
            stand=stand,
            name=sender.name,
            institution=sender.institution,
            position=sender.position,
            email=sender.email,
            canonical_email=canonical_email(sender.email),
            language=sender.language,
            **columns,
        )
    )


def move_submission(
    session: Session, submission: Submission, *, to: Stand, **columns: object
) -> bool:
    """Change the row if it is still in the stand and version the move was decided on.

    Returns whether it was: of two simultaneous moves one wins.
    """
    result = session.execute(
        update(DbSubmission)
        .where(
            DbSubmission.id == submission.id,
            DbSubmission.stand == submission.stand,
            DbSubmission.version == submission.version,
        )
        .values(stand=to, version=submission.version + 1, **columns)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def touch_submission(session: Session, id: UUID, **columns: object) -> None:
    """Change columns that no move guards, leaving the version alone."""
    session.execute(update(DbSubmission).where(DbSubmission.id == id).values(**columns))


def lock_submission(session: Session, id: UUID) -> None:
    """Hold the submission's row, if there is one: whoever comes second reads what the first
    wrote."""
    session.execute(
        select(DbSubmission.id).where(DbSubmission.id == id).with_for_update(key_share=True)
    ).one_or_none()


def write_answer(
    session: Session,
    id: UUID,
    question: str,
    words: str,
    *,
    seen: int,
    writer: str,
    at: datetime,
) -> bool:
    """Write the answer to one question. seen: the version that the writer had read, 0 for none.

    Returns whether it was still the newest: nobody's words are written over unread. Of two who
    answer for the first time at once the schema lets one in: IntegrityError.
    """
    if seen == 0:
        there = select(DbAnswer.version).where(
            DbAnswer.submission_id == id, DbAnswer.question == question
        )
        if session.scalar(there) is not None:
            return False
        session.execute(
            insert(DbAnswer).values(
                submission_id=id,
                question=question,
                words=words,
                version=1,
                writer=writer,
                changed_at_utc=at,
            )
        )
        return True
    result = session.execute(
        update(DbAnswer)
        .where(
            DbAnswer.submission_id == id, DbAnswer.question == question, DbAnswer.version == seen
        )
        .values(words=words, version=seen + 1, writer=writer, changed_at_utc=at)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def add_attachment(
    session: Session, id: UUID, file_id: FileId, *, writer: str, at: datetime
) -> None:
    """Put a kept file beside the answers."""
    session.execute(
        insert(DbAttachment).values(
            file_id=file_id, submission_id=id, writer=writer, added_at_utc=at
        )
    )


def remove_attachment(session: Session, id: UUID, file_id: FileId) -> bool:
    """Take a file away from the answers; returns whether it was there."""
    result = session.execute(
        delete(DbAttachment).where(
            DbAttachment.submission_id == id, DbAttachment.file_id == file_id
        )
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def add_choice(
    session: Session, submission: Submission, *, number: int, staff_id: int | None, at: datetime
) -> None:
    """Choose the submission as this one of the call. Raises IntegrityError where the number or the
    sub-region is taken."""
    session.execute(
        insert(DbChoice).values(
            meeting_id=submission.meeting_id,
            call=submission.call,
            number=number,
            submission_id=submission.id,
            region=submission.region,
            staff_id=staff_id,
            chosen_at_utc=at,
        )
    )


def remove_choice(session: Session, submission_id: UUID) -> bool:
    """Take the choice back; returns whether there was one."""
    result = session.execute(delete(DbChoice).where(DbChoice.submission_id == submission_id))
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def lock_choices(session: Session, meeting_id: MeetingId) -> None:
    """Hold the meeting's choices, so that the next free number is nobody else's. Where none is
    chosen yet there is no row of them to hold: the meeting's own is."""
    session.execute(
        select(DbMeeting.id).where(DbMeeting.id == meeting_id).with_for_update(key_share=True)
    ).one()
