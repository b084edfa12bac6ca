"""The desk's list: filtered, searched and paged by the schema, never by reading it all.

Pages are found by the place of the last line before (its moment and its reference), along an index,
so the thousandth page costs what the first does. No page counts the list to its end.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Tuple, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from registration.domain.ids import DelegationKey, MeetingId, Reference, RegistrationId
from registration.domain.listing import (
    ListedEntry,
    ListPage,
    Place,
    Trouble,
    VisaAnswer,
    Wanted,
    split_words,
)
from registration.domain.names import full_name
from registration.domain.nominations import Standing
from registration.domain.papers import Condition, MailStatus
from registration.domain.states import State
from registration.store.tables.files import DbLockedFile
from registration.store.tables.mail import DbMail
from registration.store.tables.meetings import DbDelegation
from registration.store.tables.registrations import DbRegistration
from registration.store.tables.segments import DbSegment, DbSegmentChoice
from registration.store.tables.travel import DbTravel

_place = tuple_(DbRegistration.changed_at_utc, DbRegistration.reference)


def list_page(
    session: Session,
    meeting_id: MeetingId,
    wanted: Wanted,
    *,
    size: int,
    after: Place | None = None,
    before: Place | None = None,
) -> ListPage:
    """Return `size` lines, the newest change first: those behind the place `after`, or those in
    front of the place `before`, or the first."""
    query = _lines().where(*_conditions(meeting_id, wanted)).limit(size + 1)
    if before is not None:
        query = query.where(_place > _as_row(before)).order_by(
            DbRegistration.changed_at_utc, DbRegistration.reference
        )
    else:
        if after is not None:
            query = query.where(_place < _as_row(after))
        query = query.order_by(
            DbRegistration.changed_at_utc.desc(), DbRegistration.reference.desc()
        )
    found = [_line(row) for row in session.execute(query)]
    has_more = len(found) > size
    found = found[:size]
    if before is not None:
        return ListPage(found[::-1], has_newer=has_more, has_older=True)
    return ListPage(found, has_newer=after is not None, has_older=has_more)


def count_wanted(session: Session, meeting_id: MeetingId, wanted: Wanted, *, most: int) -> int:
    """Return how many entries are wanted; `most` + 1 where there are more than `most`."""
    # Of nothing but what the index holds: no row is read for it.
    some = select(DbRegistration.reference).where(*_conditions(meeting_id, wanted)).limit(most + 1)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def list_wanted(
    session: Session, meeting_id: MeetingId, wanted: Wanted, *, most: int
) -> list[tuple[RegistrationId, int]]:
    """Return ids and versions of at most `most` wanted entries, the newest change first."""
    query = (
        select(DbRegistration.id, DbRegistration.version)
        .where(*_conditions(meeting_id, wanted))
        .order_by(DbRegistration.changed_at_utc.desc(), DbRegistration.reference.desc())
        .limit(most)
    )
    return [(RegistrationId(id), version) for id, version in session.execute(query)]


def list_longest_waiting(
    session: Session, meeting_id: MeetingId, *, limit: int
) -> list[ListedEntry]:
    """Return the entries that wait for a decision, the longest wait first."""
    wanted = Wanted(state=State.SUBMITTED)
    query = (
        _lines()
        .where(*_conditions(meeting_id, wanted), DbRegistration.erased_at_utc.is_(None))
        .order_by(DbRegistration.changed_at_utc, DbRegistration.reference)
        .limit(limit)
    )
    return [_line(row) for row in session.execute(query)]


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


def _conditions(meeting_id: MeetingId, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [DbRegistration.meeting_id == meeting_id]
    if wanted.delegation is not None:
        ids = _ids_of(meeting_id, frozenset({wanted.delegation}))
        conditions.append(DbRegistration.delegation_id == ids.scalar_subquery())
    if wanted.among is not None:
        # As a sum it is looked up in no index: these are most of a meeting, and with an index of
        # theirs all of them would be sorted for one page.
        conditions.append((DbRegistration.delegation_id + 0).in_(_ids_of(meeting_id, wanted.among)))
    if wanted.state is not None:
        conditions.append(DbRegistration.state == wanted.state)
    if wanted.within is not None:
        conditions.append(DbRegistration.state.in_(sorted(wanted.within)))
    if wanted.language is not None:
        conditions.append(DbRegistration.language == wanted.language)
    if wanted.unchanged_since is not None:
        conditions.append(DbRegistration.changed_at_utc <= wanted.unchanged_since)
    if wanted.standing is not None:
        conditions.append(_has_standing(wanted.standing))
    if wanted.visa is not None:
        conditions.append(_answered(wanted.visa))
    if wanted.trouble is not None:
        conditions.append(_is_in(wanted.trouble))
    if wanted.segment is not None:
        conditions.append(DbRegistration.id.in_(_choosers_of(meeting_id, wanted.segment)))
    for plain, capital in split_words(wanted.text):
        found = DbRegistration.search_text.contains(plain, autoescape=True)
        conditions.append(found | DbRegistration.reference.contains(capital, autoescape=True))
    return conditions


def _ids_of(meeting_id: MeetingId, keys: frozenset[DelegationKey]) -> Select[int]:
    return select(DbDelegation.id).where(
        DbDelegation.meeting_id == meeting_id, DbDelegation.key.in_(sorted(keys))
    )


def _choosers_of(meeting_id: MeetingId, key: str) -> Select[UUID]:
    return (
        select(DbSegmentChoice.registration_id)
        .join(DbSegment, DbSegment.id == DbSegmentChoice.segment_id)
        .where(DbSegment.meeting_id == meeting_id, DbSegment.key == key)
    )


def _has_standing(standing: Standing) -> ColumnElement[bool]:
    match standing:
        case Standing.DISOWNED:
            return DbRegistration.disowned_at_utc.is_not(None)
        case Standing.NOMINATED:
            return DbRegistration.nomination_id.is_not(None) & _is_not_disowned()
        case Standing.NOT_NOMINATED:
            return DbRegistration.nomination_id.is_(None) & _is_not_disowned()


def _is_not_disowned() -> ColumnElement[bool]:
    return DbRegistration.disowned_at_utc.is_(None)


def _answered(answer: VisaAnswer) -> ColumnElement[bool]:
    told = select(DbTravel.registration_id).where(DbTravel.registration_id == DbRegistration.id)
    if answer is VisaAnswer.NONE:
        return ~told.exists()
    return told.where(DbTravel.visa == answer.value).exists()


def _is_in(trouble: Trouble) -> ColumnElement[bool]:
    """Return the condition. What went wrong is rare: it is found first, by its own index."""
    match trouble:
        case Trouble.MAIL:
            return DbRegistration.id.in_(select(DbMail.registration_id).where(is_undelivered()))
        case Trouble.FILE:
            failed = select(DbLockedFile.id).where(DbLockedFile.condition == Condition.FAILED)
            return DbRegistration.passport_id.in_(failed)


def is_undelivered() -> ColumnElement[bool]:
    """Return the condition that a mail did not arrive, and was not sent again since."""
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
    return DbMail.status.in_([MailStatus.FAILED, MailStatus.REFUSED]) & ~was_repeated


def _as_row(place: Place) -> Tuple:
    return tuple_(
        literal(place.changed_at, DbRegistration.changed_at_utc.type), literal(place.reference)
    )


def _lines() -> Select[*tuple[Any, ...]]:
    """Return the query of the lines: columns alone, since a list needs no whole entry."""
    return select(
        DbRegistration.id,
        DbRegistration.reference,
        DbRegistration.version,
        DbRegistration.state,
        DbDelegation.key,
        DbRegistration.given_names,
        DbRegistration.surnames,
        DbRegistration.institution,
        DbRegistration.changed_at_utc,
        DbRegistration.nomination_id,
        DbRegistration.disowned_at_utc,
        DbRegistration.erased_at_utc,
    ).join(DbDelegation, DbDelegation.id == DbRegistration.delegation_id)


def _line(row: Row[*tuple[Any, ...]]) -> ListedEntry:
    is_erased = row.erased_at_utc is not None
    return ListedEntry(
        id=RegistrationId(row.id),
        reference=Reference(row.reference),
        version=row.version,
        state=State(row.state),
        delegation_key=DelegationKey(row.key),
        full_name=row.reference if is_erased else full_name(row.given_names, row.surnames),
        institution=row.institution,
        changed_at=row.changed_at_utc,
        standing=_standing_of(row),
        is_erased=is_erased,
    )


def _standing_of(row: Row[*tuple[Any, ...]]) -> Standing:
    if row.disowned_at_utc is not None:
        return Standing.DISOWNED
    return Standing.NOT_NOMINATED if row.nomination_id is None else Standing.NOMINATED
