"""The desk's list: filtered, searched and paged by the schema, never by reading it all.

Pages are found by the place of the last line before (its moment and its reference), along an index,
so the thousandth page costs what the first does. No page counts the list to its end.
"""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationKey, MeetingId, Reference, RegistrationId
from registration.domain.listing import ListedEntry, ListPage, Place, Side, Wanted, cut_page
from registration.domain.names import full_name
from registration.domain.nominations import Standing
from registration.domain.states import State
from registration.store.reading.listing_queries import (
    LONGEST_WAITING,
    choice_query,
    count_query,
    page_query,
    shape_of,
    values_of,
)
from registration.store.tables.registrations import DbRegistration


def list_page(
    session: Session,
    meeting_id: MeetingId,
    wanted: Wanted,
    *,
    size: int,
    after: Place | None = None,
    before: Place | None = None,
) -> ListPage[ListedEntry]:
    """Return `size` lines, the newest change first: those behind the place `after`, or those in
    front of the place `before`, or the first."""
    place = after if before is None else before
    side = Side.FIRST if place is None else Side.AFTER if before is None else Side.BEFORE
    values = values_of(meeting_id, wanted) | {"size": size + 1}
    if place is not None:
        values |= {"changed_at": place.changed_at, "reference": place.reference}
    found = [_line(row) for row in session.execute(page_query(shape_of(wanted), side), values)]
    return cut_page(found, size, side)


def count_wanted(session: Session, meeting_id: MeetingId, wanted: Wanted, *, most: int) -> int:
    """Return how many entries are wanted; `most` + 1 where there are more than `most`."""
    values = values_of(meeting_id, wanted) | {"size": most + 1}
    return session.scalar(count_query(shape_of(wanted)), values) or 0


def list_wanted(
    session: Session, meeting_id: MeetingId, wanted: Wanted, *, most: int
) -> list[tuple[RegistrationId, int]]:
    """Return ids and versions of at most `most` wanted entries, the newest change first."""
    values = values_of(meeting_id, wanted) | {"size": most}
    rows = session.execute(choice_query(shape_of(wanted)), values)
    return [(RegistrationId(id), version) for id, version in rows]


def list_longest_waiting(
    session: Session, meeting_id: MeetingId, *, limit: int
) -> list[ListedEntry]:
    """Return the entries that wait for a decision, the longest wait first."""
    values = {"meeting": meeting_id, "state": State.SUBMITTED.value, "size": limit}
    return [_line(row) for row in session.execute(LONGEST_WAITING, values)]


def list_queue(session: Session, meeting_id: MeetingId) -> list[Reference]:
    """Return the numbers of all entries that wait for a decision, the longest wait first."""
    query = (
        select(DbRegistration.reference)
        .where(
            DbRegistration.meeting_id == meeting_id,
            DbRegistration.state == State.SUBMITTED,
            DbRegistration.erased_at_utc.is_(None),
        )
        .order_by(DbRegistration.changed_at_utc, DbRegistration.reference)
    )
    return [Reference(each) for each in session.scalars(query)]


def _line(row: Row[*tuple[Any, ...]]) -> ListedEntry:
    return ListedEntry(
        reference=Reference(row.reference),
        version=row.version,
        state=State(row.state),
        delegation_key=DelegationKey(row.key),
        full_name=row.reference if row.is_erased else full_name(row.given_names, row.surnames),
        institution=row.institution,
        changed_at=row.changed_at_utc,
        standing=_standing_of(row),
        is_erased=bool(row.is_erased),
    )


def _standing_of(row: Row[*tuple[Any, ...]]) -> Standing:
    if row.is_disowned:
        return Standing.DISOWNED
    return Standing.NOMINATED if row.is_nominated else Standing.NOT_NOMINATED
