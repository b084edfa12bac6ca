"""The outbox: which mails are due, who is sending them, and what became of them.

A worker takes a mail by a lease: for that long nobody else sends it. If the worker dies, the lease
runs out and the next one sends the very same bytes, which are kept locked until the server took
them. Nothing here knows of SMTP; no transaction here holds anything slow.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, CursorResult, Result, and_, or_, select, update

from registration.domain.events import Occasion
from registration.domain.papers import MailNotice, MailStatus
from registration.store.database import Database
from registration.store.reading.papers import to_notice
from registration.store.tables.mail import DbMail
from registration.vault.boxes import LockedBytes

#: How long one delivery may take before another worker takes the mail over. A server that answers
#: each of the dozen steps at the last moment (`post.TIMEOUT_SECONDS`) is quicker than this.
LEASE = timedelta(minutes=6)
#: The pauses after the first, second ... try: a day in all. After the last one a mail has failed.
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 30, 60, *([120] * 11)))
#: How much of a server's answer is kept for the desk, in characters.
LONGEST_ERROR = 500


@dataclass(frozen=True, kw_only=True)
class ClaimedMail:
    """A mail in this worker's hands. attempts: tries that failed so far. made_at: aware UTC.

    message_id, locked: None until the message was built for the first time.
    """

    id: UUID
    cause_id: UUID
    occasion: Occasion
    recipient: str
    language: str
    registration_id: UUID | None
    delegation_id: int | None
    submission_id: UUID | None
    letter_id: UUID | None
    acceptance_id: UUID | None
    words_id: UUID | None
    facts: Mapping[str, str]
    facts_wrapped_key: bytes | None
    attempts: int
    made_at: datetime
    message_id: str | None
    locked: LockedBytes | None
    lease_token: UUID


def claim(
    database: Database, *, now: datetime, lease: timedelta = LEASE, only: UUID | None = None
) -> ClaimedMail | None:
    """Return the mail that is due the longest, now in the caller's hands, or None.

    only: look at this mail alone.
    Looks first without writing, so that an idle worker never holds up a writer.
    """
    while True:
        with database.reading() as session:
            query = select(DbMail.id).where(_is_free(now, lease))
            if only is not None:
                query = query.where(DbMail.id == only)
            due = session.scalar(query.order_by(DbMail.due_at_utc, DbMail.id).limit(1))
        if due is None:
            return None
        claimed = _take(database, due, now=now, lease=lease)
        if claimed is not None:
            return claimed


def keep_built(
    database: Database,
    mail: ClaimedMail,
    *,
    message_id: str,
    locked: LockedBytes,
    now: datetime,
    lease: timedelta = LEASE,
) -> bool:
    """Keep the message as built, before it is sent for the first time, and begin the lease anew.

    Returns False where the mail is in another worker's hands by now: do not send it.
    """
    return _change(
        database,
        _is_ours(mail),
        message_id=message_id,
        locked_bytes=locked.ciphertext,
        wrapped_key=locked.wrapped_key,
        lease_until_utc=now + lease,
    )


def mark_sent(database: Database, mail: ClaimedMail, *, now: datetime) -> bool:
    """Say that the server took the mail, and erase its bytes. Sent is sent, whoever holds it."""
    return _change(
        database,
        and_(DbMail.id == mail.id, DbMail.status != MailStatus.SENT),
        status=MailStatus.SENT,
        sent_at_utc=now,
        last_error=None,
        attempts=mail.attempts + 1,
        **_NOTHING_KEPT,
    )


def mark_failed_for_now(
    database: Database, mail: ClaimedMail, error: str, *, now: datetime
) -> bool:
    """Put the mail off by the next pause, or give it up when a day of tries is over.

    Tries are counted, not hours: a clock that jumps ahead gives nothing up.
    """
    failed = mail.attempts + 1
    is_over = failed > len(PAUSES)
    return _change(
        database,
        _is_ours(mail),
        status=MailStatus.FAILED if is_over else MailStatus.DUE,
        attempts=failed,
        due_at_utc=now if is_over else now + PAUSES[failed - 1],
        last_error=error[:LONGEST_ERROR],
        **(_NOTHING_KEPT if is_over else _NO_LEASE),
    )


def mark_refused(database: Database, mail: ClaimedMail, error: str) -> bool:
    """Say that the server will never take the mail (5xx); the desk sees it at once."""
    return _change(
        database,
        _is_ours(mail),
        status=MailStatus.REFUSED,
        attempts=mail.attempts + 1,
        last_error=error[:LONGEST_ERROR],
        **_NOTHING_KEPT,
    )


_NO_LEASE: dict[str, Any] = {"lease_token": None, "lease_until_utc": None}
_NOTHING_KEPT: dict[str, Any] = {**_NO_LEASE, "locked_bytes": None, "wrapped_key": None}


def _is_free(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """Due, and in nobody's hands.

    A moment further ahead than any that could have been written by now was written by a clock that
    has since been set back: it counts as come, or the mail would wait for that clock's time.
    """
    tries = enumerate((timedelta(0), *PAUSES))
    too_far = [
        and_(DbMail.attempts == failed, DbMail.due_at_utc > now + pause) for failed, pause in tries
    ]
    return and_(
        DbMail.status == MailStatus.DUE,
        or_(DbMail.due_at_utc <= now, *too_far),
        or_(
            DbMail.lease_until_utc.is_(None),
            DbMail.lease_until_utc <= now,
            DbMail.lease_until_utc > now + 2 * lease,
        ),
    )


def _is_ours(mail: ClaimedMail) -> ColumnElement[bool]:
    return and_(DbMail.id == mail.id, DbMail.lease_token == mail.lease_token)


def _take(
    database: Database, mail_id: UUID, *, now: datetime, lease: timedelta
) -> ClaimedMail | None:
    token = uuid4()
    is_free = and_(DbMail.id == mail_id, _is_free(now, lease))
    with database.writing() as session:
        taken = session.execute(
            update(DbMail).where(is_free).values(lease_token=token, lease_until_utc=now + lease)
        )
        row = session.get(DbMail, mail_id) if _changed_one(taken) else None
        return None if row is None else _claimed(row, token)


def _claimed(row: DbMail, token: UUID) -> ClaimedMail:
    locked = None
    if row.locked_bytes is not None and row.wrapped_key is not None:
        locked = LockedBytes(row.locked_bytes, row.wrapped_key)
    return ClaimedMail(
        id=row.id,
        cause_id=row.cause_id,
        occasion=Occasion(row.occasion),
        recipient=row.recipient,
        language=row.language,
        registration_id=row.registration_id,
        delegation_id=row.delegation_id,
        submission_id=row.submission_id,
        letter_id=row.letter_id,
        acceptance_id=row.acceptance_id,
        words_id=row.words_id,
        facts=row.facts,
        facts_wrapped_key=row.facts_wrapped_key,
        attempts=row.attempts,
        made_at=row.made_at_utc,
        message_id=row.message_id,
        locked=locked,
        lease_token=token,
    )


def _change(database: Database, where: ColumnElement[bool], **columns: object) -> bool:
    with database.writing() as session:
        result = session.execute(update(DbMail).where(where).values(**columns))
        return _changed_one(result)


def _changed_one(result: Result[Any]) -> bool:
    return cast("CursorResult[Any]", result).rowcount == 1


def list_by_status(database: Database, statuses: Collection[MailStatus]) -> list[MailNotice]:
    """Return the mails in these states, the oldest first."""
    query = select(DbMail).where(DbMail.status.in_([each.value for each in statuses]))
    with database.reading() as session:
        rows = session.scalars(query.order_by(DbMail.made_at_utc, DbMail.id)).all()
    return [to_notice(row) for row in rows]
