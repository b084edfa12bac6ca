"""The queries of the desk's list: one for each shape of a filter, put together once.

What is asked is never in the text of a query: a shape says which parts of a filter are given, and
the values go beside it. Putting a query together took as long as the database took to answer it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from registration.domain.ids import MeetingId
from registration.domain.listing import Side, Trouble, VisaAnswer, Wanted, split_words
from registration.domain.nominations import Standing
from registration.domain.papers import Condition, MailStatus
from registration.store.tables.files import DbLockedFile
from registration.store.tables.mail import DbMail
from registration.store.tables.meetings import DbDelegation
from registration.store.tables.registrations import DbRegistration
from registration.store.tables.segments import DbSegment, DbSegmentChoice
from registration.store.tables.travel import DbTravel

# Of tables and not of classes: a query of a class is unpacked by the ORM, which for a page of the
# list takes as long as the database.
_entry = DbRegistration.__table__.c
_delegation = DbDelegation.__table__.c

_NEWEST_FIRST = (_entry.changed_at_utc.desc(), _entry.reference.desc())
_OLDEST_FIRST = (_entry.changed_at_utc, _entry.reference)
#: What LIKE takes a sign literally after; a backslash means other things to some engines.
_ESCAPE = "/"
# Shapes whose queries are kept: more than anybody asks for in a day.
_KEPT = 512


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Which parts of a filter are given. words: how many words of a text."""

    delegation: bool
    among: bool
    state: bool
    within: bool
    language: bool
    unchanged_since: bool
    standing: Standing | None
    visa: VisaAnswer | None
    trouble: Trouble | None
    segment: bool
    words: int


def shape_of(wanted: Wanted) -> Shape:
    """Return the shape of the filter."""
    return Shape(
        delegation=wanted.delegation is not None,
        among=wanted.among is not None,
        state=wanted.state is not None,
        within=wanted.within is not None,
        language=wanted.language is not None,
        unchanged_since=wanted.unchanged_since is not None,
        standing=wanted.standing,
        visa=wanted.visa,
        trouble=wanted.trouble,
        segment=wanted.segment is not None,
        words=len(split_words(wanted.text)),
    )


def values_of(meeting_id: MeetingId, wanted: Wanted) -> dict[str, Any]:
    """Return what the queries of the filter's shape are asked with."""
    values: dict[str, Any] = {
        "meeting": meeting_id,
        "delegation": wanted.delegation,
        "among": None if wanted.among is None else sorted(wanted.among),
        "state": wanted.state,
        "within": None if wanted.within is None else sorted(wanted.within),
        "language": wanted.language,
        "unchanged_since": wanted.unchanged_since,
        "segment": wanted.segment,
    }
    for number, (plain, capital) in enumerate(split_words(wanted.text)):
        values |= {f"plain_{number}": _containing(plain), f"capital_{number}": _containing(capital)}
    return {name: value for name, value in values.items() if value is not None}


@lru_cache(maxsize=_KEPT)
def page_query(shape: Shape, side: Side) -> Select[*tuple[Any, ...]]:
    """Return the query of a page. Beside the filter's values: size, and for a side the place as
    changed_at and reference."""
    query = _lines().where(*_conditions(shape)).limit(bindparam("size"))
    place = tuple_(_entry.changed_at_utc, _entry.reference)
    at = tuple_(bindparam("changed_at", type_=_entry.changed_at_utc.type), bindparam("reference"))
    match side:
        case Side.FIRST:
            return query.order_by(*_NEWEST_FIRST)
        case Side.AFTER:
            return query.where(place < at).order_by(*_NEWEST_FIRST)
        case Side.BEFORE:
            return query.where(place > at).order_by(*_OLDEST_FIRST)


@lru_cache(maxsize=_KEPT)
def count_query(shape: Shape) -> Select[int]:
    """Return the query of how many there are, at most `size`."""
    some = select(_entry.reference).where(*_conditions(shape, in_order=False))
    if not _is_in_indexes(shape):
        # Each row must be read: in the order of the list they lie beside each other, in that of
        # another index all over the file. Four times as fast.
        some = some.order_by(*_NEWEST_FIRST)
    return select(func.count()).select_from(some.limit(bindparam("size")).subquery())


@lru_cache(maxsize=_KEPT)
def choice_query(shape: Shape) -> Select[Any, int]:
    """Return the query of ids and versions, the newest change first, at most `size`."""
    query = select(_entry.id, _entry.version).where(*_conditions(shape))
    return query.order_by(*_NEWEST_FIRST).limit(bindparam("size"))


def _conditions(shape: Shape, *, in_order: bool = True) -> list[ColumnElement[bool]]:
    """Return the conditions. in_order: whether the lines are wanted in the order of the list."""
    found: list[ColumnElement[bool]] = [_is_of_meeting(shape)]
    delegation = _entry.delegation_id
    if not in_order and (shape.delegation or shape.among):
        # Delegations belong to one meeting, and so do their entries (a foreign key): without the
        # meeting itself all that is counted stands in the index of the delegations.
        found = []
    if shape.delegation:
        ids = _delegations().where(_delegation.key == bindparam("delegation"))
        found.append(delegation == ids.scalar_subquery())
    if shape.among:
        # As a sum it is looked up in no index: these are most of a meeting, and with an index of
        # theirs all of them would be sorted for one page.
        ids = _delegations().where(_delegation.key.in_(bindparam("among", expanding=True)))
        found.append((delegation + 0 if in_order else delegation).in_(ids))
    if shape.state:
        found.append(_entry.state == bindparam("state"))
    if shape.within:
        found.append(_entry.state.in_(bindparam("within", expanding=True)))
    if shape.language:
        found.append(_entry.language == bindparam("language"))
    if shape.unchanged_since:
        found.append(_entry.changed_at_utc <= bindparam("unchanged_since"))
    if shape.standing is not None:
        found.append(_has_standing(shape.standing))
    if shape.visa is not None:
        found.append(_answered(shape.visa))
    if shape.trouble is not None:
        found.append(_is_in(shape.trouble))
    if shape.segment:
        found.append(_entry.id.in_(_choosers()))
    return found + [_has_word(number) for number in range(shape.words)]


def _is_of_meeting(shape: Shape) -> ColumnElement[bool]:
    """Return the condition. What went wrong is rare and found by its own index: then the meeting is
    looked up in none, or all its entries would be read."""
    meeting = _entry.meeting_id if shape.trouble is None else _entry.meeting_id + ""
    return meeting == bindparam("meeting")


def _is_in_indexes(shape: Shape) -> bool:
    """Return whether an index holds all that is asked: no row is read to count."""
    by_rows = (shape.within, shape.language, shape.unchanged_since, shape.segment, shape.words)
    given = (shape.standing, shape.visa, shape.trouble)
    return not any(by_rows) and all(each is None for each in given)


def _has_word(number: int) -> ColumnElement[bool]:
    in_text = _entry.search_text.like(bindparam(f"plain_{number}"), escape=_ESCAPE)
    in_number = _entry.reference.like(bindparam(f"capital_{number}"), escape=_ESCAPE)
    return in_text | in_number


def _containing(word: str) -> str:
    """Return the pattern of LIKE for what contains the word."""
    for sign in (_ESCAPE, "%", "_"):
        word = word.replace(sign, _ESCAPE + sign)
    return f"%{word}%"


def _delegations() -> Select[int]:
    return select(_delegation.id).where(_delegation.meeting_id == bindparam("meeting"))


def _choosers() -> Select[UUID]:
    """Return the ids of those who chose the segment, with a place or as a wish."""
    return (
        select(DbSegmentChoice.registration_id)
        .join(DbSegment, DbSegment.id == DbSegmentChoice.segment_id)
        .where(DbSegment.meeting_id == bindparam("meeting"), DbSegment.key == bindparam("segment"))
    )


def _has_standing(standing: Standing) -> ColumnElement[bool]:
    match standing:
        case Standing.DISOWNED:
            return _entry.disowned_at_utc.is_not(None)
        case Standing.NOMINATED:
            return _entry.nomination_id.is_not(None) & _is_not_disowned()
        case Standing.NOT_NOMINATED:
            return _entry.nomination_id.is_(None) & _is_not_disowned()


def _is_not_disowned() -> ColumnElement[bool]:
    return _entry.disowned_at_utc.is_(None)


def _answered(answer: VisaAnswer) -> ColumnElement[bool]:
    told = select(DbTravel.registration_id).where(DbTravel.registration_id == _entry.id)
    if answer is VisaAnswer.NONE:
        return ~told.exists()
    return told.where(DbTravel.visa == answer.value).exists()


def _is_in(trouble: Trouble) -> ColumnElement[bool]:
    """Return the condition. What went wrong is rare: it is found first, by its own index."""
    match trouble:
        case Trouble.MAIL:
            return _entry.id.in_(select(DbMail.registration_id).where(is_undelivered()))
        case Trouble.FILE:
            failed = DbLockedFile.condition == Condition.FAILED
            is_theirs = _entry.id.in_(select(DbLockedFile.entry_id).where(failed))
            return is_theirs & _entry.passport_id.in_(select(DbLockedFile.id).where(failed))


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


def _lines() -> Select[*tuple[Any, ...]]:
    """Return the query of the lines: columns alone, since a list needs no whole entry."""
    return select(
        _entry.reference,
        _entry.version,
        _entry.state,
        _delegation.key,
        _entry.given_names,
        _entry.surnames,
        _entry.institution,
        _entry.changed_at_utc,
        _entry.nomination_id.is_not(None).label("is_nominated"),
        _entry.disowned_at_utc.is_not(None).label("is_disowned"),
        _entry.erased_at_utc.is_not(None).label("is_erased"),
    ).join(DbDelegation.__table__, _delegation.id == _entry.delegation_id)


#: The entries that wait for a decision, the longest wait first. Asked with: meeting, state, size.
LONGEST_WAITING = (
    _lines()
    .where(
        _entry.meeting_id == bindparam("meeting"),
        _entry.state == bindparam("state"),
        _entry.erased_at_utc.is_(None),
    )
    .order_by(*_OLDEST_FIRST)
    .limit(bindparam("size"))
)
