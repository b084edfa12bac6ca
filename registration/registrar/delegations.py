"""A delegation at the desk: its focal point, its private link, and who may register for it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.desk_refusals import AmendmentUnfit, NoFocalPoint, SeatHeld
from registration.domain.events import By, Event, Occasion
from registration.domain.ids import DelegationKey, MeetingId
from registration.domain.meeting import Addressee, Admission, Meeting
from registration.domain.refusals import Refusal, UnknownDelegation
from registration.links.tokens import digest
from registration.meetings.amending import Amendments
from registration.registrar import meetings
from registration.registrar.office import Office
from registration.registrar.steps import Refused, settle
from registration.store import reading
from registration.store.reading import DelegationRow, FocalPoint
from registration.store.writing import history, papers, seats
from registration.store.writing.meetings import change_delegation


def name_focal_point(
    office: Office,
    meeting_id: MeetingId,
    key: DelegationKey,
    person: FocalPoint,
    *,
    by: By,
    at: datetime,
) -> DelegationRow | Refusal:
    """Put on record who speaks for the delegation. Another address revokes the link: whoever had it
    is not the focal point any more."""

    def work(session: Session, row: DelegationRow) -> None:
        before = row.focal_point
        change_delegation(
            session,
            row.id,
            focal_name=person.name,
            focal_email=person.email,
            focal_language=person.language,
        )
        write_delegation_line(
            session,
            row,
            Event.DELEGATION_CHANGED,
            by=by,
            at=at,
            facts={"what": "focal_point"},
            details={"focal_name": person.name, "focal_email": person.email},
        )
        if before is not None and before.email != person.email:
            _renew_link(office, session, row, by=by, at=at)

    return _change(office, meeting_id, key, work)


def send_link(
    office: Office, meeting_id: MeetingId, key: DelegationKey, *, by: By, at: datetime
) -> DelegationRow | Refusal:
    """Mail the delegation's link to the focal point on record."""

    def work(session: Session, row: DelegationRow) -> None:
        person = row.focal_point
        if person is None:
            raise Refused(NoFocalPoint())
        change_delegation(session, row.id, link_sent_at_utc=at)
        cause = write_delegation_line(
            session,
            row,
            Event.LINK_SENT,
            by=by,
            at=at,
            facts={"generation": str(row.link_generation)},
            details={"focal_email": person.email},
        )
        papers.add_mail(
            session,
            cause_id=cause,
            occasion=Occasion.FOCAL_POINT_LINK,
            recipient=person.email,
            language=person.language,
            at=at,
            registration_id=None,
            delegation_id=row.id,
        )

    return _change(office, meeting_id, key, work)


def revoke_link(
    office: Office, meeting_id: MeetingId, key: DelegationKey, *, by: By, at: datetime
) -> DelegationRow | Refusal:
    """Make another link: the one that was sent, and every browser that came through it, open
    nothing from now on."""

    def work(session: Session, row: DelegationRow) -> None:
        _renew_link(office, session, row, by=by, at=at)

    return _change(office, meeting_id, key, work)


def lead(
    office: Office, meeting_id: MeetingId, key: DelegationKey, *, leads: bool, by: By, at: datetime
) -> DelegationRow | Refusal:
    """Say whether number 1 is the head of the delegation."""

    def work(session: Session, row: DelegationRow) -> None:
        change_delegation(session, row.id, has_head=leads)
        facts = {"what": "head", "to": "yes" if leads else "no"}
        write_delegation_line(session, row, Event.DELEGATION_CHANGED, by=by, at=at, facts=facts)

    return _change(office, meeting_id, key, work)


def admit(
    office: Office,
    meeting_id: MeetingId,
    admission: Admission,
    *,
    key: DelegationKey | None = None,
    by: By,
    at: datetime,
) -> Meeting | AmendmentUnfit | SeatHeld:
    """Open registration to everybody, or to whoever comes through the delegation's link alone.

    key: the one delegation; without it the whole meeting, whatever was said of each one before.
    """
    with office.database.reading() as session:
        every = [each.key for each in reading.list_delegations(session, meeting_id)]

    def patch(now: Amendments) -> Amendments:
        changed = now if key is not None else now.with_meeting(admission=admission.value)
        for each in every if key is None else [key]:
            changed = changed.with_delegation(each, admission=admission.value)
        return changed

    facts = {"what": "admission", "to": admission.value, "delegation": key or ""}
    return meetings.amend(
        office,
        meeting_id,
        patch,
        event=Event.DELEGATION_CHANGED,
        by=by,
        at=at,
        facts=facts,
    )


def address_letters(
    office: Office,
    meeting_id: MeetingId,
    key: DelegationKey,
    addressee: Addressee,
    *,
    by: By,
    at: datetime,
) -> Meeting | AmendmentUnfit | SeatHeld:
    """Write the delegation's letters to the person, or to the institution with the person named."""
    return meetings.amend(
        office,
        meeting_id,
        lambda now: now.with_delegation(key, addressee=addressee.value),
        event=Event.DELEGATION_CHANGED,
        by=by,
        at=at,
        facts={"what": "addressee", "to": addressee.value, "delegation": key},
    )


def write_delegation_line(
    session: Session,
    row: DelegationRow,
    event: Event,
    *,
    by: By,
    at: datetime,
    facts: Mapping[str, str],
    details: Mapping[str, str] | None = None,
) -> UUID:
    """Write a line about the delegation into the meeting's chain and return its id."""
    return history.append_line(
        session,
        chain=reading.chain_of_meeting(row.meeting_id),
        event=event,
        by=by,
        at=at,
        facts={**facts, "delegation": row.key},
        details=dict(details or {}),
    )


def _change(
    office: Office,
    meeting_id: MeetingId,
    key: DelegationKey,
    work: Callable[[Session, DelegationRow], None],
) -> DelegationRow | Refusal:
    """Do the work with the delegation's row held, and return the row as it is then."""

    def attempt(session: Session) -> DelegationRow:
        row = reading.find_delegation(session, meeting_id, key)
        if row is None:
            raise Refused(UnknownDelegation())
        seats.lock_delegation(session, row.id)
        work(session, reading.get_delegation(session, row.id))
        return reading.get_delegation(session, row.id)

    return settle(office, attempt)


def _renew_link(
    office: Office, session: Session, row: DelegationRow, *, by: By, at: datetime
) -> None:
    generation = row.link_generation + 1
    change_delegation(
        session,
        row.id,
        link_generation=generation,
        link_digest=digest(office.tokens.of_delegation(row.id, generation)),
        link_sent_at_utc=None,
    )
    facts = {"generation": str(generation)}
    write_delegation_line(session, row, Event.LINK_REVOKED, by=by, at=at, facts=facts)
