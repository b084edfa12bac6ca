"""Private links: asked for again, and moved to a new address once that is confirmed."""

from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.events import DELEGATE, Event, Occasion
from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.refusals import LinkExpired, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import FINAL, MoveName
from registration.registrar.correcting import new_generation
from registration.registrar.office import Moved, Office
from registration.registrar.registering import AGAIN_PAUSE
from registration.registrar.steps import Refused, settle, write_line
from registration.store import reading
from registration.store.writing import papers, registrations


def send_link_again(
    office: Office, meeting_id: MeetingId, address: str, *, arrived_at: datetime
) -> None:
    """Mail the private link of each live entry of this address to the address on the entry.

    At most once in ten minutes; whoever asks learns nothing of whether there is an entry.
    """

    def work(session: Session) -> None:
        for found in reading.list_by_email(session, meeting_id, address):
            registrations.lock_registration(session, found.id)
            registration = reading.get_registration(session, found.id)
            last = registration.reminded_at
            if last is None or arrived_at - last >= AGAIN_PAUSE:
                _send_link(session, registration, arrived_at)

    settle(office, work)


def confirm_new_address(
    office: Office, id: RegistrationId, address: str, *, arrived_at: datetime
) -> Moved | Refusal:
    """Put the address in force that its own link confirmed; the old address is told, and its links
    and open browsers are revoked.

    address: as the link was made for; another one entered since is not confirmed by it.
    """

    def work(session: Session) -> Moved:
        registrations.lock_registration(session, id)
        before = reading.get_registration(session, id)
        if before.new_email != address or before.state in FINAL:
            raise Refused(LinkExpired())
        cause = write_line(
            session,
            id,
            event=Event.EMAIL_CHANGED,
            by=DELEGATE,
            at=arrived_at,
            facts={
                "move": MoveName.CORRECT.value,
                "from": before.state.value,
                "to": before.state.value,
            },
            details={"old_email": before.particulars.email, "new_email": address},
        )
        # The last step of a correction: a form drawn before it would put the old address back.
        changes = {**new_generation(office, before), "version": before.version + 1}
        registrations.change_address(session, id, address, **changes, changed_at_utc=arrived_at)
        for occasion, recipient in (
            (Occasion.ADDRESS_CHANGED, before.particulars.email),
            (Occasion.LINK_AGAIN, address),
        ):
            papers.add_mail(
                session,
                cause_id=cause,
                occasion=occasion,
                recipient=recipient,
                language=before.particulars.language,
                at=arrived_at,
                registration_id=id,
            )
        return Moved(reading.get_registration(session, id))

    return settle(office, work)


def _send_link(session: Session, registration: Registration, now: datetime) -> None:
    cause = write_line(session, registration.id, event=Event.LINK_ASKED, by=DELEGATE, at=now)
    registrations.touch(session, registration.id, reminded_at_utc=now)
    papers.add_mail(
        session,
        cause_id=cause,
        occasion=Occasion.LINK_AGAIN,
        recipient=registration.particulars.email,
        language=registration.particulars.language,
        at=now,
        registration_id=registration.id,
    )
