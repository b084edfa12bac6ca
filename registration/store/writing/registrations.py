"""Registrations: added once, then changed only by conditional updates."""

from typing import Any

from sqlalchemy import CursorResult, insert, select, update
from sqlalchemy.orm import Session

from registration.domain.ids import RegistrationId
from registration.domain.names import canonical_email, canonical_name, full_name, search_text
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import State
from registration.store.tables.registrations import DbRegistration


def add_registration(
    session: Session,
    *,
    id: RegistrationId,
    particulars: Particulars,
    state: State,
    **columns: object,
) -> None:
    """Add an entry. Raises IntegrityError where the schema refuses it (`store.violations`)."""
    session.execute(
        insert(DbRegistration).values(id=id, state=state, **columns_of(particulars), **columns)
    )


def move(session: Session, registration: Registration, *, to: State, **columns: object) -> bool:
    """Change the row if it is still in the state and version the move was decided on.

    Returns whether it was: of two simultaneous moves one wins. Raises IntegrityError where the
    schema refuses.
    """
    result = session.execute(
        update(DbRegistration)
        .where(
            DbRegistration.id == registration.id,
            DbRegistration.state == registration.state,
            DbRegistration.version == registration.version,
        )
        .values(state=to, version=registration.version + 1, **columns)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def touch(session: Session, id: RegistrationId, **columns: object) -> None:
    """Change columns that no move guards (when a reminder went out), leaving the version alone."""
    session.execute(update(DbRegistration).where(DbRegistration.id == id).values(**columns))


def lock_registration(session: Session, id: RegistrationId) -> None:
    """Hold the registration's row, so that a line that is no move gets the next number."""
    session.execute(
        select(DbRegistration.id).where(DbRegistration.id == id).with_for_update(key_share=True)
    ).one()


def columns_of(particulars: Particulars) -> dict[str, Any]:
    """Return the columns that hold the particulars, canonical forms included."""
    return {
        "treatment": particulars.treatment,
        "given_names": particulars.given_names,
        "surnames": particulars.surnames,
        "institution": particulars.institution,
        "position": particulars.position,
        "email": particulars.email,
        "copy_to": particulars.copy_to,
        "language": particulars.language,
        "may_be_listed": particulars.listed,
        "canonical_email": canonical_email(particulars.email),
        "canonical_name": canonical_name(particulars.full_name),
        "search_text": search_text(
            particulars.full_name,
            particulars.institution,
            particulars.position,
            particulars.email,
        ),
    }


def change_address(session: Session, id: RegistrationId, address: str, **columns: object) -> None:
    """Put another address in force. Raises IntegrityError where that person is there already."""
    row = session.execute(
        select(
            DbRegistration.given_names,
            DbRegistration.surnames,
            DbRegistration.institution,
            DbRegistration.position,
        ).where(DbRegistration.id == id)
    ).one()
    found_in = search_text(
        full_name(row.given_names, row.surnames), row.institution, row.position, address
    )
    touch(
        session,
        id,
        email=address,
        canonical_email=canonical_email(address),
        search_text=found_in,
        **columns,
    )
