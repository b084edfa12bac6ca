"""Dates and seats, changed at the desk: each with a reason in the meeting's history, and told to
those whom it concerns where the desk says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.desk_refusals import (
    AmendmentUnfit,
    DateOutOfRange,
    DelegationThere,
    SeatHeld,
)
from registration.domain.events import By, Event, Occasion
from registration.domain.ids import DelegationKey, MeetingId
from registration.domain.meeting import Delegation, Meeting
from registration.domain.refusals import ReasonMissing, Refusal, UnknownDelegation
from registration.domain.states import LIVE, State
from registration.meetings.amending import Amendments
from registration.meetings.reading import get_meeting
from registration.registrar import meetings
from registration.registrar.delegations import write_delegation_line
from registration.registrar.office import Office
from registration.registrar.reserving import promote_waiting
from registration.registrar.steps import Refused, settle
from registration.store import reading
from registration.store.reading import DelegationRow
from registration.store.writing import papers, seats
from registration.store.writing.meetings import change_delegation


@dataclass(frozen=True, kw_only=True)
class Change:
    """Who changes something and why. tells: whether those concerned are written to."""

    by: By
    at: datetime
    reason: str
    tells: bool = False


def move_dates(
    office: Office,
    meeting_id: MeetingId,
    *,
    deadline: datetime,
    changes_until: datetime,
    change: Change,
) -> Meeting | Refusal:
    """Give the whole meeting other dates. deadline, changes_until: local, without zone, as they
    are shown: of a rehearsal they are rolled back to those of its file."""
    if not change.reason.strip():
        return ReasonMissing()
    with office.database.reading() as session:
        weeks = timedelta(weeks=get_meeting(session, meeting_id).rolled_weeks)

    def along(session: Session, meeting: Meeting, line: UUID) -> None:
        for row in reading.list_delegations(session, meeting.id):
            tell_concerned(session, row, Occasion.DATE_CHANGED, line, at=change.at)

    return _amend(
        office,
        meeting_id,
        lambda now: now.with_dates(deadline=deadline - weeks, changes_until=changes_until - weeks),
        event=Event.DATES_CHANGED,
        change=change,
        facts={
            "deadline": deadline.isoformat(),
            "changes_until": changes_until.isoformat(),
        },
        along=along,
    )


def extend(
    office: Office,
    meeting_id: MeetingId,
    key: DelegationKey,
    until: datetime | None,
    *,
    change: Change,
) -> DelegationRow | Refusal:
    """Give one delegation a later deadline, or with None the meeting's own again.

    until: aware, the first instant refused; after the meeting's deadline, not after changes_until.
    """

    def work(session: Session) -> DelegationRow:
        row = _hold(session, meeting_id, key)
        meeting = get_meeting(session, meeting_id)
        if not change.reason.strip():
            raise Refused(ReasonMissing())
        if until is not None and not meeting.deadline < until <= meeting.changes_until:
            raise Refused(DateOutOfRange(after=meeting.deadline, until=meeting.changes_until))
        change_delegation(session, row.id, later_deadline_at_utc=until)
        line = write_delegation_line(
            session,
            row,
            Event.DATES_CHANGED,
            by=change.by,
            at=change.at,
            facts={"deadline": "" if until is None else until.isoformat()},
            details={"reason": change.reason},
        )
        changed = reading.get_delegation(session, row.id)
        if change.tells:
            tell_concerned(session, changed, Occasion.DATE_CHANGED, line, at=change.at)
        return changed

    return settle(office, work)


def add_seat(
    office: Office,
    meeting_id: MeetingId,
    key: DelegationKey,
    *,
    change: Change,
    label: Mapping[str, Any] | None = None,
) -> Meeting | Refusal:
    """Give the delegation another seat; who waits longest takes it where the meeting says so.

    label: {"key": ..., "name": {language: ...}} where the delegation's seats bear names.
    """
    result = _reseat(office, meeting_id, key, 1, change=change, label=label)
    if isinstance(result, Meeting):
        with office.database.reading() as session:
            row = reading.find_delegation(session, meeting_id, key)
        if row is not None:
            promote_waiting(office, row.id, arrived_at=change.at)
    return result


def drop_seat(
    office: Office, meeting_id: MeetingId, key: DelegationKey, *, change: Change
) -> Meeting | Refusal:
    """Take the delegation's last seat away. One that somebody holds stays: SeatHeld."""
    return _reseat(office, meeting_id, key, -1, change=change)


def add_delegation(
    office: Office, meeting_id: MeetingId, delegation: Mapping[str, Any], *, change: Change
) -> Meeting | Refusal:
    """Add a delegation to the meeting, written as its file would have it."""
    if not change.reason.strip():
        return ReasonMissing()
    key = str(delegation["key"])
    with office.database.reading() as session:
        if reading.find_delegation(session, meeting_id, key) is not None:
            return DelegationThere()

    def mark_added(session: Session, meeting: Meeting, _line: UUID) -> None:
        row = reading.find_delegation(session, meeting.id, key)
        if row is not None:
            change_delegation(session, row.id, added=True)

    return _amend(
        office,
        meeting_id,
        lambda now: now.with_added(delegation),
        event=Event.SEATS_CHANGED,
        change=replace(change, tells=True),
        facts={"delegation": key, "what": "added"},
        along=mark_added,
    )


def tell_concerned(
    session: Session, row: DelegationRow, occasion: Occasion, line: UUID, *, at: datetime
) -> None:
    """Write to the delegation's focal point, and to everybody who takes part for it and whose
    address is confirmed."""
    if row.focal_point is not None:
        papers.add_mail(
            session,
            cause_id=line,
            occasion=occasion,
            recipient=row.focal_point.email,
            language=row.focal_point.language,
            at=at,
            registration_id=None,
            delegation_id=row.id,
        )
    told = {row.focal_point.email if row.focal_point else ""}
    states = LIVE - {State.UNCONFIRMED}
    for each in reading.list_of_delegation(session, row.id, states=states):
        # Ministries share mailboxes, and the schema takes one mail of an occasion to an address.
        if each.particulars.email not in told:
            told.add(each.particulars.email)
            papers.add_mail(
                session,
                cause_id=line,
                occasion=occasion,
                recipient=each.particulars.email,
                language=each.particulars.language,
                at=at,
                registration_id=each.id,
                delegation_id=row.id,
            )


def _reseat(
    office: Office,
    meeting_id: MeetingId,
    key: DelegationKey,
    by_seats: int,
    *,
    change: Change,
    label: Mapping[str, Any] | None = None,
) -> Meeting | Refusal:
    if not change.reason.strip():
        return ReasonMissing()
    with office.database.reading() as session:
        before = get_meeting(session, meeting_id).find_delegation(key)
    if before is None:
        return UnknownDelegation()

    def reseat(now: Amendments) -> Amendments:
        # Counted from the patch as it is under the lock: two at the desk add two seats, not one.
        patch = now.delegations.get(key, {})
        values: dict[str, Any] = {"seats": patch.get("seats", before.seats) + by_seats}
        if before.labels:
            labels = [*patch.get("labels", _labels_of(before)), *([label] if label else [])]
            values["labels"] = labels[: values["seats"]]
        return now.with_delegation(key, **values)

    def along(session: Session, meeting: Meeting, line: UUID) -> None:
        row = reading.find_delegation(session, meeting.id, key)
        if row is not None:
            tell_concerned(session, row, Occasion.SEATS_CHANGED, line, at=change.at)

    return _amend(
        office,
        meeting_id,
        reseat,
        event=Event.SEATS_CHANGED,
        change=change,
        facts={"delegation": key, "what": "one_more" if by_seats > 0 else "one_less"},
        along=along,
    )


def _amend(
    office: Office,
    meeting_id: MeetingId,
    patch: Callable[[Amendments], Amendments],
    *,
    event: Event,
    change: Change,
    facts: Mapping[str, str],
    along: Callable[[Session, Meeting, UUID], None],
) -> Meeting | AmendmentUnfit | SeatHeld:
    def tell(session: Session, meeting: Meeting) -> None:
        line = reading.find_last_line(session, reading.chain_of_meeting(meeting.id))
        if change.tells and line is not None:
            along(session, meeting, line)

    return meetings.amend(
        office,
        meeting_id,
        patch,
        event=event,
        by=change.by,
        at=change.at,
        facts=facts,
        details={"reason": change.reason},
        along=tell,
    )


def _hold(session: Session, meeting_id: MeetingId, key: DelegationKey) -> DelegationRow:
    row = reading.find_delegation(session, meeting_id, key)
    if row is None:
        raise Refused(UnknownDelegation())
    seats.lock_delegation(session, row.id)
    return reading.get_delegation(session, row.id)


def _labels_of(delegation: Delegation) -> list[dict[str, Any]]:
    return [
        {"key": label.key, "name": {each: label.name[each] for each in label.name}}
        for label in delegation.labels
    ]
