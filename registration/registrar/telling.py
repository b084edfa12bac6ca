"""Which mails a line of history causes: one table, so that no move is silent by accident."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import Event, Occasion
from registration.domain.ids import Language, LetterId
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.store import reading
from registration.store.reading import accounts
from registration.store.writing import papers


@dataclass(frozen=True)
class Mails:
    """To the delegate, to the assistant named in copy_to, to the Secretariat."""

    delegate: Occasion | None = None
    copy: Occasion | None = None
    staff: Occasion | None = None


MAILS: dict[Event, Mails] = {
    Event.REGISTERED: Mails(delegate=Occasion.CONFIRM_ADDRESS),
    Event.NOMINATED: Mails(delegate=Occasion.NOMINATED),
    Event.ENTERED: Mails(delegate=Occasion.ENTERED_ON_BEHALF, copy=Occasion.COPY_RECEIVED),
    Event.CONFIRMED: Mails(Occasion.RECEIVED, Occasion.COPY_RECEIVED, Occasion.STAFF_NEW_ENTRY),
    Event.PUT_ON_RESERVE: Mails(delegate=Occasion.ON_RESERVE, staff=Occasion.STAFF_NEW_ENTRY),
    Event.LAPSED: Mails(),
    Event.COMPLETED: Mails(Occasion.RECEIVED, Occasion.COPY_RECEIVED, Occasion.STAFF_NEW_ENTRY),
    Event.APPROVED: Mails(delegate=Occasion.INVITED, copy=Occasion.COPY_INVITED),
    Event.RETURNED: Mails(delegate=Occasion.RETURNED),
    Event.RETURN_TAKEN_BACK: Mails(delegate=Occasion.CORRECTION_NOT_NEEDED),
    Event.DECLINED: Mails(delegate=Occasion.DECLINED),
    Event.CORRECTED: Mails(delegate=Occasion.RECEIVED, staff=Occasion.STAFF_NEW_ENTRY),
    Event.AMENDED: Mails(delegate=Occasion.AMENDED),
    Event.ACCEPTED: Mails(Occasion.ACCEPTED, Occasion.COPY_ACCEPTED, Occasion.STAFF_ACCEPTED),
    Event.PROMOTED: Mails(delegate=Occasion.PROMOTED),
    Event.REPLACED: Mails(Occasion.WITHDRAWN, Occasion.COPY_WITHDRAWN),
    Event.SWAPPED: Mails(),
    Event.WITHDRAWN: Mails(Occasion.WITHDRAWN, Occasion.COPY_WITHDRAWN, Occasion.STAFF_WITHDRAWN),
}

#: What is arranged without a move: only whom it concerns is told.
ARRANGED: dict[Event, Mails] = {
    Event.SEGMENTS_CHANGED: Mails(delegate=Occasion.SEGMENTS_CHANGED),
    Event.TICKET_ISSUED: Mails(delegate=Occasion.TICKET_ISSUED),
    Event.TICKET_CHANGED: Mails(delegate=Occasion.TICKET_CHANGED),
    Event.TICKET_CANCELLED: Mails(delegate=Occasion.TICKET_CANCELLED),
    Event.STAY_BOOKED: Mails(delegate=Occasion.STAY_BOOKED),
    Event.STAY_CANCELLED: Mails(delegate=Occasion.STAY_CANCELLED),
}


#: Of an approval without a letter: the participation is confirmed by it, and nothing is signed.
WITHOUT_LETTER = Mails(Occasion.PARTICIPATION_CONFIRMED, Occasion.COPY_CONFIRMED)
#: Of one that the desk approved as it entered it: the person hears of it for the first time.
ENTERED_WITHOUT_LETTER = Mails(delegate=Occasion.REGISTERED_AT_DESK)
#: What the focal point is told of, where an address is on record: name and state, and no link.
FOCAL_POINT_HEARS_OF = frozenset(
    {
        Event.CONFIRMED,
        Event.PUT_ON_RESERVE,
        Event.COMPLETED,
        Event.APPROVED,
        Event.RETURNED,
        Event.DECLINED,
        Event.PROMOTED,
        Event.REPLACED,
        Event.WITHDRAWN,
    }
)


def language_of_contact(session: Session, meeting: Meeting) -> Language:
    """Return in which language the Secretariat is written to: that of the account with its address,
    where there is one and the meeting speaks it, else the meeting's first."""
    known = accounts.find_language(session, meeting.contact)
    return known if known is not None and known in meeting.languages else meeting.languages[0]


def tell(
    session: Session,
    meeting: Meeting,
    registration: Registration,
    *,
    event: Event,
    cause_id: UUID,
    letter_id: LetterId | None = None,
    acceptance_id: UUID | None = None,
    facts: dict[str, str] | None = None,
    instead: Occasion | None = None,
    at: datetime | None = None,
) -> None:
    """Put the mails of this event into the outbox.

    instead: another occasion for the delegate's own mail ("letter reissued" for "amended").
    at: of an event that is no move, when it happened; a move's moment is the entry's own.
    Nobody is told of an entry whose address was never confirmed, but for the mail that asks to.
    """
    mails = (MAILS | ARRANGED)[event]
    if event is Event.APPROVED and letter_id is None:
        is_first_word = instead is Occasion.REGISTERED_AT_DESK
        mails = ENTERED_WITHOUT_LETTER if is_first_word else WITHOUT_LETTER
    is_confirmed = registration.confirmed_at is not None
    language = registration.particulars.language
    recipients = [(instead or mails.delegate, registration.particulars.email, language)]
    if not is_confirmed and event not in {Event.REGISTERED, Event.NOMINATED}:
        return
    if is_confirmed and registration.particulars.copy_to:
        recipients.append((mails.copy, registration.particulars.copy_to, language))
    if mails.staff is not None:
        recipients.append((mails.staff, meeting.contact, language_of_contact(session, meeting)))
    if event in FOCAL_POINT_HEARS_OF:
        _tell_focal_point(session, registration, cause_id)
    for occasion, recipient, chosen in recipients:
        if occasion is not None:
            papers.add_mail(
                session,
                cause_id=cause_id,
                occasion=occasion,
                recipient=recipient,
                language=chosen,
                at=at or registration.changed_at,
                registration_id=registration.id,
                letter_id=letter_id,
                acceptance_id=acceptance_id,
                facts=facts,
            )


def _tell_focal_point(session: Session, registration: Registration, cause_id: UUID) -> None:
    row = reading.get_delegation(session, registration.delegation_id)
    if row.focal_point is None:
        return
    papers.add_mail(
        session,
        cause_id=cause_id,
        occasion=Occasion.FOCAL_POINT_TOLD,
        recipient=row.focal_point.email,
        language=row.focal_point.language,
        at=registration.changed_at,
        registration_id=registration.id,
        delegation_id=row.id,
        facts={"state": registration.state.value},
    )
