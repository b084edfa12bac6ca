"""What staff do to their accounts, and administrators to those of others, in the history; and the
mails about it, through the outbox."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import By, Event, Occasion
from registration.domain.ids import Language
from registration.domain.roles import HeldRole, LastAdministrator, Role
from registration.mail.facts import ReadyText
from registration.mail.ready import lock_ready
from registration.registrar.office import Office
from registration.store.tables.accounts import DbStaff
from registration.store.writing import accounts as rows
from registration.store.writing import history, papers


def record(
    office: Office,
    by: By,
    event: Event,
    *,
    at: datetime,
    account_id: int | None = None,
    facts: dict[str, str] | None = None,
    details: dict[str, str] | None = None,
) -> None:
    """Write a line into an account's own chain. account_id: whose; by.staff_id's unless given."""
    with office.database.writing() as session:
        _append(session, by, event, at, account_id, facts or {}, details or {})


def queue_account_mail(
    office: Office,
    by: By,
    *,
    recipient: str,
    language: Language,
    subject: str,
    text: str,
    at: datetime,
    account_id: int | None = None,
    occasion: Occasion = Occasion.STAFF_ACCOUNT,
) -> None:
    """Put a ready message about the account into the outbox; the row keeps it locked."""
    with office.database.writing() as session:
        facts = {"occasion": occasion.value}
        cause = _append(session, by, Event.ACCOUNT_MAILED, at, account_id, facts, {})
        locked = lock_ready(office.vault, ReadyText(subject, text), cause_id=cause)
        papers.add_mail(
            session,
            cause_id=cause,
            occasion=occasion,
            recipient=recipient,
            language=language,
            at=at,
            registration_id=None,
            facts=locked.facts,
            facts_wrapped_key=locked.facts_wrapped_key,
        )
    office.ring()


def change_roles(
    office: Office, by: By, staff_id: int, roles: Collection[HeldRole], *, at: datetime
) -> LastAdministrator | None:
    """Give the account these roles and no other; they count from its next request on."""
    keeps = HeldRole(Role.ADMINISTRATOR) in roles
    with _changing(office, staff_id) as (session, row):
        if not keeps and rows.is_last_administrator(session, staff_id):
            return LastAdministrator()
        rows.set_roles(session, row, roles)
        held = ", ".join(str(each) for each in sorted(set(roles)))
        _append_change(session, by, at, staff_id, {"account": "roles", "roles": held})
    return None


def close(office: Office, by: By, staff_id: int, *, at: datetime) -> LastAdministrator | None:
    """Close the account and sign it out everywhere. Its row stays, histories name it."""
    with _changing(office, staff_id) as (session, row):
        if rows.is_last_administrator(session, staff_id):
            return LastAdministrator()
        rows.set_active(row, active=False)
        rows.end_sessions(session, row, at=at)
        _append_change(session, by, at, staff_id, {"account": "closed"})
    return None


def take_up_invitation(
    office: Office, by: By, staff_id: int, *, seen: str, hashed_password: str, at: datetime
) -> bool:
    """Give the invited account the password that its owner chose, if it still is as it was seen: of
    two who hold the link one wins. seen: the account's own secret, which every change renews."""
    with _changing(office, staff_id) as (session, row):
        if row.fs_uniquifier != seen or row.invited_at_utc is None or not row.active:
            return False
        rows.take_up_invitation(row, hashed_password)
        _append_change(session, by, at, staff_id, {"account": "invitation taken up"})
    return True


def reopen(office: Office, by: By, staff_id: int, *, at: datetime) -> None:
    """Open a closed account again, with its password and roles."""
    with _changing(office, staff_id) as (session, row):
        rows.set_active(row, active=True)
        _append_change(session, by, at, staff_id, {"account": "reopened"})


def end_sessions(
    office: Office, by: By, staff_id: int, *, at: datetime, only: UUID | None = None
) -> None:
    """Sign the account out everywhere, or of one browser. Nothing is written where none was in."""
    with _changing(office, staff_id) as (session, row):
        if rows.end_sessions(session, row, at=at, only=only) or only is None:
            where = "everywhere" if only is None else "one browser"
            _append_change(session, by, at, staff_id, {"account": "signed out", "where": where})


def forget_factors(office: Office, by: By, staff_id: int, *, at: datetime) -> None:
    """Ask the account for its password alone, and sign it out everywhere."""
    with _changing(office, staff_id) as (session, row):
        rows.forget_factors(session, row)
        rows.end_sessions(session, row, at=at)
        _append_change(session, by, at, staff_id, {"account": "factors off"})


@contextmanager
def _changing(office: Office, staff_id: int) -> Iterator[tuple[Session, DbStaff]]:
    """Give a transaction that holds the account. Raises LookupError where there is none."""
    with office.database.writing() as session:
        yield session, rows.hold_account(session, staff_id)


def _append_change(
    session: Session, by: By, at: datetime, staff_id: int, facts: dict[str, str]
) -> None:
    _append(session, by, Event.ACCOUNT_CHANGED, at, staff_id, facts, {})


def _append(
    session: Session,
    by: By,
    event: Event,
    at: datetime,
    account_id: int | None,
    facts: dict[str, str],
    details: dict[str, str],
) -> UUID:
    return history.append_line(
        session,
        chain=f"staff:{by.staff_id if account_id is None else account_id}",
        event=event,
        by=by,
        at=at,
        facts=facts,
        details=details,
    )
