"""Sending again: the desk repeats a mail that failed, was refused, or that somebody lost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import By, Event, Occasion
from registration.domain.ids import DelegationId, LetterId, RegistrationId
from registration.domain.papers import MailStatus
from registration.domain.registrations import Registration
from registration.registrar.office import Office
from registration.registrar.steps import settle, write_line
from registration.store import reading
from registration.store.tables.mail import DbMail
from registration.store.writing import papers

# These were meant for the address they were sent to, and for no other.
_BOUND_TO_ADDRESS = {Occasion.CONFIRM_NEW_ADDRESS, Occasion.ADDRESS_CHANGED}


def send_again(
    office: Office, mail_id: UUID, *, by: By, at: datetime, entry: RegistrationId | None = None
) -> bool:
    """Put the mail into the outbox once more, as a new message with a line of history of its own.

    entry: whose mail it is to be; any entry's unless given. A delegate's or an assistant's mail
    goes to the address that now stands on the entry: one that was refused is corrected first. A
    mail that still waits for its turn is not doubled. Returns False where there is no such mail,
    or none of an entry (codes for signing in are asked for by signing in), or no address any more.
    """

    def work(session: Session) -> bool:
        mail = session.get(DbMail, mail_id)
        if (
            mail is None
            or mail.registration_id is None
            or entry not in {None, mail.registration_id}
        ):
            return False
        if mail.status == MailStatus.DUE:
            return True
        registration = reading.get_registration(session, RegistrationId(mail.registration_id))
        recipient = _recipient(Occasion(mail.occasion), mail.recipient, registration)
        if not recipient:
            return False
        cause = write_line(
            session,
            registration.id,
            event=Event.MAIL_SENT_AGAIN,
            by=by,
            at=at,
            facts={"occasion": mail.occasion, "mail": str(mail.id)},
        )
        papers.add_mail(
            session,
            cause_id=cause,
            occasion=Occasion(mail.occasion),
            recipient=recipient,
            language=mail.language,
            at=at,
            registration_id=registration.id,
            letter_id=None if mail.letter_id is None else LetterId(mail.letter_id),
            acceptance_id=mail.acceptance_id,
            facts=mail.facts,
            delegation_id=None if mail.delegation_id is None else DelegationId(mail.delegation_id),
            words_id=mail.words_id,
        )
        return True

    return settle(office, work) is True


def _recipient(occasion: Occasion, before: str, registration: Registration) -> str | None:
    if occasion in _BOUND_TO_ADDRESS or occasion.startswith("staff_"):
        return before
    if occasion.startswith("copy_"):
        return registration.particulars.copy_to
    if occasion is Occasion.FOCAL_POINT_TOLD:
        return before
    return registration.particulars.email
