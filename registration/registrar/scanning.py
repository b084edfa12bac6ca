"""Whose badge, letter or number was brought to the door."""

import hmac

from sqlalchemy.orm import Session

from registration.domain.door_refusals import OtherMeeting, UnknownCode
from registration.domain.ids import MeetingId
from registration.domain.registrations import Registration
from registration.domain.scans import BadgeCode, LetterCode, PlainReference, read_scan
from registration.links.tokens import digest
from registration.registrar.office import Office
from registration.store import reading


def find_scanned(
    office: Office, meeting_id: MeetingId, text: str
) -> Registration | UnknownCode | OtherMeeting:
    """Return the registration of the meeting that the scan names."""
    with office.database.reading() as session:
        found = _find(session, office, text)
    if found is None:
        return UnknownCode()
    return found if found.meeting_id == meeting_id else OtherMeeting()


def find_badge(office: Office, text: str) -> Registration | None:
    """Return the registration of a badge's code, and of nothing else; how much of a wrong one was
    right is told to nobody."""
    scan = read_scan(text)
    with office.database.reading() as session:
        return _find_bearer(session, office, scan) if isinstance(scan, BadgeCode) else None


def _find(session: Session, office: Office, text: str) -> Registration | None:
    match read_scan(text):
        case BadgeCode() as badge:
            return _find_bearer(session, office, badge)
        case LetterCode(code=code):
            letter = reading.find_letter_by_code(session, digest(code))
            if letter is None:
                return None
            return reading.find_registration(session, letter.registration_id)
        case PlainReference(reference=reference):
            return reading.find_by_reference(session, reference)
        case None:
            return None


def _find_bearer(session: Session, office: Office, badge: BadgeCode) -> Registration | None:
    found = reading.find_by_reference(session, badge.reference)
    right = office.tokens.of_door(found.id) if found is not None else ""
    return found if hmac.compare_digest(badge.mac.encode(), right.encode()) else None
