"""Mails in the outbox that need no meeting: ready texts, each with a line of history of its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.events import CLOCK, Event, Occasion
from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.links.addresses import Addresses
from registration.links.tokens import Tokens
from registration.mail.facts import ReadyText
from registration.mail.ready import lock_ready
from registration.mail.room import MailRoom
from registration.store.database import Database
from registration.store.tables.mail import DbMail
from registration.store.writing import papers
from registration.store.writing.history import append_line
from registration.vault.boxes import Vault
from registration.vault.storage import open_storage
from tests.mail.builders import make_meeting

NOW = datetime(2022, 2, 1, 12, tzinfo=UTC)
KEY = "dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgISE="


def make_room(
    database_url: str,
    *,
    storage_url: str = "memory://",
    get_meeting: Callable[[Session, MeetingId], Meeting] = lambda _session, _id: make_meeting(),
) -> MailRoom:
    return MailRoom(
        database=Database(database_url),
        vault=Vault([KEY], open_storage(storage_url)),
        tokens=Tokens(b"a key of private links, long enough for it"),
        addresses=Addresses("https://register.example.org"),
        get_meeting=get_meeting,
        sender="Registration <registration@example.org>",
    )


def add_mails(room: MailRoom, *recipients: str, text: str = "Your code is 123456.") -> list[UUID]:
    """Put a mail to each recipient into the outbox, due now, and return their ids."""
    with room.database.writing() as session:
        for recipient in recipients:
            _add_mail(session, room.vault, recipient, text)
    with room.database.reading() as session:
        query = select(DbMail.id).where(DbMail.recipient.in_(recipients))
        return list(session.scalars(query.order_by(DbMail.recipient)))


def _add_mail(session: Session, vault: Vault, recipient: str, text: str) -> None:
    chain = f"staff:{recipient}"
    cause = append_line(
        session, chain=chain, event=Event.NOTED, by=CLOCK, at=NOW, facts={}, details={}
    )
    locked = lock_ready(vault, ReadyText("Your code", text), cause_id=cause)
    papers.add_mail(
        session,
        cause_id=cause,
        occasion=Occasion.STAFF_ACCOUNT,
        recipient=recipient,
        language="en",
        at=NOW,
        registration_id=None,
        facts=locked.facts,
        facts_wrapped_key=locked.facts_wrapped_key,
    )


def read_mail(room: MailRoom, mail_id: UUID) -> DbMail:
    with room.database.reading() as session:
        mail = session.get(DbMail, mail_id)
        assert mail is not None
        return mail


def change_mail(room: MailRoom, mail_id: UUID, **columns: Any) -> None:
    with room.database.writing() as session:
        mail = session.get(DbMail, mail_id)
        assert mail is not None
        for key, value in columns.items():
            setattr(mail, key, value)
