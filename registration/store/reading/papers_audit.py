"""Holding letters and acceptances against the lines of history that tell of them.

A line binds number, file and SHA-256 of the paper that it issued; whoever changes the row, puts
another file in its place or removes it leaves a line that does not fit.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.events import Event
from registration.domain.states import State
from registration.store.chains import digest_of_terms
from registration.store.reading.flaws import Flaw, FlawedLine
from registration.store.tables.history import DbHistoryDetail, DbHistoryLine
from registration.store.tables.letters import DbAcceptance, DbLetter
from registration.store.tables.registrations import DbRegistration

_ISSUING = (Event.APPROVED.value, Event.AMENDED.value)
_EVENTS = (
    *_ISSUING,
    Event.ACCEPTED.value,
    Event.WITHDRAWN.value,
    Event.REPLACED.value,
    Event.CERTIFICATE_SENT.value,
)
# Which facts of a line name a file, and which its SHA-256.
_FILES = (
    ("letter_file", "letter_sha256"),
    ("record", "record_sha256"),
    ("signature", "signature_sha256"),
    ("certificate", "certificate_sha256"),
)


@dataclass(frozen=True)
class BoundFile:
    """A stored file that a line binds. id: of its row. sha256: hexadecimal, of its bytes in clear.

    is_erased: whether its entry was erased, so that it may be gone.
    """

    chain: str
    number: int
    id: UUID
    sha256: str
    is_erased: bool


@dataclass
class _Entry:
    """What stands in the tables of one registration, and the lines that tell of it."""

    is_erased: bool = False
    letters: dict[str, DbLetter] = field(default_factory=dict)
    acceptances: dict[str, DbAcceptance] = field(default_factory=dict)
    lines: list[tuple[DbHistoryLine, dict[str, str]]] = field(default_factory=list)


def list_paper_flaws(session: Session, names: Collection[str] | None = None) -> list[FlawedLine]:
    """Return where letters and acceptances are not those that the lines of these chains, or of all,
    tell of. What an erased entry has lost is no flaw."""
    return [
        FlawedLine(chain, number, flaw)
        for chain, entry in _gather(session, names).items()
        for number, flaw in _list_of_entry(entry)
    ]


def list_bound_files(session: Session, names: Collection[str] | None = None) -> list[BoundFile]:
    """Return the files that the lines of these chains, or of all, bind by their SHA-256."""
    return [
        BoundFile(chain, line.number, id, sha256, entry.is_erased)
        for chain, entry in _gather(session, names).items()
        for line, _details in entry.lines
        for id, sha256 in _list_digests(line.facts)
    ]


def _list_digests(facts: dict[str, str]) -> Iterator[tuple[UUID, str]]:
    """Yield the files of a line; where somebody wrote nonsense, its hash tells of it."""
    for file, digest in _FILES:
        with suppress(KeyError, ValueError):
            yield UUID(facts[file]), facts[digest]


def _gather(session: Session, names: Collection[str] | None) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = defaultdict(_Entry)
    numbers: dict[UUID, str] = {}
    for letter in session.scalars(select(DbLetter)):
        entries[f"registration:{letter.registration_id}"].letters[letter.number] = letter
        numbers[letter.id] = letter.number
    for acceptance in session.scalars(select(DbAcceptance)):
        entry = entries[f"registration:{acceptance.registration_id}"]
        entry.acceptances[numbers.get(acceptance.letter_id, "")] = acceptance
    query = (
        select(DbHistoryLine, DbHistoryDetail.details)
        .outerjoin(DbHistoryDetail, DbHistoryDetail.line_id == DbHistoryLine.id)
        .where(DbHistoryLine.event.in_(_EVENTS))
        .order_by(DbHistoryLine.chain, DbHistoryLine.number)
    )
    for line, details in session.execute(query):
        entries[line.chain].lines.append((line, details or {}))
    erased = select(DbRegistration.id).where(DbRegistration.erased_at_utc.is_not(None))
    for id in session.scalars(erased):
        entries[f"registration:{id}"].is_erased = True
    return {key: each for key, each in entries.items() if names is None or key in names}


def _list_of_entry(entry: _Entry) -> Iterator[tuple[int, Flaw]]:
    told, is_first_release = set(), False
    for line, details in entry.lines:
        number = line.facts.get("letter")
        if line.event in _ISSUING and number:
            told.add(number)
            if not _fits_letter(entry, line, details):
                yield line.number, Flaw.LETTER_DIFFERS
        elif line.event == Event.APPROVED:
            # Lines of the first release bind no letter.
            is_first_release = True
        elif line.event == Event.ACCEPTED and number and not _fits_acceptance(entry, line, details):
            yield line.number, Flaw.ACCEPTANCE_DIFFERS
    if not is_first_release and set(entry.letters) - told:
        yield 0, Flaw.LETTER_UNTOLD
    accepted = [line for line, _ in entry.lines if line.event == Event.ACCEPTED]
    if len(entry.acceptances) > len(accepted):
        yield 0, Flaw.ACCEPTANCE_UNTOLD
    if not _fits_withdrawal(entry):
        yield entry.lines[-1][0].number if entry.lines else 0, Flaw.WITHDRAWAL_DIFFERS


def _fits_letter(entry: _Entry, line: DbHistoryLine, details: dict[str, str]) -> bool:
    letter, facts = entry.letters.get(line.facts["letter"]), line.facts
    if letter is None:
        return False
    name = details.get("letter_name")
    return (
        (str(letter.file_id), letter.sha256)
        == (facts.get("letter_file"), facts.get("letter_sha256"))
        and letter.code_digest.hex() == facts.get("code_sha256")
        and letter.number.endswith(f"/{letter.issue}")
        and letter.issued_at_utc == line.at_utc
        and (entry.is_erased or name in {None, letter.full_name})
    )


def _fits_acceptance(entry: _Entry, line: DbHistoryLine, details: dict[str, str]) -> bool:
    acceptance = entry.acceptances.get(line.facts["letter"])
    if acceptance is None:
        return False
    return _list_bound(acceptance, entry) == _list_told(line, entry) and (
        entry.is_erased or not details or _fits_person(acceptance, details)
    )


def _fits_person(acceptance: DbAcceptance, details: dict[str, str]) -> bool:
    typed = (acceptance.typed_name, acceptance.address, acceptance.browser)
    told = tuple(details.get(key, "") for key in ("typed_name", "address", "browser"))
    return typed == told and acceptance.entered_by == details.get("staff")


def _list_bound(acceptance: DbAcceptance, entry: _Entry) -> list[Any]:
    """Return what the row says; of an erased entry without what erasing takes."""
    confirmed_at = acceptance.confirmed_at_utc
    always: list[Any] = [
        acceptance.letter_sha256,
        acceptance.by,
        acceptance.accepted_at_utc,
        acceptance.confirmed_how,
        "" if confirmed_at is None else confirmed_at.astimezone(UTC).isoformat(),
    ]
    if entry.is_erased:
        return always
    return [
        *always,
        digest_of_terms(acceptance.language, acceptance.terms),
        str(acceptance.record_id),
        str(acceptance.signature_id or ""),
        str(acceptance.signed_letter_id or ""),
    ]


def _list_told(line: DbHistoryLine, entry: _Entry) -> list[Any]:
    facts = line.facts
    always: list[Any] = [
        facts.get("letter_sha256"),
        line.actor,
        line.at_utc,
        facts.get("confirmed_how"),
        facts.get("confirmed_at"),
    ]
    if entry.is_erased:
        return always
    return [
        *always,
        facts.get("terms_sha256"),
        facts.get("record"),
        facts.get("signature", ""),
        facts.get("scan", ""),
    ]


def _fits_withdrawal(entry: _Entry) -> bool:
    """Whether the letters say that they are withdrawn since the line says so, or not at all."""
    ends = [line for line, _ in entry.lines if line.facts.get("to") == State.WITHDRAWN]
    since = ends[-1].at_utc if ends else None
    return all(letter.withdrawn_at_utc == since for letter in entry.letters.values())
