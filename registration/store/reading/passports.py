"""What a machine read in copies of passports, and which of them it has not read yet."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from registration.domain.ids import FileId
from registration.domain.papers import Condition, FileRole, ReadingStatus
from registration.domain.states import LIVE, State
from registration.store.tables.files import DbLockedFile, DbPassportReading
from registration.store.tables.registrations import DbRegistration

#: A reader that failed so often with a file is not asked again.
MOST_ATTEMPTS = 3
#: Nobody looks at an entry before its address is confirmed, nor needs to once it is over.
READ_STATES = LIVE - {State.UNCONFIRMED}


@dataclass(frozen=True, kw_only=True)
class PassportReading:
    """How the reading of a file ended. locked_bytes, wrapped_key: the two lines, where READ.

    attempts: how often the reader was asked. tried_at: when last, aware UTC.
    """

    file_id: FileId
    status: ReadingStatus
    attempts: int
    tried_at: datetime
    locked_bytes: bytes | None = field(repr=False)
    wrapped_key: bytes | None = field(repr=False)

    @property
    def is_given_up(self) -> bool:
        """Whether the reader broke down with it and is not asked any more."""
        return self.status is ReadingStatus.FAILED and self.attempts >= MOST_ATTEMPTS


def find_passport_reading(session: Session, file_id: FileId) -> PassportReading | None:
    """Return what was read in the file; None where nothing tried yet."""
    row = session.get(DbPassportReading, file_id)
    if row is None:
        return None
    return PassportReading(
        file_id=FileId(row.file_id),
        status=ReadingStatus(row.status),
        attempts=row.attempts,
        tried_at=row.tried_at_utc,
        locked_bytes=row.locked_bytes,
        wrapped_key=row.wrapped_key,
    )


def has_passport_readings(session: Session) -> bool:
    """Return whether any passport was ever tried: then somebody's worker reads them."""
    return session.scalar(select(DbPassportReading.file_id).limit(1)) is not None


def list_passports_to_read(session: Session, *, failed_before: datetime, most: int) -> list[FileId]:
    """Return the passports to be read, the ones that wait longest first: kept, made anew by us,
    and still the passport of an entry that somebody is to judge.

    failed_before: a reading that failed is tried again if it was tried before this moment.
    """
    query = _waiting(failed_before).order_by(DbLockedFile.received_at_utc, DbLockedFile.id)
    return [FileId(id) for id in session.scalars(query.limit(most))]


def count_passports_left_unread(session: Session, before: datetime) -> int:
    """Return how many passports could have been read since before the moment, and were not."""
    query = _waiting(before).where(
        DbLockedFile.received_at_utc <= before, DbRegistration.changed_at_utc <= before
    )
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def may_try_again(failed_before: datetime) -> ColumnElement[bool]:
    """Return the condition on a reading's row under which the reader is asked once more."""
    return and_(
        DbPassportReading.status == ReadingStatus.FAILED,
        DbPassportReading.attempts < MOST_ATTEMPTS,
        DbPassportReading.tried_at_utc <= failed_before,
    )


def _waiting(failed_before: datetime) -> Select[UUID]:
    return (
        select(DbLockedFile.id)
        .join(DbRegistration, DbRegistration.passport_id == DbLockedFile.id)
        .outerjoin(DbPassportReading, DbPassportReading.file_id == DbLockedFile.id)
        .where(
            DbRegistration.state.in_(READ_STATES),
            DbLockedFile.role == FileRole.PASSPORT,
            DbLockedFile.kept.is_(True),
            DbLockedFile.condition == Condition.CLEAN,
            or_(DbPassportReading.file_id.is_(None), may_try_again(failed_before)),
        )
    )
