"""Batches, their entries, and arrivals: rows that the registrar adds and changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from registration.domain.batches import BatchKind, BatchStatus, ItemStatus
from registration.domain.ids import FileId, MeetingId, RegistrationId
from registration.store.tables.arrivals import DbArrival
from registration.store.tables.batches import DbBatch, DbBatchItem


def add_batch(
    session: Session,
    *,
    id: UUID,
    meeting_id: MeetingId,
    kind: BatchKind,
    details: Mapping[str, str],
    staff_id: int | None,
    staff_name: str,
    at: datetime,
    chosen: Sequence[tuple[RegistrationId, int]],
) -> None:
    """Add the batch with its entries. chosen: each with the version that was on the screen."""
    session.execute(
        insert(DbBatch).values(
            id=id,
            meeting_id=meeting_id,
            kind=kind,
            details=dict(details),
            staff_id=staff_id,
            staff_name=staff_name,
            asked_at_utc=at,
        )
    )
    if chosen:
        session.execute(
            insert(DbBatchItem),
            [
                {"batch_id": id, "number": number, "registration_id": each, "version": version}
                for number, (each, version) in enumerate(chosen, start=1)
            ],
        )


def find_due(session: Session, *, now: datetime, lease: timedelta) -> UUID | None:
    """Return the batch that is due the longest and in nobody's hands, or None."""
    query = select(DbBatch.id).where(_is_free(now, lease))
    return session.scalar(query.order_by(DbBatch.asked_at_utc, DbBatch.id).limit(1))


def take(session: Session, id: UUID, *, token: UUID, now: datetime, lease: timedelta) -> bool:
    """Put the batch into the hands of whoever has the token; returns whether it was free."""
    is_free = and_(DbBatch.id == id, _is_free(now, lease))
    return _change(session, is_free, lease_token=token, lease_until_utc=now + lease)


def renew(session: Session, id: UUID, *, token: UUID, until: datetime) -> bool:
    """Begin the lease anew; returns False where the batch is in other hands by now."""
    return _change(session, _is_held(id, token), lease_until_utc=until)


def let_go(session: Session, id: UUID, *, token: UUID) -> None:
    """Give the batch back before its lease is over."""
    _change(session, _is_held(id, token), lease_token=None, lease_until_utc=None)


def end(
    session: Session,
    id: UUID,
    *,
    token: UUID,
    status: BatchStatus,
    at: datetime,
    file_id: FileId | None = None,
) -> bool:
    """Say how the batch ended; returns False where it is in other hands by now."""
    return _change(
        session,
        _is_held(id, token),
        status=status,
        ended_at_utc=at,
        file_id=file_id,
        lease_token=None,
        lease_until_utc=None,
    )


def mark_item(
    session: Session,
    batch_id: UUID,
    number: int,
    *,
    status: ItemStatus,
    at: datetime,
    refusal: str | None = None,
) -> bool:
    """Say what came of an entry; returns False where that was said already."""
    result = session.execute(
        update(DbBatchItem)
        .where(
            DbBatchItem.batch_id == batch_id,
            DbBatchItem.number == number,
            DbBatchItem.status == ItemStatus.DUE,
        )
        .values(status=status, refusal=refusal, done_at_utc=at)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def mark_drawn(session: Session, batch_id: UUID, *, through: int, at: datetime) -> None:
    """Say of the entries up to this number that they stand on the paper."""
    session.execute(
        update(DbBatchItem)
        .where(
            DbBatchItem.batch_id == batch_id,
            DbBatchItem.number <= through,
            DbBatchItem.status == ItemStatus.DUE,
        )
        .values(status=ItemStatus.DONE, done_at_utc=at)
    )


def begin_anew(session: Session, batch_id: UUID) -> None:
    """Forget what came of the entries: their paper is drawn from its beginning."""
    session.execute(
        update(DbBatchItem)
        .where(DbBatchItem.batch_id == batch_id)
        .values(status=ItemStatus.DUE, refusal=None, done_at_utc=None)
    )


def add_arrival(
    session: Session,
    id: RegistrationId,
    *,
    at: datetime,
    staff_id: int | None,
    recorded_at: datetime | None = None,
) -> None:
    """Say that the person came. recorded_at: where the site heard of it only then."""
    values = {
        "registration_id": id,
        "arrived_at_utc": at,
        "staff_id": staff_id,
        "recorded_at_utc": recorded_at,
    }
    session.execute(insert(DbArrival).values(**values))


def remove_arrival(session: Session, id: RegistrationId) -> None:
    """Take it back."""
    session.execute(delete(DbArrival).where(DbArrival.registration_id == id))


def _is_free(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """Due, and in nobody's hands. A lease further ahead than any that could have been written by
    now was written by a clock that has since been set back: it counts as over."""
    return and_(
        DbBatch.status == BatchStatus.DUE,
        or_(
            DbBatch.lease_until_utc.is_(None),
            DbBatch.lease_until_utc <= now,
            DbBatch.lease_until_utc > now + 2 * lease,
        ),
    )


def _is_held(id: UUID, token: UUID) -> ColumnElement[bool]:
    return and_(DbBatch.id == id, DbBatch.lease_token == token)


def _change(session: Session, where: ColumnElement[bool], **columns: object) -> bool:
    result = session.execute(update(DbBatch).where(where).values(**columns))
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
