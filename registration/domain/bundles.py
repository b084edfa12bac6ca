"""Copies of passports in one ZIP: which of them go in, and what each is called there."""

import unicodedata
from enum import StrEnum

from registration.domain.papers import Condition, LockedFile
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.transliteration import FILLER, plain_forms

#: What the line of the meeting's history calls the ZIP, beside the tables of `domain.exports`.
PASSPORTS = "passports"
#: Whom it is for: nobody but the desk that buys the tickets.
PASSPORTS_FOR = frozenset({Role.TRAVEL})
#: Of a name, so that the path in a folder stays one that every system takes.
_LONGEST = 80


class LeftOut(StrEnum):
    """Why a traveller's passport is not in the ZIP.

    NO_COPY: none was sent. WAITING: it is not made anew by us yet. FAILED: it could not be.
    NOT_OPENED: it did not open, or may not be opened any more, when its turn came.
    """

    NO_COPY = "no copy"
    WAITING = "waiting"
    FAILED = "failed"
    NOT_OPENED = "not opened"


def judge_copy(file: LockedFile | None) -> LeftOut | None:
    """Return why this copy does not go into the ZIP, or None where it does."""
    if file is None:
        return LeftOut.NO_COPY
    if file.condition is Condition.CLEAN:
        return None
    return LeftOut.WAITING if file.condition is Condition.WAITING else LeftOut.FAILED


def name_copy(registration: Registration, number: int) -> str:
    """Return the copy's name without its ending: "CR-01 MORALES VARGAS Ana Lucia".

    number: among those of the delegation, which makes it unique. ASCII alone: old programs read
    any other letter of a ZIP in the alphabet of their own country. Letters that are no accented
    ones (Ł, Ø, Æ) stand as a passport's two lines write them.
    """
    person = registration.particulars
    whole = f"{person.surnames.upper()} {person.given_names}"
    decomposed = unicodedata.normalize("NFKD", whole)
    plain = "".join(_plain(each) for each in decomposed if not unicodedata.combining(each))
    name = " ".join(plain.split())[:_LONGEST].strip(" -") or registration.reference
    return f"{registration.delegation_key.upper()}-{number:02} {name}"


def _plain(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() or character == "-" else " "
    form = plain_forms(character)[0].replace(FILLER, "")
    return form if character.isupper() else form.lower()
