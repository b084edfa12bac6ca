"""Batches, their entries, and arrivals."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registration.domain.batches import Batch, BatchItem, BatchKind, BatchStatus, ItemStatus
from registration.domain.ids import FileId, MeetingId, RegistrationId
from registration.domain.registrations import Registration
from registration.store.reading.registrations import list_by_ids
from registration.store.tables.arrivals import DbArrival
from registration.store.tables.batches import DbBatch, DbBatchItem
from registration.store.tables.registrations import DbRegistration


def find_batch(session: Session, id: UUID) -> Batch | None:
    """Return the batch with its counts, or None."""
    query = select(DbBatch).where(DbBatch.id == id)
    row = session.scalars(query.execution_options(populate_existing=True)).first()
    return None if row is None else _batch(session, row)


def list_batches(session: Session, meeting_id: MeetingId, *, limit: int) -> list[Batch]:
    """Return the meeting's newest batches, the newest first."""
    query = select(DbBatch).where(DbBatch.meeting_id == meeting_id)
    ordered = query.order_by(DbBatch.asked_at_utc.desc(), DbBatch.id).limit(limit)
    return [_batch(session, row) for row in session.scalars(ordered)]


def list_items(
    session: Session,
    batch_id: UUID,
    *,
    statuses: Collection[ItemStatus] = tuple(ItemStatus),
    after: int = 0,
    limit: int,
) -> list[BatchItem]:
    """Return the next entries of the batch behind the number `after`, in their order."""
    query = select(DbBatchItem).where(
        DbBatchItem.batch_id == batch_id,
        DbBatchItem.status.in_([each.value for each in statuses]),
        DbBatchItem.number > after,
    )
    rows = session.scalars(query.order_by(DbBatchItem.number).limit(limit))
    return [_item(row) for row in rows]


def list_of_items(
    session: Session, batch_id: UUID, *, after: int, limit: int
) -> list[tuple[BatchItem, Registration]]:
    """Return the next entries of the batch, each with the registration as it stands now."""
    items = list_items(session, batch_id, after=after, limit=limit)
    found = {each.id: each for each in list_by_ids(session, [i.registration_id for i in items])}
    return [(each, found[each.registration_id]) for each in items]


def find_arrival(session: Session, id: RegistrationId) -> datetime | None:
    """Return when the person came, aware UTC, or None."""
    row = session.get(DbArrival, id, populate_existing=True)
    return None if row is None else row.arrived_at_utc


def list_arrivals(session: Session, meeting_id: MeetingId) -> dict[RegistrationId, datetime]:
    """Return when each of those who came to the meeting came, aware UTC."""
    query = (
        select(DbArrival.registration_id, DbArrival.arrived_at_utc)
        .join(DbRegistration, DbRegistration.id == DbArrival.registration_id)
        .where(DbRegistration.meeting_id == meeting_id)
    )
    return {RegistrationId(id): at for id, at in session.execute(query)}


def list_arrived(session: Session, meeting_id: MeetingId) -> set[RegistrationId]:
    """Return the registrations of those who came to the meeting."""
    query = (
        select(DbArrival.registration_id)
        .join(DbRegistration, DbRegistration.id == DbArrival.registration_id)
        .where(DbRegistration.meeting_id == meeting_id)
    )
    return {RegistrationId(id) for id in session.scalars(query)}


def _batch(session: Session, row: DbBatch) -> Batch:
    counts = {row[0]: row[1] for row in session.execute(_counts(row.id))}
    return Batch(
        id=row.id,
        meeting_id=MeetingId(row.meeting_id),
        kind=BatchKind(row.kind),
        details=row.details,
        status=BatchStatus(row.status),
        staff_id=row.staff_id,
        staff_name=row.staff_name,
        asked_at=row.asked_at_utc,
        ended_at=row.ended_at_utc,
        file_id=None if row.file_id is None else FileId(row.file_id),
        total=sum(counts.values()),
        done=counts.get(ItemStatus.DONE, 0),
        refused=counts.get(ItemStatus.REFUSED, 0),
    )


def _counts(batch_id: UUID) -> Select[str, int]:
    return (
        select(DbBatchItem.status, func.count())
        .where(DbBatchItem.batch_id == batch_id)
        .group_by(DbBatchItem.status)
    )


def _item(row: DbBatchItem) -> BatchItem:
    return BatchItem(
        number=row.number,
        registration_id=RegistrationId(row.registration_id),
        version=row.version,
        status=ItemStatus(row.status),
        refusal=row.refusal,
    )
