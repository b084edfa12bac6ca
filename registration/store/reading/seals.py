"""Sealed lines: the ends of the chains as they were signed, and what no longer agrees with them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.store.chains import BEGINNING, hash_of_seal
from registration.store.reading.flaws import Flaw, FlawedLine, FlawedSeal, SealFlaw
from registration.store.tables.history import DbHistoryChain, DbHistoryLine, DbHistorySeal

#: No request takes so long from its arrival, which its line tells, to the line.
LONGEST_REQUEST = timedelta(hours=6)
#: The number and the hash, hexadecimal, of a chain's line.
End = tuple[int, str]
#: Whether the signature over the bytes is that of the certificate (DER): (certificate, bytes,
#: signature).
IsSigned = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True)
class LastSeal:
    """The newest sealed line."""

    number: int
    at: datetime
    hash: bytes


def find_last_seal(session: Session) -> LastSeal | None:
    """Return the newest sealed line, or None."""
    query = select(DbHistorySeal).order_by(DbHistorySeal.number.desc()).limit(1)
    row = session.scalars(query).first()
    return None if row is None else LastSeal(row.number, row.at_utc, row.hash)


def list_seals(session: Session) -> list[str]:
    """Return the sealed lines as `flask history seal` prints them: number, colon, hash."""
    query = select(DbHistorySeal.number, DbHistorySeal.hash).order_by(DbHistorySeal.number)
    return [f"{number}:{hash.hex()}" for number, hash in session.execute(query)]


def list_ends(session: Session) -> dict[str, End]:
    """Return where each chain ends."""
    rows = session.execute(select(DbHistoryChain.name, DbHistoryChain.number, DbHistoryChain.hash))
    return {name: (number, hash.hex()) for name, number, hash in rows}


def list_sealed_ends(session: Session) -> dict[str, End]:
    """Return where each chain ended when it was sealed last."""
    ends: dict[str, End] = {}
    for heads in session.scalars(select(DbHistorySeal.heads).order_by(DbHistorySeal.number)):
        ends |= {chain: (number, digest) for chain, number, digest in _list_heads(heads)}
    return ends


def list_broken_seals(
    session: Session, is_signed: IsSigned, known: Collection[bytes]
) -> list[FlawedSeal]:
    """Return what is wrong with the sealed lines themselves. known: the certificates of the site,
    DER; a line that bears another one proves nothing."""
    flaws, number, previous = [], 0, BEGINNING
    for seal in session.scalars(select(DbHistorySeal).order_by(DbHistorySeal.number)):
        number += 1
        flaws += [
            FlawedSeal(seal.number, flaw)
            for flaw in _list_of_seal(seal, number, previous, is_signed, known)
        ]
        number, previous = seal.number, seal.hash
    return flaws


def list_lines_sealed_otherwise(
    session: Session, names: Collection[str] | None = None
) -> list[FlawedLine]:
    """Return the lines of these chains, or of all, that were sealed and are gone or others now, and
    those that the sealed lines do not know though they claim to be older."""
    sealed = {
        (chain, number): digest
        for heads in session.scalars(select(DbHistorySeal.heads).order_by(DbHistorySeal.number))
        for chain, number, digest in _list_heads(heads)
        if names is None or chain in names
    }
    newest = find_last_seal(session)
    before = None if newest is None else newest.at - LONGEST_REQUEST
    ends = list_sealed_ends(session)
    columns = (DbHistoryLine.chain, DbHistoryLine.number, DbHistoryLine.hash, DbHistoryLine.at_utc)
    found = []
    for chain, number, digest, at in session.execute(select(*columns).order_by(*columns[:2])):
        expected = sealed.pop((chain, number), digest.hex())
        if expected != digest.hex():
            found.append(FlawedLine(chain, number, Flaw.SEALED_OTHERWISE))
        is_unknown = number > ends.get(chain, (0, ""))[0] and (names is None or chain in names)
        if is_unknown and before is not None and at < before:
            found.append(FlawedLine(chain, number, Flaw.DATED_BACK))
    missing = [FlawedLine(chain, number, Flaw.SEALED_OTHERWISE) for chain, number in sealed]
    return found + missing


def _list_heads(heads: Any) -> Iterator[tuple[str, int, str]]:  # noqa: ANN401  # JSON of a table
    """Yield the ends of a sealed line; where somebody wrote nonsense, its signature tells of it."""
    if isinstance(heads, dict):
        for chain, end in heads.items():
            if isinstance(end, list) and len(end) == len(("number", "hash")):
                yield chain, end[0], end[1]


def _list_of_seal(
    seal: DbHistorySeal,
    number: int,
    previous: bytes,
    is_signed: IsSigned,
    known: Collection[bytes],
) -> Iterator[SealFlaw]:
    if seal.number != number:
        yield SealFlaw.GAP
    if seal.previous_hash != previous:
        yield SealFlaw.UNCHAINED
    if hash_of_seal(vars(seal)) != seal.hash:
        yield SealFlaw.CHANGED
    if seal.certificate not in known:
        yield SealFlaw.OTHER_CERTIFICATE
    elif not is_signed(seal.certificate, seal.hash, seal.signature):
        yield SealFlaw.NOT_SIGNED
