"""One person's certificate of attendance: drawn when it is asked for, for it says what is known."""

from datetime import datetime

from registration.domain.attendance import is_over
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.letters.attendance import draw_certificates
from registration.registrar.office import Office
from registration.store import reading


def may_have_certificate(
    office: Office, meeting: Meeting, registration: Registration, *, now: datetime
) -> bool:
    """Return whether the person came and the meeting is over."""
    if not is_over(meeting, now):
        return False
    with office.database.reading() as session:
        return reading.find_arrival(session, registration.id) is not None


def make_certificate(
    office: Office, meeting: Meeting, registration: Registration, *, now: datetime
) -> bytes:
    """Return the certificate as a sealed PDF. Raises LookupError for whoever may not have one."""
    if not may_have_certificate(office, meeting, registration, now=now):
        raise LookupError("no certificate for this person now")
    return office.seal.seal(draw_certificates(meeting, [registration]), at=now)
