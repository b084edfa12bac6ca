"""Changes of the meeting's texts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.ids import Language, MeetingId
from registration.store.tables.desk import DbText


@dataclass(frozen=True)
class TextChange:
    """One change of one text. words: what it says since; None: what the file says. at: aware."""

    key: str
    language: Language
    words: str | None
    staff_name: str
    at: datetime


def list_text_changes(session: Session, meeting_id: MeetingId) -> list[TextChange]:
    """Return the changes of the meeting's texts, the newest first."""
    query = select(DbText).where(DbText.meeting_id == meeting_id)
    rows = session.scalars(
        query.order_by(DbText.changed_at_utc.desc(), DbText.key, DbText.language)
    )
    return [
        TextChange(row.key, row.language, row.words, row.staff_name, row.changed_at_utc)
        for row in rows
    ]
