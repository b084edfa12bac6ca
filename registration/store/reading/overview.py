"""A meeting at a glance: what the desk's first page counts, and the few entries it names.

The schema counts; of entries only those are read that hold a seat of a delegation, and the first
few of each list. So the number of queries is fixed, and none brings back more than the page shows.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Row,
    Select,
    cast,
    extract,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationKey, MeetingId, Reference
from registration.domain.names import full_name
from registration.domain.papers import Condition
from registration.domain.states import State
from registration.domain.travel import TicketStatus
from registration.store.tables.files import DbLockedFile
from registration.store.tables.letters import DbAcceptance, DbLetter
from registration.store.tables.meetings import DbDelegation
from registration.store.tables.registrations import DbRegistration
from registration.store.tables.travel import DbTicket

_EPOCH = date(1970, 1, 1)
#: In seconds.
_DAY = 86_400


class Step(StrEnum):
    """What the plot counts, in the order in which it happens to an entry."""

    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class SeatHolder:
    """Who holds a seat. has_ticket: whether the journey is booked."""

    delegation_key: DelegationKey
    seat_number: int
    state: State
    reference: Reference
    full_name: str
    has_ticket: bool


@dataclass(frozen=True, kw_only=True)
class SpoiltFile:
    """A copy of a passport that could not be used. received_at: aware UTC."""

    reference: Reference
    full_name: str
    received_at: datetime


def count_by_delegation(
    session: Session, meeting_id: MeetingId
) -> Mapping[DelegationKey, Mapping[State, int]]:
    """Return how many entries of each delegation stand at which state; none for the others."""
    query = (
        select(DbDelegation.key, DbRegistration.state, func.count())
        .join(DbDelegation, DbDelegation.id == DbRegistration.delegation_id)
        .where(DbDelegation.meeting_id == meeting_id)
        .group_by(DbDelegation.key, DbRegistration.state)
    )
    counts: defaultdict[DelegationKey, Counter[State]] = defaultdict(Counter)
    for key, state, number in session.execute(query):
        counts[DelegationKey(key)][State(state)] = number
    return counts


def list_seat_holders(
    session: Session, meeting_id: MeetingId, *, delegation: DelegationKey | None = None
) -> Sequence[SeatHolder]:
    """Return who holds the seats of the delegations, or of one; not of categories without limit."""
    has_ticket = (
        select(DbTicket.registration_id)
        .where(
            DbTicket.registration_id == DbRegistration.id, DbTicket.status == TicketStatus.ISSUED
        )
        .exists()
    )
    query = (
        select(
            DbDelegation.key,
            DbRegistration.seat_number,
            DbRegistration.state,
            DbRegistration.reference,
            DbRegistration.given_names,
            DbRegistration.surnames,
            DbRegistration.erased_at_utc,
            has_ticket.label("has_ticket"),
        )
        .join(DbDelegation, DbDelegation.id == DbRegistration.delegation_id)
        .where(
            DbDelegation.meeting_id == meeting_id,
            DbDelegation.unlimited.is_(False),
            DbRegistration.seat_number.is_not(None),
        )
    )
    if delegation is not None:
        query = query.where(DbDelegation.key == delegation)
    return [
        SeatHolder(
            delegation_key=DelegationKey(row.key),
            seat_number=row.seat_number,
            state=State(row.state),
            reference=Reference(row.reference),
            full_name=_name(row),
            has_ticket=row.has_ticket,
        )
        for row in session.execute(query)
    ]


def list_spoilt_files(
    session: Session, meeting_id: MeetingId, *, limit: int
) -> tuple[Sequence[SpoiltFile], int]:
    """Return the newest copies of passports that could not be used, and how many there are."""
    query = (
        select(
            DbRegistration.reference,
            DbRegistration.given_names,
            DbRegistration.surnames,
            DbRegistration.erased_at_utc,
            DbLockedFile.received_at_utc,
            func.count().over().label("number"),
        )
        .join(DbRegistration, DbRegistration.passport_id == DbLockedFile.id)
        .where(DbLockedFile.condition == Condition.FAILED, DbRegistration.meeting_id == meeting_id)
        .order_by(DbLockedFile.received_at_utc.desc())
        .limit(limit)
    )
    rows = session.execute(query).all()
    files = [
        SpoiltFile(
            reference=Reference(row.reference),
            full_name=_name(row),
            received_at=row.received_at_utc,
        )
        for row in rows
    ]
    return files, rows[0].number if rows else 0


def count_steps(
    session: Session, meeting_id: MeetingId, *, offset: timedelta
) -> Mapping[Step, Mapping[date, int]]:
    """Return, for each step, how many entries took it on which day; an entry counts once.

    offset: of the meeting's clock from UTC, as it is now. SQL knows no zones: where summer time
    began or ended since, what came in the hour before midnight stands on the neighbouring day.
    """
    of_meeting = DbRegistration.meeting_id == meeting_id
    issued = (
        select(DbLetter.issued_at_utc.label("at"))
        .join(DbRegistration, DbRegistration.id == DbLetter.registration_id)
        .where(of_meeting, DbLetter.issue == 1)
    )
    # Who is written no letter is approved without one: it counts on the day of its last change.
    unwritten = select(DbRegistration.changed_at_utc.label("at")).where(
        of_meeting,
        DbRegistration.state == State.INVITED,
        ~select(DbLetter.id).where(DbLetter.registration_id == DbRegistration.id).exists(),
    )
    accepted = (
        select(func.min(DbAcceptance.accepted_at_utc).label("at"))
        .join(DbRegistration, DbRegistration.id == DbAcceptance.registration_id)
        .where(of_meeting)
        .group_by(DbAcceptance.registration_id)
    )
    created = select(DbRegistration.created_at_utc.label("at")).where(of_meeting)
    confirmed = select(DbRegistration.confirmed_at_utc.label("at")).where(
        of_meeting, DbRegistration.confirmed_at_utc.is_not(None)
    )
    moments: dict[Step, Select[Any] | CompoundSelect[Any]] = {
        Step.REGISTERED: created,
        Step.CONFIRMED: confirmed,
        Step.APPROVED: union_all(issued, unwritten),
        Step.ACCEPTED: accepted,
    }
    query = union_all(*(_count_days(step, each, offset) for step, each in moments.items()))
    days: dict[Step, dict[date, int]] = {step: {} for step in Step}
    for step, day, number in session.execute(query):
        days[Step(step)][_EPOCH + timedelta(days=day)] = number
    return days


def _count_days(
    step: Step,
    moments: Select[Any] | CompoundSelect[Any],
    offset: timedelta,
) -> Select[str, int, int]:
    found = moments.subquery()
    seconds = cast(extract("epoch", found.c.at), BigInteger) + int(offset.total_seconds())
    # By its name: PostgreSQL takes two parameters of one value for two expressions.
    day = (seconds // _DAY).label("day")
    return select(literal(step.value), day, func.count()).group_by("day")


def _name(row: Row[*tuple[Any, ...]]) -> str:
    if row.erased_at_utc is not None:
        return str(row.reference)
    return full_name(row.given_names, row.surnames)
