"""What staff do to their accounts, in the history, and the mails about it, through the outbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import By, Event, Occasion
from registration.domain.ids import Language
from registration.mail.facts import ReadyText
from registration.mail.ready import lock_ready
from registration.registrar.office import Office
from registration.store.writing import history, papers


def record(
    office: Office,
    by: By,
    event: Event,
    *,
    at: datetime,
    facts: dict[str, str] | None = None,
    details: dict[str, str] | None = None,
) -> None:
    """Write a line into the account's own chain. by.staff_id: whose account it is."""
    with office.database.writing() as session:
        _append(session, by, event, at, facts or {}, details or {})


def queue_account_mail(
    office: Office,
    by: By,
    *,
    recipient: str,
    language: Language,
    subject: str,
    text: str,
    at: datetime,
) -> None:
    """Put a ready message about the account into the outbox; the row keeps it locked."""
    with office.database.writing() as session:
        cause = _append(session, by, Event.ACCOUNT_MAILED, at, {}, {})
        locked = lock_ready(office.vault, ReadyText(subject, text), cause_id=cause)
        papers.add_mail(
            session,
            cause_id=cause,
            occasion=Occasion.STAFF_ACCOUNT,
            recipient=recipient,
            language=language,
            at=at,
            registration_id=None,
            facts=locked.facts,
            facts_wrapped_key=locked.facts_wrapped_key,
        )
    office.ring()


def _append(
    session: Session,
    by: By,
    event: Event,
    at: datetime,
    facts: dict[str, str],
    details: dict[str, str],
) -> UUID:
    return history.append_line(
        session,
        chain=f"staff:{by.staff_id}",
        event=event,
        by=by,
        at=at,
        facts=facts,
        details=details,
    )
