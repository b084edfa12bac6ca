"""The desk's list of one call: a page at a time and without answers; sums come from the schema.

Delegations stand in the order of the file, then persons in that of time. No index has this order:
the call's rows are sorted for each page, and no more than a page of them is read into the house.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from registration.domain.call_listing import CallSums, SentLine, SentWanted, StandSum
from registration.domain.ids import MeetingId
from registration.domain.listing import ListPage, Side, cut_page, split_words
from registration.domain.names import search_text
from registration.domain.submissions import Sender, Stand
from registration.store.tables.calls import DbChoice, DbSubmission
from registration.store.tables.meetings import DbDelegation

# Of tables and not of classes, as in `listing_queries`.
_sent = DbSubmission.__table__.c
_delegation = DbDelegation.__table__.c
_choice = DbChoice.__table__.c

#: Where persons stand: behind every delegation of a file.
_BEHIND_ALL = 2**31 - 1
_POSITION = func.coalesce(_delegation.position, _BEHIND_ALL)
#: Who sent: with its delegation, where it is one's.
_SENT = DbSubmission.__table__.outerjoin(
    DbDelegation.__table__, _delegation.id == _sent.delegation_id
)
_PLACE = (_POSITION, _sent.created_at_utc, _sent.id)


def list_sent(
    session: Session,
    wanted: SentWanted,
    *,
    size: int,
    after: str | None = None,
    before: str | None = None,
) -> ListPage[SentLine]:
    """Return `size` lines: those behind the submission of the reference `after`, or those in front
    of the one of `before`, or the first. A reference that is none of the call's asks nothing."""
    edge = before or after
    place = None if edge is None else _find_place(session, wanted, edge)
    query, order = _wanted(wanted).limit(size + 1), [*_PLACE]
    side = Side.FIRST
    if place is not None and before:
        side, order = Side.BEFORE, [each.desc() for each in _PLACE]
        query = query.where(tuple_(*_PLACE) < _at(place))
    elif place is not None:
        side = Side.AFTER
        query = query.where(tuple_(*_PLACE) > _at(place))
    query = query.order_by(*order)
    return cut_page([_line(row) for row in session.execute(query)], size, side)


def list_found(session: Session, wanted: SentWanted) -> list[SentLine]:
    """Return all lines in which the text is found, in the order of the list.

    The text is looked for in every row of the call, here: no column holds who sent something in
    the form in which names are compared.
    """
    words = split_words(wanted.text)
    names = wanted.delegations
    return [
        _line(row)
        for row in session.execute(_wanted(wanted).order_by(*_PLACE))
        if _has_words(row, names.get(row.key, ""), words)
    ]


def sum_up(session: Session, meeting_id: MeetingId, call: str) -> CallSums:
    """Return what stands how in the call."""
    is_kept = _sent.erased_at_utc.is_(None)
    query = (
        select(
            _sent.stand,
            func.count().label("number"),
            func.count().filter(is_kept).label("kept"),
            func.count().filter(is_kept, _sent.decided_at_utc.is_(None)).label("untold"),
            func.max(_sent.decided_at_utc).label("told_at"),
            func.max(_sent.published_at_utc).filter(is_kept).label("published_at"),
        )
        .where(_sent.meeting_id == meeting_id, _sent.call == call)
        .group_by(_sent.stand)
    )
    return CallSums(
        {
            Stand(row.stand): StandSum(
                number=row.number,
                kept=row.kept,
                untold=row.untold,
                told_at=row.told_at,
                published_at=row.published_at,
            )
            for row in session.execute(query)
        }
    )


def list_places_taken(
    session: Session, meeting_id: MeetingId, call: str
) -> list[tuple[int, str, SentLine]]:
    """Return who was chosen, by number: the number, the sub-region, and what they sent."""
    query = (
        _lines()
        .add_columns(_choice.number, _choice.region.label("chosen_for"))
        .join(DbChoice.__table__, _choice.submission_id == _sent.id)
        .where(_choice.meeting_id == meeting_id, _choice.call == call)
        .order_by(_choice.number)
    )
    return [(row.number, row.chosen_for, _line(row)) for row in session.execute(query)]


def _lines() -> Select[*tuple[Any, ...]]:
    """Return the query of the lines: columns alone."""
    return select(
        _sent.reference,
        _sent.stand,
        _delegation.key,
        _sent.region,
        _sent.name,
        _sent.institution,
        _sent.position,
        _sent.email,
        _sent.language,
        _sent.created_at_utc,
        _sent.submitted_at_utc,
        _sent.decided_at_utc,
        _sent.erased_at_utc,
    ).select_from(_SENT)


def _wanted(wanted: SentWanted) -> Select[*tuple[Any, ...]]:
    return _lines().where(
        _sent.meeting_id == wanted.meeting_id,
        _sent.call == wanted.call,
        _sent.stand.in_(sorted(wanted.stands)),
    )


def _find_place(
    session: Session, wanted: SentWanted, reference: str
) -> Row[*tuple[Any, ...]] | None:
    """Return where the submission stands in the list of its call, whatever it stands at now: what
    was withdrawn meanwhile is a place still."""
    query = (
        select(*_PLACE)
        .select_from(_SENT)
        .where(
            _sent.reference == reference,
            _sent.meeting_id == wanted.meeting_id,
            _sent.call == wanted.call,
        )
    )
    return session.execute(query).one_or_none()


def _at(place: Row[*tuple[Any, ...]]) -> ColumnElement[tuple[Any, ...]]:
    return tuple_(*place, types=[each.type for each in _PLACE])


def _has_words(
    row: Row[*tuple[Any, ...]], delegation: str, words: Sequence[tuple[str, str]]
) -> bool:
    """Return whether each word is found in who sent it, or in the number."""
    text = search_text(f"{delegation} {row.name}", row.institution, row.position, row.email)
    return all(plain in text or capital in row.reference for plain, capital in words)


def _line(row: Row[*tuple[Any, ...]]) -> SentLine:
    return SentLine(
        reference=row.reference,
        stand=Stand(row.stand),
        delegation_key=row.key,
        region=row.region,
        sender=Sender(
            name=row.name,
            institution=row.institution,
            position=row.position,
            email=row.email,
            language=row.language,
        ),
        created_at=row.created_at_utc,
        submitted_at=row.submitted_at_utc,
        decided_at=row.decided_at_utc,
        erased_at=row.erased_at_utc,
    )
