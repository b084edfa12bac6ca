"""What the desks see of a whole meeting at once, in a number of queries that does not grow."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from registration.domain.ids import MeetingId
from registration.domain.names import full_name
from registration.domain.papers import MailStatus
from registration.domain.states import State
from registration.store.tables.mail import DbMail
from registration.store.tables.registrations import DbRegistration


@dataclass(frozen=True, kw_only=True)
class UndeliveredMail:
    """A mail that did not arrive, with the entry it is about. made_at: aware UTC."""

    id: UUID
    meeting_id: MeetingId
    reference: str
    full_name: str
    occasion: str
    recipient: str
    status: MailStatus
    attempts: int
    made_at: datetime


def count_states(session: Session) -> Mapping[MeetingId, Mapping[State, int]]:
    """Return how many registrations of each meeting stand at which state; 0 for the others."""
    query = select(DbRegistration.meeting_id, DbRegistration.state, func.count()).group_by(
        DbRegistration.meeting_id, DbRegistration.state
    )
    counts: defaultdict[MeetingId, Counter[State]] = defaultdict(Counter)
    for meeting_id, state, number in session.execute(query):
        counts[MeetingId(meeting_id)][State(state)] = number
    return counts


def list_undelivered(session: Session) -> list[UndeliveredMail]:
    """Return the mails that did not arrive, the newest first; not those that were sent again."""
    newer = aliased(DbMail)
    was_repeated = (
        select(newer.id)
        .where(
            newer.registration_id == DbMail.registration_id,
            newer.occasion == DbMail.occasion,
            newer.made_at_utc > DbMail.made_at_utc,
        )
        .exists()
    )
    query = (
        select(DbMail, DbRegistration)
        .join(DbRegistration, DbRegistration.id == DbMail.registration_id)
        .where(DbMail.status.in_([MailStatus.FAILED, MailStatus.REFUSED]), ~was_repeated)
        .order_by(DbMail.made_at_utc.desc(), DbMail.id)
    )
    return [_undelivered(mail, about) for mail, about in session.execute(query)]


def _undelivered(mail: DbMail, about: DbRegistration) -> UndeliveredMail:
    return UndeliveredMail(
        id=mail.id,
        meeting_id=MeetingId(about.meeting_id),
        reference=about.reference,
        full_name=full_name(about.given_names, about.surnames),
        occasion=mail.occasion,
        recipient=mail.recipient,
        status=MailStatus(mail.status),
        attempts=mail.attempts,
        made_at=mail.made_at_utc,
    )
