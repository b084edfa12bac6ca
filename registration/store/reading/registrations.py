"""Registrations as values."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registration.domain.ids import (
    DelegationId,
    DelegationKey,
    FileId,
    MeetingId,
    Reference,
    RegistrationId,
)
from registration.domain.names import canonical_email, canonical_name
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import LIVE, State
from registration.store.tables.meetings import DbDelegation
from registration.store.tables.registrations import DbRegistration


def find_registration(session: Session, id: RegistrationId) -> Registration | None:
    """Return the registration, or None."""
    return _find(session, _all().where(DbRegistration.id == id))


def get_registration(session: Session, id: RegistrationId) -> Registration:
    """Return the registration. Raises LookupError."""
    found = find_registration(session, id)
    if found is None:
        raise LookupError("no such registration")
    return found


def find_by_reference(session: Session, reference: str) -> Registration | None:
    """Return the registration with this reference, or None."""
    return _find(session, _all().where(DbRegistration.reference == reference))


def find_by_link(session: Session, digest: bytes) -> Registration | None:
    """Return the registration whose private link has this digest (`links.tokens.digest`)."""
    return _find(session, _all().where(DbRegistration.link_digest == digest))


def find_by_new_address(session: Session, digest: bytes) -> Registration | None:
    """Return the registration whose new address is confirmed by the link with this digest."""
    return _find(session, _all().where(DbRegistration.new_email_digest == digest))


def list_by_references(session: Session, references: Collection[str]) -> list[Registration]:
    """Return the registrations with these references, the newest first."""
    query = _all().where(DbRegistration.reference.in_(references))
    return _list(session, query.order_by(DbRegistration.created_at_utc.desc()))


def list_by_ids(session: Session, ids: Collection[RegistrationId]) -> list[Registration]:
    """Return the registrations with these ids, in any order. ids: some hundreds at most."""
    return _list(session, _all().where(DbRegistration.id.in_(ids)))


def list_registrations(
    session: Session, meeting_id: MeetingId, *, states: Collection[State] = tuple(State)
) -> list[Registration]:
    """Return the meeting's registrations in these states: by delegation in the order of the file,
    within it by seat, those without one by the time they came."""
    query = _all().where(
        DbRegistration.meeting_id == meeting_id, DbRegistration.state.in_(list(states))
    )
    return _list(
        session,
        query.order_by(
            DbDelegation.position,
            DbRegistration.seat_number.is_(None),
            DbRegistration.seat_number,
            DbRegistration.reserved_at_utc,
            DbRegistration.created_at_utc,
            DbRegistration.id,
        ),
    )


def list_of_delegation(
    session: Session, delegation_id: DelegationId, *, states: Collection[State]
) -> list[Registration]:
    """Return the delegation's registrations in these states, the longest waiting first."""
    query = _all().where(
        DbRegistration.delegation_id == delegation_id, DbRegistration.state.in_(list(states))
    )
    return _list(
        session,
        query.order_by(
            DbRegistration.seat_number,
            DbRegistration.reserved_at_utc,
            DbRegistration.created_at_utc,
        ),
    )


def find_live_person(
    session: Session, meeting_id: MeetingId, *, email: str, name: str
) -> Registration | None:
    """Return the meeting's live registration of this address and full name in canonical form."""
    return _find(
        session,
        _all().where(
            DbRegistration.meeting_id == meeting_id,
            DbRegistration.canonical_email == canonical_email(email),
            DbRegistration.canonical_name == canonical_name(name),
            DbRegistration.state.in_(list(LIVE)),
        ),
    )


def list_by_email(session: Session, meeting_id: MeetingId, email: str) -> list[Registration]:
    """Return the meeting's live registrations of this address in canonical form."""
    return _list(
        session,
        _all()
        .where(
            DbRegistration.meeting_id == meeting_id,
            DbRegistration.canonical_email == canonical_email(email),
            DbRegistration.state.in_(list(LIVE)),
        )
        .order_by(DbRegistration.id),
    )


def list_alike(session: Session, registration: Registration) -> list[Registration]:
    """Return the meeting's other live registrations of the same name or the same address (T6)."""
    person = registration.particulars
    same_name = DbRegistration.canonical_name == canonical_name(person.full_name)
    same_email = DbRegistration.canonical_email == canonical_email(person.email)
    return _list(
        session,
        _all().where(
            DbRegistration.meeting_id == registration.meeting_id,
            DbRegistration.id != registration.id,
            DbRegistration.state.in_(list(LIVE)),
            same_name | same_email,
        ),
    )


def list_unconfirmed_before(session: Session, moment: datetime) -> list[Registration]:
    """Return the unconfirmed registrations made at or before the moment."""
    return _list(
        session,
        _all().where(
            DbRegistration.state == State.UNCONFIRMED, DbRegistration.created_at_utc <= moment
        ),
    )


def _all() -> Select[DbRegistration, str]:
    return select(DbRegistration, DbDelegation.key).join(
        DbDelegation, DbDelegation.id == DbRegistration.delegation_id
    )


def _find(session: Session, query: Select[DbRegistration, str]) -> Registration | None:
    # Another transaction may have changed the row since this session first saw it.
    row = session.execute(query.execution_options(populate_existing=True)).first()
    return None if row is None else _to_value(row[0], row[1])


def _list(session: Session, query: Select[DbRegistration, str]) -> list[Registration]:
    rows = session.execute(query.execution_options(populate_existing=True))
    return [_to_value(row, key) for row, key in rows]


def _to_value(row: DbRegistration, delegation_key: str) -> Registration:
    return Registration(
        id=RegistrationId(row.id),
        meeting_id=MeetingId(row.meeting_id),
        delegation_id=DelegationId(row.delegation_id),
        delegation_key=DelegationKey(delegation_key),
        reference=Reference(row.reference),
        state=State(row.state),
        version=row.version,
        particulars=Particulars(
            treatment=row.treatment,
            given_names=row.given_names,
            surnames=row.surnames,
            institution=row.institution,
            position=row.position,
            email=row.email,
            copy_to=row.copy_to,
            language=row.language,
            listed=row.may_be_listed,
        ),
        seat_number=row.seat_number,
        seat_label=row.seat_label,
        passport=None if row.passport_id is None else FileId(row.passport_id),
        reason=row.reason,
        new_email=row.new_email,
        link_generation=row.link_generation,
        on_behalf=row.on_behalf,
        wants_reserve=row.wants_reserve,
        created_at=row.created_at_utc,
        confirmed_at=row.confirmed_at_utc,
        changed_at=row.changed_at_utc,
        reserved_at=row.reserved_at_utc,
        reminded_at=row.reminded_at_utc,
        erased_at=row.erased_at_utc,
        nomination_id=row.nomination_id,
        disowned_at=row.disowned_at_utc,
    )
