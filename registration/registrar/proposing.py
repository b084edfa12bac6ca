"""What the travel step finds filled in: what the machine read in the person's passport, for the
person to check. What a check digit denies is left out."""

from dataclasses import dataclass, field
from datetime import date

from registration.domain.issuing_codes import find_country
from registration.domain.mrz import BORN, NUMBER, Check, Lines
from registration.domain.registrations import Registration
from registration.domain.transliteration import FILLER
from registration.registrar.office import Office
from registration.registrar.reading_passports import open_reading
from registration.store import reading


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What was read; "" or None for what was not, or not surely."""

    number: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    expires: date | None = field(default=None, repr=False)


def propose(office: Office, registration: Registration, *, today: date) -> Proposal:
    """Return what was read in the entry's passport, if a machine reads passports here."""
    if registration.passport is None:
        return Proposal()
    with office.database.reading() as session:
        found = reading.find_passport_reading(session, registration.passport)
    lines = None if found is None else open_reading(office, found)
    return Proposal() if lines is None else read_proposal(lines, today=today)


def read_proposal(lines: Lines, *, today: date) -> Proposal:
    """Return what the two lines say of number, nationality and dates, where their digits agree."""
    right = lines.checks
    return Proposal(
        number=lines.second[NUMBER].rstrip(FILLER) if right[Check.NUMBER] else "",
        nationality=find_country(lines.nationality) or "",
        born=_born(lines.second[BORN], today) if right[Check.BIRTH] else None,
        expires=lines.expires_on(near=today) if right[Check.EXPIRY] else None,
    )


def _born(digits: str, today: date) -> date | None:
    """The year has two digits: the last such year that is past."""
    if not digits.isdecimal():
        return None
    year, month, day = (int(digits[at : at + 2]) for at in (0, 2, 4))
    year += today.year // 100 * 100
    try:
        born = date(year, month, day)
        return born if born < today else born.replace(year=year - 100)
    except ValueError:
        return None
