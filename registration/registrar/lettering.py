"""Letters: drawn before the transaction, their rows in it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from registration.domain.ids import LetterId
from registration.domain.meeting import Meeting
from registration.domain.papers import FileRole, LockedFile
from registration.domain.registrations import Registration
from registration.language.translator import get_translator
from registration.letters.paper import draw_letter
from registration.letters.wording import Letter, compose_letter
from registration.links.tokens import digest, make_code
from registration.registrar.office import Office
from registration.registrar.receiving import ReceivedFile, lock_file
from registration.store.writing import papers


@dataclass(frozen=True, kw_only=True)
class DrawnLetter:
    """A letter that lies in the vault and has no row yet. sha256: hexadecimal, of its bytes."""

    id: LetterId
    issue: int
    number: str
    full_name: str
    language: str
    sha256: str
    code_digest: bytes
    file: LockedFile


def draw(
    office: Office, meeting: Meeting, registration: Registration, *, issue: int, at: datetime
) -> DrawnLetter:
    """Draw the registration's letter, seal it and lock it away. Slow: never inside a transaction.

    issue: from 1. at: the aware instant that dates the letter, in the meeting's city.
    """
    code = make_code()
    number = f"{registration.reference}/{issue}"
    address = office.addresses.verify(registration.particulars.language, code)
    letter = compose(meeting, registration, number=number, address=address, at=at)
    data = office.seal.seal(draw_letter(letter), at=at)
    file = ReceivedFile(
        name=f"{number.replace('/', '-')}.pdf", media_type="application/pdf", pages=1, data=data
    )
    return DrawnLetter(
        id=LetterId(uuid4()),
        issue=issue,
        number=number,
        full_name=registration.full_name,
        language=registration.particulars.language,
        sha256=hashlib.sha256(data).hexdigest(),
        code_digest=digest(code),
        file=lock_file(office, registration.id, FileRole.LETTER, file, at=at),
    )


def compose(
    meeting: Meeting, registration: Registration, *, number: str, address: str, at: datetime
) -> Letter:
    """Return the letter's words in the delegate's language."""
    return compose_letter(
        meeting,
        registration,
        number=number,
        issued_on=at.astimezone(meeting.zone).date(),
        verification_address=address,
        words=get_translator(registration.particulars.language),
    )


def says_the_same(meeting: Meeting, one: Registration, other: Registration, at: datetime) -> bool:
    """Return whether both registrations' letters have the same words, number and date aside."""
    words = [compose(meeting, each, number="", address="", at=at) for each in (one, other)]
    return words[0] == words[1]


def issue(session: Session, registration: Registration, drawn: DrawnLetter, at: datetime) -> None:
    """Write the letter's rows. Raises IntegrityError where this issue exists already."""
    papers.add_file(session, drawn.file, kept=True)
    papers.add_letter(
        session,
        id=drawn.id,
        registration_id=registration.id,
        issue=drawn.issue,
        number=drawn.number,
        language=drawn.language,
        full_name=drawn.full_name,
        file_id=drawn.file.id,
        sha256=drawn.sha256,
        code_digest=drawn.code_digest,
        issued_at_utc=at,
    )
