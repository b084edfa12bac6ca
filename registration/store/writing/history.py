"""Appending to a chain of history. There is no function that changes or removes a line."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.store.tables.history import DbHistoryDetail, DbHistoryLine

#: What the first line of a chain follows on.
BEGINNING = bytes(32)


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

    The caller holds the lock of the chain's row, so that two lines do not want one number; the
    schema refuses it otherwise. facts: nothing personal. details: the personal facts; empty values
    are left out.
    """
    personal = {key: value for key, value in details.items() if value}
    if by.name:
        personal["staff"] = by.name
    salt = secrets.token_bytes(16) if personal else b""
    number, previous = _end_of(session, chain)
    line = {
        "id": uuid4(),
        "chain": chain,
        "number": number + 1,
        "at_utc": at,
        "event": event.value,
        "actor": by.actor.value,
        "staff_id": by.staff_id,
        "facts": dict(facts),
        "details_digest": digest_of_details(salt, personal) if personal else None,
        "previous_hash": previous,
    }
    session.execute(insert(DbHistoryLine).values(**line, hash=hash_of_line(line)))
    if personal:
        values = {"line_id": line["id"], "salt": salt, "details": personal}
        session.execute(insert(DbHistoryDetail).values(**values))
    return UUID(str(line["id"]))


def hash_of_line(line: Mapping[str, object]) -> bytes:
    """Return the SHA-256 that binds the line to the one before it."""
    moment = line["at_utc"]
    digest = line["details_digest"]
    previous = line["previous_hash"]
    assert isinstance(moment, datetime) and isinstance(previous, bytes)
    text = json.dumps(
        [
            line["chain"],
            line["number"],
            moment.isoformat(),
            line["event"],
            line["actor"],
            line["staff_id"],
            line["facts"],
            digest.hex() if isinstance(digest, bytes) else None,
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(previous + text.encode()).digest()


def digest_of_details(salt: bytes, details: Mapping[str, str]) -> bytes:
    """Return what the line keeps of its personal facts: their salted SHA-256."""
    text = json.dumps(details, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).digest()


def _end_of(session: Session, chain: str) -> tuple[int, bytes]:
    query = (
        select(DbHistoryLine.number, DbHistoryLine.hash)
        .where(DbHistoryLine.chain == chain)
        .order_by(DbHistoryLine.number.desc())
    )
    row = session.execute(query.limit(1)).first()
    return (0, BEGINNING) if row is None else (row.number, row.hash)
