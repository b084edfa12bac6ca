"""Whether a file that somebody holds is a letter of ours. It reads, and keeps nothing."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from registration.domain.papers import IssuedLetter
from registration.letters.held_files import digest_file, list_earlier_digests, list_numbers
from registration.store import reading


class Match(StrEnum):
    """What a file is.

    ISSUED: byte for byte a letter that we issued. RECORD: likewise the record of a letter's
    acceptance. ADDED_TO: a letter of ours, and something was added behind it. CHANGED: it bears the
    number of a letter of ours, and other bytes. UNKNOWN: none of these.
    """

    ISSUED = "issued"
    RECORD = "record"
    ADDED_TO = "added_to"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Recognised:
    """What a file is, and which letter it is or was made of."""

    match: Match
    letter: IssuedLetter | None


def recognise(session: Session, data: bytes) -> Recognised:
    """Return what the file is. Only its digest and numbers in clear are compared."""
    letter = reading.find_letter_by_sha256(session, digest_file(data))
    if letter is not None:
        return Recognised(Match.ISSUED, letter)
    for digest in list_earlier_digests(data):
        letter = reading.find_letter_by_sha256(session, digest)
        if letter is not None:
            return Recognised(Match.ADDED_TO, letter)
    for number in list_numbers(data):
        letter = reading.find_letter_by_number(session, number)
        if letter is not None:
            is_record = reading.is_record_of(session, letter.registration_id, digest_file(data))
            return Recognised(Match.RECORD if is_record else Match.CHANGED, letter)
    return Recognised(Match.UNKNOWN, None)
