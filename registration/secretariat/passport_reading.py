"""What was read in an entry's passport, beside what was typed: for a person to judge.

Whoever sees this page sees the passport itself, so that looking here is no opening of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registration.domain.ids import FileId
from registration.domain.meeting import Meeting
from registration.domain.mrz import EXPIRES, NAMES, NATIONALITY, Lines
from registration.domain.name_checks import NameCheck, NameOutcome, Spans
from registration.domain.papers import ReadingStatus
from registration.domain.passport_checks import (
    ExpiryOutcome,
    NationalityOutcome,
    PassportChecks,
    check_passport,
    names_disagree,
)
from registration.domain.registrations import Registration
from registration.language import passport_checks as told
from registration.language.translator import Translator, get_translator
from registration.registrar.reading_passports import open_reading
from registration.store import reading
from registration.store.database import db
from registration.uploads.mrz_reader import is_installed
from registration.web.office import current_office
from registration.web.templates import current_words


class Standing(StrEnum):
    """Where the reading of a passport stands."""

    OFF = "off"
    WAITING = "waiting"
    NOTHING = "nothing"
    FAILED = "failed"
    READ = "read"


@dataclass(frozen=True)
class Piece:
    """A piece of a text. marked: it is what differs."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Row:
    """One row of the comparison. kind: "done", "attention", "failure", or "" for no judgement."""

    field: str
    typed: Sequence[Piece]
    read: Sequence[Piece]
    kind: str
    result: str


@dataclass(frozen=True)
class ReadPassport:
    """What the page shows. rows, lines and verdict are empty unless it is READ.

    digits_kind: of the verdict on the check digits, as a row's. message: what may be written to the
    person, in their language; empty if nothing disagrees.
    """

    standing: Standing
    rows: Sequence[Row] = ()
    lines: Sequence[Sequence[Piece]] = ()
    verdict: str = ""
    digits_kind: str = ""
    message: str = ""


def read_passport_of(
    registration: Registration, meeting: Meeting, arrived_at: datetime
) -> ReadPassport | None:
    """Return what the desk is told of the entry's passport; None where it has none."""
    if registration.passport is None:
        return None
    standing, lines = _find_lines(registration.passport)
    if lines is None:
        return ReadPassport(standing)
    checks = check_passport(
        lines,
        registration.particulars,
        meeting.find_delegation(registration.delegation_key),
        last_day=meeting.last_day,
        today=arrived_at.astimezone(meeting.zone).date(),
    )
    words = current_words()
    return ReadPassport(
        standing,
        rows=_list_rows(checks, words),
        lines=[list(each) for each in _mark_lines(checks)],
        verdict=told.check_digits_result(checks.wrong, words),
        digits_kind="failure" if checks.wrong else "done",
        message=told.offer_message(checks, get_translator(registration.particulars.language)),
    )


def _find_lines(passport: FileId) -> tuple[Standing, Lines | None]:
    session = db.session()
    found = reading.find_passport_reading(session, passport)
    if found is None or (found.status is ReadingStatus.FAILED and not found.is_given_up):
        # A worker elsewhere may have what this process lacks.
        is_on = is_installed() or reading.has_passport_readings(session)
        return (Standing.WAITING if is_on else Standing.OFF), None
    if found.status is ReadingStatus.NOTHING:
        return Standing.NOTHING, None
    lines = open_reading(current_office(), found)
    return (Standing.FAILED if lines is None else Standing.READ), lines


def _list_rows(checks: PassportChecks, words: Translator) -> list[Row]:
    return [
        _name_row(words.gettext("Surnames"), checks.surnames, words),
        _name_row(words.gettext("Given names"), checks.given_names, words),
        _nationality_row(checks, words),
        _expiry_row(checks, words),
    ]


def _name_row(field: str, check: NameCheck, words: Translator) -> Row:
    kinds = {
        NameOutcome.OTHER_ORDER: "attention",
        NameOutcome.IN_PART: "attention",
        NameOutcome.UNREADABLE: "attention",
        NameOutcome.DIFFERS: "failure",
    }
    return Row(
        field,
        _cut(check.typed, check.differing_typed),
        _cut(check.read, check.differing_read),
        kinds.get(check.outcome, "done"),
        told.name_result(check.outcome, words),
    )


def _nationality_row(checks: PassportChecks, words: Translator) -> Row:
    check = checks.nationality
    kinds = {
        NationalityOutcome.SAME: "done",
        NationalityOutcome.DIFFERS: "failure",
        NationalityOutcome.UNREADABLE: "attention",
        NationalityOutcome.OTHER_BEARER: "attention",
    }
    differs = check.outcome is NationalityOutcome.DIFFERS
    expected = words.country(check.expected) if check.expected else ""
    return Row(
        words.gettext("Nationality"),
        [Piece(expected, differs)],
        [Piece(told.nationality_read(check, words), differs)],
        kinds.get(check.outcome, ""),
        told.nationality_result(check.outcome, words),
    )


def _expiry_row(checks: PassportChecks, words: Translator) -> Row:
    check = checks.expiry
    kinds = {ExpiryOutcome.LONG_ENOUGH: "done", ExpiryOutcome.EXPIRED: "failure"}
    kind = kinds.get(check.outcome, "attention")
    needed = words.gettext("At least until %(day)s", day=words.day(check.needed_until))
    read = words.day(check.expires_on) if check.expires_on else checks.lines.second[EXPIRES]
    is_early = check.outcome in {ExpiryOutcome.EARLY, ExpiryOutcome.EXPIRED}
    return Row(
        words.gettext("Valid until"),
        [Piece(needed, False)],
        [Piece(read, is_early)],
        kind,
        told.expiry_result(check, words),
    )


def _mark_lines(checks: PassportChecks) -> Iterator[Sequence[Piece]]:
    """Yield both lines, with a mark on the parts that disagree."""
    first: list[tuple[int, int]] = []
    second: list[tuple[int, int]] = []
    if names_disagree(checks):
        first.append((NAMES.start, 5 + len(checks.lines.first[NAMES].rstrip("<"))))
    if checks.nationality.outcome is NationalityOutcome.DIFFERS:
        second.append((NATIONALITY.start, NATIONALITY.stop))
    if checks.expiry.outcome in {ExpiryOutcome.EARLY, ExpiryOutcome.EXPIRED}:
        second.append((EXPIRES.start, EXPIRES.stop))
    yield _cut(checks.lines.first, tuple(first))
    yield _cut(checks.lines.second, tuple(second))


def _cut(text: str, spans: Spans) -> list[Piece]:
    """Return the text in pieces, marked and not."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:], False)] if piece.text]
