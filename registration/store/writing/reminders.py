"""Reminders and their rounds, as rows that the registrar adds."""

from datetime import date, datetime

from sqlalchemy import CursorResult, delete, insert
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import Round, RoundStatus
from registration.store.tables.desk import DbReminder, DbReminderRound


def add_reminder(
    session: Session, id: RegistrationId, *, rule: Rule, due_on: date, at: datetime
) -> None:
    """Say that the person was reminded. Raises IntegrityError where that was so already."""
    session.execute(
        insert(DbReminder).values(registration_id=id, rule=rule, due_on=due_on, sent_at_utc=at)
    )


def add_round(
    session: Session,
    meeting_id: MeetingId,
    round: Round,
    *,
    status: RoundStatus,
    staff_id: int | None,
    at: datetime,
) -> None:
    """Say what became of the round. Raises IntegrityError where it was decided already."""
    session.execute(
        insert(DbReminderRound).values(
            meeting_id=meeting_id,
            rule=round.rule,
            due_on=round.due_on,
            status=status,
            staff_id=staff_id,
            decided_at_utc=at,
        )
    )


def free_round(session: Session, meeting_id: MeetingId, round: Round) -> bool:
    """Take back that the round is held; returns whether it was."""
    result = session.execute(
        delete(DbReminderRound).where(
            DbReminderRound.meeting_id == meeting_id,
            DbReminderRound.rule == round.rule,
            DbReminderRound.due_on == round.due_on,
            DbReminderRound.status == RoundStatus.HELD,
        )
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
