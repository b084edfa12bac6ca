"""Invented readings of passports, as the worker leaves them."""

import json
from datetime import date

from registration.domain.mrz import Lines, write_lines
from registration.domain.papers import ReadingStatus
from registration.domain.registrations import Registration
from registration.registrar.office import Office
from registration.registrar.reading_passports import binding
from registration.store.tables.files import DbPassportReading
from tests.offices import OPEN_DAY


def make_lines(
    surnames: str = "Morales Vargas",
    given_names: str = "Ana Lucía",
    *,
    issuer: str = "CRI",
    number: str = "X12345678",
    expires: date = date(2039, 5, 2),
) -> Lines:
    """Return the lines of somebody who does not exist, right in all their check digits."""
    return Lines(
        *write_lines(
            issuer=issuer,
            surnames=surnames,
            given_names=given_names,
            number=number,
            born=date(1984, 8, 12),
            sex="F",
            expires=expires,
        )
    )


def add_reading(
    office: Office,
    registration: Registration,
    lines: Lines | None = None,
    *,
    status: ReadingStatus = ReadingStatus.READ,
    attempts: int = 1,
) -> None:
    """Write down what was read in the entry's passport."""
    assert registration.passport is not None
    row = DbPassportReading(
        file_id=registration.passport, status=status, attempts=attempts, tried_at_utc=OPEN_DAY
    )
    if lines is not None:
        data = json.dumps(vars(lines)).encode()
        locked = office.vault.lock(data, bound_to=binding(registration.passport))
        row.locked_bytes, row.wrapped_key = locked.ciphertext, locked.wrapped_key
    with office.database.writing() as session:
        session.add(row)
