"""Appending to a chain of history. There is no function that changes or removes a line."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.store.chains import BEGINNING, digest_of_details, hash_of_line
from registration.store.tables.history import (
    DbHistoryChain,
    DbHistoryDetail,
    DbHistoryLine,
    DbHistorySeal,
)


def append_line(
    session: Session,
    *,
    chain: str,
    event: Event,
    by: By,
    at: datetime,
    facts: Mapping[str, str],
    details: Mapping[str, str],
) -> UUID:
    """Add the chain's next line and return its id.

    The end of the chain is held to the end of the transaction, so that two lines do not want one
    number. facts: nothing personal. details: the personal facts; empty values are left out.
    """
    personal = {key: value for key, value in details.items() if value}
    if by.name:
        personal["staff"] = by.name
    salt = secrets.token_bytes(16) if personal else b""
    end = _hold_end(session, chain)
    line = {
        "id": uuid4(),
        "chain": chain,
        "number": end.number + 1,
        "at_utc": at,
        "event": event.value,
        "actor": by.actor.value,
        "staff_id": by.staff_id,
        "facts": dict(facts),
        "details_digest": digest_of_details(salt, personal) if personal else None,
        "previous_hash": end.hash,
    }
    end.number, end.hash = end.number + 1, hash_of_line(line)
    session.execute(insert(DbHistoryLine).values(**line, hash=end.hash))
    session.flush()
    if personal:
        values = {"line_id": line["id"], "salt": salt, "details": personal}
        session.execute(insert(DbHistoryDetail).values(**values))
    return UUID(str(line["id"]))


def _hold_end(session: Session, chain: str) -> DbHistoryChain:
    """Return the chain's end, held to the end of the transaction; a new chain begins here."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    beginning = {"name": chain, "number": 0, "hash": BEGINNING}
    session.execute(dialect.insert(DbHistoryChain).values(**beginning).on_conflict_do_nothing())
    query = select(DbHistoryChain).where(DbHistoryChain.name == chain).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def add_seal(session: Session, **columns: object) -> None:
    """Add a sealed line. Raises IntegrityError where there is one of this number."""
    session.execute(insert(DbHistorySeal).values(**columns))
