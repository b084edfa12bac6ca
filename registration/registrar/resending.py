"""Sending a mail of an entry once more, because somebody at the desk asks for it."""

from datetime import datetime
from uuid import UUID

from registration.domain.events import By, Event, Occasion
from registration.domain.ids import LetterId, RegistrationId
from registration.domain.papers import MailStatus
from registration.domain.refusals import Refusal, UnknownRegistration
from registration.domain.registrations import Registration
from registration.registrar.office import Moved, Office
from registration.registrar.steps import write_line
from registration.store import reading
from registration.store.tables.mail import DbMail
from registration.store.writing import papers


def send_again(
    office: Office, id: RegistrationId, mail_id: UUID, *, by: By, arrived_at: datetime
) -> Moved | Refusal:
    """Put the mail into the outbox once more, a new message with a cause of its own.

    It goes to the address that the entry has now: the old one may be why it did not arrive. A mail
    that still waits for its turn is not doubled. UnknownRegistration: no such mail of this entry.
    """
    with office.database.writing() as session:
        mail = session.get(DbMail, mail_id)
        seen = reading.find_registration(session, id)
        if mail is None or seen is None or mail.registration_id != id:
            return UnknownRegistration()
        if mail.status != MailStatus.DUE:
            cause = write_line(
                session,
                id,
                event=Event.MAIL_SENT_AGAIN,
                by=by,
                at=arrived_at,
                facts={"occasion": mail.occasion},
            )
            papers.add_mail(
                session,
                cause_id=cause,
                occasion=Occasion(mail.occasion),
                recipient=_recipient(mail, seen),
                language=mail.language,
                at=arrived_at,
                registration_id=id,
                letter_id=None if mail.letter_id is None else LetterId(mail.letter_id),
                acceptance_id=mail.acceptance_id,
                facts=mail.facts,
            )
    office.ring()
    return Moved(seen)


def _recipient(mail: DbMail, registration: Registration) -> str:
    if mail.occasion.startswith("staff_"):
        return mail.recipient
    if mail.occasion.startswith("copy_"):
        return registration.particulars.copy_to or mail.recipient
    if mail.occasion in {Occasion.CONFIRM_NEW_ADDRESS, Occasion.ADDRESS_CHANGED}:
        return mail.recipient
    return registration.particulars.email
