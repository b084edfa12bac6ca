"""Meetings with very many entries: rows put in at once, as the registrar would have left them.

Half sit in a category without limit, at every state that holds a place; the other half are those
of delegations that lapsed, withdrew or wait.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from registration.domain.names import canonical_name, search_text
from registration.domain.states import State
from registration.registrar.office import Office
from registration.store.tables.meetings import DbDelegation, DbSeat
from registration.store.tables.registrations import DbRegistration
from tests.builders import RCM

_SEATED = (State.SUBMITTED, State.INVITED, State.ACCEPTED, State.RETURNED, State.SUBMITTED)
_SEATLESS = (State.LAPSED, State.WITHDRAWN, State.UNCONFIRMED, State.RESERVE, State.DECLINED)
_NAMES = ("Ana Lucía", "René", "Carmen", "Julia", "Rafael", "Elena", "Luis", "Zoë", "Íñigo", "Noé")
_SURNAMES = ("Morales Vargas", "Ñandú", "Batista Núñez", "Hernández Paz", "Ortega Luna", "Prado")
_HOUSES = ("Dirección General de Migración", "Ministerio de Asuntos Exteriores", "Secretaría")
#: Rows of one statement.
_PORTION = 20_000


def fill_meeting(office: Office, number: int, *, first: int = 0) -> None:
    """Add so many entries to the workshop. first: where their numbers begin."""
    newest = datetime.now(UTC) - timedelta(minutes=5)
    with office.database.writing() as session:
        query = select(DbDelegation).where(DbDelegation.meeting_id == RCM)
        rows = session.scalars(query.order_by(DbDelegation.position)).all()
        limited = [each.id for each in rows if not each.unlimited]
        unlimited = next(each.id for each in rows if each.key == "speakers")
        numbers = range(first, first + number)
        for start in range(0, number, _PORTION):
            portion = numbers[start : start + _PORTION]
            seats = [{"delegation_id": unlimited, "number": at + 1} for at in portion]
            session.execute(insert(DbSeat), seats[::2])
            entries = list(_make_rows(portion, limited, unlimited, newest))
            session.execute(insert(DbRegistration), entries)


def _make_rows(
    numbers: range, limited: list[int], unlimited: int, newest: datetime
) -> Iterator[dict[str, Any]]:
    for at in numbers:
        is_seated = (at - numbers.start) % 2 == 0
        given, surnames = _NAMES[at % 10], f"{_SURNAMES[at % 6]} {at}"
        house, email = _HOUSES[at % 3], f"persona.{at}@example.org"
        moment = newest - timedelta(seconds=37 * at)
        yield {
            "id": UUID(int=(1 << 100) + at),
            "meeting_id": RCM,
            "delegation_id": unlimited if is_seated else limited[at % len(limited)],
            "seat_number": at + 1 if is_seated else None,
            "reference": f"RCM-{at:08d}",
            "state": (_SEATED if is_seated else _SEATLESS)[at // 2 % 5].value,
            "version": 2,
            "treatment": "",
            "given_names": given,
            "surnames": surnames,
            "institution": house,
            "position": "Dirección",
            "email": email,
            "language": ("es", "en")[at % 2],
            "canonical_email": email,
            "canonical_name": canonical_name(f"{given} {surnames}"),
            "search_text": search_text(f"{given} {surnames}", house, "Dirección", email),
            "on_behalf": False,
            "wants_reserve": False,
            "may_be_listed": False,
            "link_generation": 1,
            "link_digest": at.to_bytes(32, "big"),
            "created_at_utc": moment,
            "confirmed_at_utc": moment,
            "changed_at_utc": moment,
            "reserved_at_utc": moment if not is_seated else None,
        }
