"""What the desks see of a whole meeting at once, in a number of queries that does not grow."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId
from registration.domain.names import full_name
from registration.domain.papers import MailStatus
from registration.domain.states import State
from registration.store.reading.listing_queries import is_undelivered
from registration.store.tables.arrivals import DbArrival
from registration.store.tables.mail import DbMail
from registration.store.tables.registrations import DbRegistration

_entry, _mail = DbRegistration.__table__.c, DbMail.__table__.c
# Put together once: the first pages of the desk ask them.
_STATES = select(_entry.meeting_id, _entry.state, func.count()).group_by(
    _entry.meeting_id, _entry.state
)
_UNDELIVERED = (
    select(_entry.meeting_id, func.count())
    .join_from(DbRegistration.__table__, DbMail.__table__, _mail.registration_id == _entry.id)
    .where(is_undelivered())
    .group_by(_entry.meeting_id)
)
_UNDELIVERED_OF = (
    select(DbMail, DbRegistration, func.count().over())
    .join(DbRegistration, DbRegistration.id == DbMail.registration_id)
    .where(DbRegistration.meeting_id == bindparam("meeting"), is_undelivered())
    .order_by(DbMail.made_at_utc.desc(), DbMail.id)
    .limit(bindparam("limit"))
)


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
    counts: defaultdict[MeetingId, Counter[State]] = defaultdict(Counter)
    for meeting_id, state, number in session.execute(_STATES):
        counts[MeetingId(meeting_id)][State(state)] = number
    return counts


def count_attendance(session: Session, meeting_id: MeetingId) -> Mapping[tuple[State, bool], int]:
    """Return how many of the meeting's entries stand at which state and came, or did not."""
    came = DbArrival.registration_id.is_not(None)
    query = (
        select(DbRegistration.state, came.label("came"), func.count())
        .outerjoin(DbArrival, DbArrival.registration_id == DbRegistration.id)
        .where(DbRegistration.meeting_id == meeting_id)
        .group_by(DbRegistration.state, "came")
    )
    return {(State(state), bool(has)): number for state, has, number in session.execute(query)}


def count_undelivered(session: Session) -> Mapping[MeetingId, int]:
    """Return how many mails of each meeting did not arrive; none for the others."""
    return {MeetingId(id): number for id, number in session.execute(_UNDELIVERED)}


def list_undelivered(
    session: Session, meeting_id: MeetingId, *, limit: int
) -> tuple[list[UndeliveredMail], int]:
    """Return the meeting's newest mails that did not arrive, and how many there are; not those that
    were sent again."""
    rows = session.execute(_UNDELIVERED_OF, {"meeting": meeting_id, "limit": limit}).all()
    return [_undelivered(mail, about) for mail, about, _ in rows], rows[0][2] if rows else 0


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
