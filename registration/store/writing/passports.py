"""Rows of what a machine read in passports."""

from datetime import datetime

from sqlalchemy import CursorResult, insert, select, update
from sqlalchemy.orm import Session

from registration.domain.ids import FileId
from registration.domain.papers import ReadingStatus
from registration.store.reading.passports import may_try_again
from registration.store.tables.files import DbPassportReading


def claim_passport(
    session: Session, file_id: FileId, *, at: datetime, failed_before: datetime
) -> bool:
    """Count a try before it is made: what ends this very process counts as one that failed.

    Returns whether the file is ours to read; False where another worker was faster, which the
    schema shows as an IntegrityError, too, if both come in one moment.
    """
    known = session.scalar(
        select(DbPassportReading.file_id).where(DbPassportReading.file_id == file_id)
    )
    if known is None:
        session.execute(
            insert(DbPassportReading).values(
                file_id=file_id, status=ReadingStatus.FAILED, attempts=1, tried_at_utc=at
            )
        )
        return True
    result = session.execute(
        update(DbPassportReading)
        .where(DbPassportReading.file_id == file_id, may_try_again(failed_before))
        .values(attempts=DbPassportReading.attempts + 1, tried_at_utc=at)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def set_passport_reading(
    session: Session,
    file_id: FileId,
    status: ReadingStatus,
    *,
    locked_bytes: bytes | None = None,
    wrapped_key: bytes | None = None,
) -> None:
    """Say how the reading ended. Changes nothing where the file was erased meanwhile."""
    session.execute(
        update(DbPassportReading)
        .where(DbPassportReading.file_id == file_id)
        .values(status=status, locked_bytes=locked_bytes, wrapped_key=wrapped_key)
    )


def release_passport(session: Session, file_id: FileId) -> None:
    """Take a try back that could not be made: the storage gave no answer."""
    session.execute(
        update(DbPassportReading)
        .where(DbPassportReading.file_id == file_id)
        .values(attempts=DbPassportReading.attempts - 1)
    )
