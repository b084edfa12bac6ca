"""Sealing the history: once a day the ends of all chains go into a line that the seal signs.

A chain alone cannot tell that its last lines were cut off together with its end, nor that it was
written anew from some line on: whoever can write the tables can reckon its hashes. The signature
they cannot reckon.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError

from registration.registrar.office import Office
from registration.store.chains import BEGINNING, hash_of_seal
from registration.store.reading import seals
from registration.store.writing import history


@dataclass(frozen=True)
class SealedHistory:
    """A line that was sealed. number: from 1. hash: hexadecimal. chains: how many ends it holds."""

    number: int
    at: datetime
    hash: str
    chains: int


def seal_daily(office: Office, *, now: datetime) -> SealedHistory | None:
    """Seal the history if no line of this day (UTC) does; return the new line, or None."""
    with office.database.reading() as session:
        last = seals.find_last_seal(session)
    if last is not None and last.at.astimezone(UTC).date() >= now.astimezone(UTC).date():
        return None
    return seal_history(office, now=now)


def seal_history(office: Office, *, now: datetime) -> SealedHistory | None:
    """Sign the ends of the chains that changed since the line before; return the new line.

    None where another process sealed at the same moment: its line holds the same ends. Writers go
    on meanwhile: what they append comes after the end that was read.
    """
    with office.database.reading() as session:
        last = seals.find_last_seal(session)
        sealed = seals.list_sealed_ends(session)
        ends = seals.list_ends(session)
    changed = {chain: end for chain, end in ends.items() if sealed.get(chain) != end}
    line = {
        "number": 1 if last is None else last.number + 1,
        "at_utc": now,
        "heads": {chain: [number, digest] for chain, (number, digest) in changed.items()},
        "previous_hash": BEGINNING if last is None else last.hash,
        "certificate": office.seal.certificate,
    }
    digest = hash_of_seal(line)
    signature = office.seal.sign(digest)
    try:
        with office.database.writing() as session:
            history.add_seal(session, **line, hash=digest, signature=signature)
    except IntegrityError:
        return None
    return SealedHistory(int(str(line["number"])), now, digest.hex(), len(changed))
