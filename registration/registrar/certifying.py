"""Certificates of attendance: drawn when somebody asks for their own, or mailed to all who came.

One that was mailed is kept, sealed and locked, and is the one that the person's page gives: two
papers that say the same and are not the same file would look like one real and one forged.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.attendance import is_over
from registration.domain.desk_refusals import MeetingNotOver
from registration.domain.door_refusals import CertificateSent, NeverCame
from registration.domain.events import By, Event, Occasion
from registration.domain.ids import RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import DataErased, Refusal
from registration.domain.registrations import Registration
from registration.letters.attendance import draw_certificates
from registration.meetings.reading import get_meeting
from registration.registrar.office import Moved, Office
from registration.registrar.receiving import ReceivedFile, lock_file, unlock_file
from registration.registrar.steps import Refused, settle, write_line
from registration.store import reading
from registration.store.writing import papers, registrations


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
    """Return the certificate as a sealed PDF: the one that was mailed, else a new one. Raises
    LookupError for whoever may not have one, and what `unlock_file` raises."""
    if not may_have_certificate(office, meeting, registration, now=now):
        raise LookupError("no certificate for this person now")
    with office.database.reading() as session:
        mailed = reading.find_kept_file(session, registration.id, FileRole.CERTIFICATE)
    if mailed is not None:
        return unlock_file(office, mailed)
    return _draw(office, meeting, registration, now)


def send_certificate(
    office: Office,
    id: RegistrationId,
    *,
    by: By,
    arrived_at: datetime,
    along: Callable[[Session], None] = lambda _: None,
) -> Moved | Refusal:
    """Mail the person the certificate, once; it is drawn, sealed and locked before the transaction.

    along: what is written in the same transaction. A second time is refused, whoever asks.
    """
    with office.database.reading() as session:
        registration = reading.get_registration(session, id)
        meeting = get_meeting(session, registration.meeting_id)
        refusal = _refuse(session, registration, meeting, arrived_at)
    if refusal is not None:
        return refusal
    data = _draw(office, meeting, registration, arrived_at)
    file = _lock(office, registration, data, arrived_at)
    facts = {"certificate": str(file.id), "certificate_sha256": hashlib.sha256(data).hexdigest()}

    def work(session: Session) -> Moved:
        # The delegate's row is held before it is looked at again: of two workers one sends.
        registrations.lock_registration(session, id)
        seen = reading.get_registration(session, id)
        refusal = _refuse(session, seen, meeting, arrived_at)
        if refusal is not None:
            raise Refused(refusal)
        along(session)
        papers.add_file(session, file, kept=True)
        cause = write_line(
            session, id, event=Event.CERTIFICATE_SENT, by=by, at=arrived_at, facts=facts
        )
        _mail(session, seen, cause, file, arrived_at)
        return Moved(seen)

    try:
        result = settle(office, work)
    except BaseException:
        office.vault.destroy(file.blob)
        raise
    if not isinstance(result, Moved):
        office.vault.destroy(file.blob)
    return result


def _refuse(
    session: Session, registration: Registration, meeting: Meeting, now: datetime
) -> Refusal | None:
    if registration.erased_at is not None:
        return DataErased()
    if not is_over(meeting, now):
        return MeetingNotOver()
    if reading.find_arrival(session, registration.id) is None:
        return NeverCame()
    if reading.find_kept_file(session, registration.id, FileRole.CERTIFICATE) is not None:
        return CertificateSent()
    return None


def _draw(office: Office, meeting: Meeting, registration: Registration, at: datetime) -> bytes:
    return office.seal.seal(draw_certificates(meeting, [registration]), at=at)


def _lock(office: Office, registration: Registration, data: bytes, at: datetime) -> LockedFile:
    file = ReceivedFile(
        name=f"{registration.reference}-C.pdf", media_type="application/pdf", pages=1, data=data
    )
    return lock_file(office, registration.id, FileRole.CERTIFICATE, file, at=at)


def _mail(
    session: Session, registration: Registration, cause: UUID, file: LockedFile, at: datetime
) -> None:
    papers.add_mail(
        session,
        cause_id=cause,
        occasion=Occasion.CERTIFICATE,
        recipient=registration.particulars.email,
        language=registration.particulars.language,
        at=at,
        registration_id=registration.id,
        facts={"file": str(file.id)},
    )
