"""Reminders: who was reminded, who told of the journey, and which rounds are decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import Round, RoundStatus
from registration.store.tables.desk import DbReminder, DbReminderRound
from registration.store.tables.registrations import DbRegistration
from registration.store.tables.travel import DbTravel


@dataclass(frozen=True)
class DecidedRound:
    """What became of a round. at: aware UTC."""

    status: RoundStatus
    staff_id: int | None
    at: datetime


def list_with_travel(session: Session, meeting_id: MeetingId) -> set[RegistrationId]:
    """Return those of the meeting who told of passport and journey."""
    query = (
        select(DbTravel.registration_id)
        .join(DbRegistration, DbRegistration.id == DbTravel.registration_id)
        .where(DbRegistration.meeting_id == meeting_id)
    )
    return {RegistrationId(id) for id in session.scalars(query)}


def has_travel(session: Session, id: RegistrationId) -> bool:
    """Return whether this person told of passport and journey."""
    return session.get(DbTravel, id, populate_existing=True) is not None


def was_reminded_since(session: Session, id: RegistrationId, moment: datetime) -> bool:
    """Return whether the person was reminded of anything at or after the moment."""
    query = select(DbReminder.rule).where(
        DbReminder.registration_id == id, DbReminder.sent_at_utc >= moment
    )
    return session.execute(query.limit(1)).first() is not None


def map_rounds(session: Session, meeting_id: MeetingId) -> Mapping[Round, DecidedRound]:
    """Return the meeting's rounds that went out or were held, by round."""
    query = select(DbReminderRound).where(DbReminderRound.meeting_id == meeting_id)
    rows = session.scalars(query.execution_options(populate_existing=True))
    return {
        Round(Rule(row.rule), row.due_on): DecidedRound(
            RoundStatus(row.status), row.staff_id, row.decided_at_utc
        )
        for row in rows
    }
