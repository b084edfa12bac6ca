"""Letters: drawn before the transaction, their rows in it."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from registration.domain.ids import LetterId
from registration.domain.journeys import TravelData
from registration.domain.meeting import Meeting
from registration.domain.papers import FileRole, IssuedLetter, LockedFile
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.language.translator import get_translator
from registration.letters.paper import draw_letter
from registration.letters.wording import Letter, compose_letter
from registration.links.tokens import digest, make_code
from registration.registrar.office import Office
from registration.registrar.receiving import ReceivedFile, lock_file
from registration.registrar.travel_data import find_travel
from registration.store import reading
from registration.store.writing import papers


@dataclass(frozen=True, kw_only=True)
class DrawnLetter:
    """A letter that lies in the vault and has no row yet. sha256: hexadecimal, of its bytes;
    words_sha256: of what it says, number and code aside."""

    id: LetterId
    issue: int
    number: str
    full_name: str
    language: str
    sha256: str
    words_sha256: str
    code_digest: bytes
    file: LockedFile

    @property
    def facts(self) -> dict[str, str]:
        """Return what the line of history of its issue binds; nothing personal."""
        return {
            "letter": self.number,
            "letter_sha256": self.sha256,
            "letter_file": str(self.file.id),
            "code_sha256": self.code_digest.hex(),
        }

    @property
    def details(self) -> dict[str, str]:
        """Return what that line binds until the entry is erased."""
        return {"letter_name": self.full_name}


def draw(
    office: Office, meeting: Meeting, registration: Registration, *, issue: int, at: datetime
) -> DrawnLetter:
    """Draw the registration's letter, seal it and lock it away. Slow: never inside a transaction.

    issue: from 1. at: the aware instant that dates the letter, in the meeting's city.
    """
    code = make_code()
    number = f"{registration.reference}/{issue}"
    address = office.addresses.verify(registration.particulars.language, code)
    # Told after the first letter was issued, so it is a letter issued anew that names the passport.
    travel = find_travel(office, registration).travel
    letter = compose(meeting, registration, number=number, address=address, at=at, travel=travel)
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
        words_sha256=digest_of_words(meeting, registration, at=at),
        code_digest=digest(code),
        file=lock_file(office, registration.id, FileRole.LETTER, file, at=at),
    )


def compose(
    meeting: Meeting,
    registration: Registration,
    *,
    number: str,
    address: str,
    at: datetime,
    travel: TravelData | None = None,
) -> Letter:
    """Return the letter's words in the delegate's language. travel: what it names of the passport;
    no letter is outdated for the want of it."""
    return compose_letter(
        meeting,
        registration,
        number=number,
        issued_on=at.astimezone(meeting.zone).date(),
        verification_address=address,
        words=get_translator(registration.particulars.language),
        travel=travel,
    )


def says_the_same(meeting: Meeting, one: Registration, other: Registration, at: datetime) -> bool:
    """Return whether both registrations' letters have the same words, number and date aside."""
    words = [compose(meeting, each, number="", address="", at=at) for each in (one, other)]
    return words[0] == words[1]


def digest_of_words(meeting: Meeting, registration: Registration, *, at: datetime) -> str:
    """Return the SHA-256 of what the registration's letter says, as the meeting's file and the
    entry stand now; number and code aside. at: when the letter was issued."""
    letter = compose(meeting, registration, number="", address="", at=at)
    text = json.dumps(_list_words(letter), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def is_outdated(meeting: Meeting, registration: Registration, letter: IssuedLetter) -> bool:
    """Return whether the letter no longer says what it would say if it were issued now: a newer
    file of the meeting has changed its words. Of letters of the first release nobody can tell."""
    if not letter.words_sha256:
        return False
    return letter.words_sha256 != digest_of_words(meeting, registration, at=letter.issued_at)


def list_outdated(session: Session, meeting: Meeting) -> list[tuple[Registration, IssuedLetter]]:
    """Return the entries of the meeting whose newest letter is outdated, in the list's order."""
    states = [State.INVITED, State.ACCEPTED]
    found = []
    for registration in reading.list_registrations(session, meeting.id, states=states):
        letter = reading.find_newest_letter(session, registration.id)
        if letter is not None and is_outdated(meeting, registration, letter):
            found.append((registration, letter))
    return found


def _list_words(value: object) -> object:
    """Return a value of the wording as lists of texts, without what is no word of the letter."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_list_words(getattr(value, each.name)) for each in fields(value) if each.compare]
    if isinstance(value, tuple):
        return [_list_words(each) for each in value]
    return value


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
        words_sha256=drawn.words_sha256,
        code_digest=drawn.code_digest,
        issued_at_utc=at,
    )
