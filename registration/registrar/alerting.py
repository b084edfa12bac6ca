"""What was arranged for somebody, and the move that upsets it: the desks hear of it in the same
transaction, so that no ticket is forgotten whichever way the person went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import Occasion
from registration.domain.journeys import Box
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.travel import TRAVELLING, TicketStatus
from registration.registrar.telling import language_of_contact
from registration.store.reading import travel as boxes
from registration.store.reading.travel import StaffAddress
from registration.store.writing import papers
from registration.store.writing import travel as writing


def alert_desks(
    session: Session,
    meeting: Meeting,
    before: Registration,
    after: Registration,
    *,
    cause_id: UUID,
    at: datetime,
) -> None:
    """Tell the travel and the host desk what a move upsets of what they arranged.

    before, after: the entry, whose row is held, around the move. Of whoever travels no more the
    ticket is to be cancelled; of whoever bears another name or passport it is to be looked at.
    """
    if before.state not in TRAVELLING:
        return
    if after.state not in TRAVELLING:
        is_to_cancel = writing.set_ticket_status(
            session, after.id, before=TicketStatus.ISSUED, to=TicketStatus.TO_CANCEL
        )
        if is_to_cancel:
            _mail(
                session, meeting, after, Role.TRAVEL, Occasion.STAFF_TICKET_TO_CANCEL, cause_id, at
            )
        if boxes.find_box(session, Box.STAY, after.id) is not None:
            _mail(session, meeting, after, Role.HOST, Occasion.STAFF_ROOM_TO_CANCEL, cause_id, at)
    elif _is_another(before, after):
        ticket = boxes.find_box(session, Box.TICKET, after.id)
        if ticket is not None and ticket.status is TicketStatus.ISSUED:
            _mail(
                session, meeting, after, Role.TRAVEL, Occasion.STAFF_TRAVELLER_CHANGED, cause_id, at
            )


def _is_another(before: Registration, after: Registration) -> bool:
    return before.full_name != after.full_name or before.passport != after.passport


def _mail(
    session: Session,
    meeting: Meeting,
    registration: Registration,
    role: Role,
    occasion: Occasion,
    cause_id: UUID,
    at: datetime,
) -> None:
    """One mail to each account of the desk; where it has none, to the Secretariat."""
    desk = boxes.list_desk(session, role, meeting.id)
    if not desk:
        desk = [StaffAddress(meeting.contact, language_of_contact(session, meeting))]
    for each in desk:
        papers.add_mail(
            session,
            cause_id=cause_id,
            occasion=occasion,
            recipient=each.email,
            language=meeting.choose_language(each.language),
            at=at,
            registration_id=registration.id,
        )
