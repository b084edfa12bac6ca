"""Seats: the lock that puts writers of a delegation in line; rows of unlimited delegations."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationId
from registration.store.tables.meetings import DbDelegation, DbSeat


def lock_delegation(session: Session, id: DelegationId) -> None:
    """Wait for the delegation's row and hold it to the end of the transaction.

    Always before any registration's row: the other order deadlocked 252 of 400 on PostgreSQL. FOR
    NO KEY UPDATE there, so that foreign keys pointing at the row do not wait; on SQLite the
    transaction itself is the lock (BEGIN IMMEDIATE).
    """
    session.execute(
        select(DbDelegation.id).where(DbDelegation.id == id).with_for_update(key_share=True)
    ).one()


def add_seat(session: Session, delegation_id: DelegationId, number: int) -> None:
    """Add one more seat to a delegation without limit. The delegation's row is locked."""
    session.add(DbSeat(delegation_id=delegation_id, number=number, label=None))
    session.flush()


def remove_seat(session: Session, delegation_id: DelegationId, number: int) -> None:
    """Take away a seat that nobody holds; the foreign key refuses any other."""
    session.execute(
        delete(DbSeat).where(DbSeat.delegation_id == delegation_id, DbSeat.number == number)
    )
