"""Rows of journeys and stays. The registration's row is held by whoever writes them."""

from typing import Any

from sqlalchemy import CursorResult, delete, insert, update
from sqlalchemy.orm import Session

from registration.domain.ids import RegistrationId
from registration.domain.journeys import Box
from registration.domain.travel import TicketStatus
from registration.store.reading.travel import TABLES
from registration.store.tables.travel import DbTicket


def put_box(session: Session, box: Box, id: RegistrationId, **columns: object) -> None:
    """Put the box in the place of the one that was there, if one was."""
    table: Any = TABLES[box]
    result = session.execute(update(table).where(table.registration_id == id).values(**columns))
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        session.execute(insert(table).values(registration_id=id, **columns))


def remove_box(session: Session, box: Box, id: RegistrationId) -> None:
    """Remove the box; what is gone is gone."""
    table: Any = TABLES[box]
    session.execute(delete(table).where(table.registration_id == id))


def set_ticket_status(
    session: Session, id: RegistrationId, *, before: TicketStatus, to: TicketStatus
) -> bool:
    """Change how a ticket stands, if it still stands as it was seen; return whether it did."""
    result = session.execute(
        update(DbTicket)
        .where(DbTicket.registration_id == id, DbTicket.status == before)
        .values(status=to)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
