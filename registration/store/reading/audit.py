"""Holding the histories against themselves: a line changed, removed or inserted is found."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registration.store.chains import BEGINNING, digest_of_details, hash_of_line
from registration.store.reading.flaws import Flaw, FlawedLine
from registration.store.reading.papers_audit import list_paper_flaws
from registration.store.tables.calls import DbSubmission
from registration.store.tables.history import DbHistoryChain, DbHistoryDetail, DbHistoryLine
from registration.store.tables.registrations import DbRegistration


def list_flaws(session: Session, names: Collection[str] | None = None) -> list[FlawedLine]:
    """Return every flaw of the chains with these names, or of all; erased facts are none."""
    chains = list(session.scalars(select(DbHistoryChain).order_by(DbHistoryChain.name)))
    flaws = [
        flaw
        for chain in chains
        if names is None or chain.name in names
        for flaw in _list_of_chain(session, chain)
    ]
    states = [
        *_list_differing_states(session, "registration", DbRegistration.id, DbRegistration.state),
        *_list_differing_states(session, "submission", DbSubmission.id, DbSubmission.stand),
    ]
    flaws += [flaw for flaw in states if names is None or flaw.chain in names]
    return flaws + list_paper_flaws(session, names)


def count_lines(session: Session, names: Collection[str] | None = None) -> int:
    """Return how many lines the chains with these names, or all, claim together."""
    chains = session.scalars(select(DbHistoryChain))
    return sum(chain.number for chain in chains if names is None or chain.name in names)


def _list_of_chain(session: Session, chain: DbHistoryChain) -> Iterator[FlawedLine]:
    query = (
        select(DbHistoryLine, DbHistoryDetail)
        .outerjoin(DbHistoryDetail, DbHistoryDetail.line_id == DbHistoryLine.id)
        .where(DbHistoryLine.chain == chain.name)
        .order_by(DbHistoryLine.number)
    )
    number, previous = 0, BEGINNING
    for line, detail in session.execute(query):
        number += 1
        for flaw in _list_of_line(line, detail, number, previous):
            yield FlawedLine(chain.name, line.number, flaw)
        number, previous = line.number, line.hash
    if (number, previous) != (chain.number, chain.hash):
        yield FlawedLine(chain.name, number, Flaw.CUT_OFF)


def _list_of_line(
    line: DbHistoryLine, detail: DbHistoryDetail | None, number: int, previous: bytes
) -> Iterator[Flaw]:
    if line.number != number:
        yield Flaw.GAP
    if line.previous_hash != previous:
        yield Flaw.UNCHAINED
    if hash_of_line(_as_hashed(line)) != line.hash:
        yield Flaw.CHANGED
    if detail is not None and digest_of_details(detail.salt, detail.details) != line.details_digest:
        yield Flaw.DETAILS_CHANGED


def _list_differing_states(
    session: Session,
    kind: str,
    ids: InstrumentedAttribute[Any],
    states: InstrumentedAttribute[str],
) -> Iterator[FlawedLine]:
    """The rows whose state is not where the last move of their chain led. kind: how the chains of
    these rows are named."""
    for id, state in session.execute(select(ids, states)):
        chain = f"{kind}:{id}"
        query = select(DbHistoryLine).where(DbHistoryLine.chain == chain)
        lines = session.scalars(query.order_by(DbHistoryLine.number.desc()))
        last = next((line for line in lines if "to" in line.facts), None)
        if last is None or last.facts["to"] != state:
            yield FlawedLine(chain, last.number if last else 0, Flaw.STATE_DIFFERS)


def _as_hashed(line: DbHistoryLine) -> dict[str, Any]:
    return {
        "chain": line.chain,
        "number": line.number,
        "at_utc": line.at_utc,
        "event": line.event,
        "actor": line.actor,
        "staff_id": line.staff_id,
        "facts": line.facts,
        "details_digest": line.details_digest,
        "previous_hash": line.previous_hash,
    }
