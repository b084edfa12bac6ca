"""Changes of the meeting's texts, as rows that are only ever added."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from registration.domain.ids import Language, MeetingId
from registration.store.tables.desk import DbText


def add_text_change(
    session: Session,
    meeting_id: MeetingId,
    *,
    key: str,
    language: Language,
    words: str | None,
    staff_id: int | None,
    staff_name: str,
    at: datetime,
) -> None:
    """Say what a text says since the moment; None: what the file says."""
    session.execute(
        insert(DbText).values(
            id=uuid4(),
            meeting_id=meeting_id,
            key=key,
            language=language,
            words=words,
            staff_id=staff_id,
            staff_name=staff_name,
            changed_at_utc=at,
        )
    )
