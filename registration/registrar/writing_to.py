"""Messages of the desk to a selection: written, looked at, and sent one after another.

The message's own id is its batch's: the same message is sent once, however often its button is
pressed, and after that its words stand as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.batches import Batch, BatchKind
from registration.domain.desk_refusals import MeetingNotOver, MessageSent, NobodyChosen
from registration.domain.events import By, Event, Occasion
from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.messages import Message, refuse_message
from registration.domain.refusals import Refusal
from registration.registrar import batching
from registration.registrar.office import Office
from registration.registrar.steps import Refused, settle, write_line
from registration.store import reading
from registration.store.reading.messages import find_message
from registration.store.writing import messages, papers


def begin(
    office: Office,
    *,
    id: UUID,
    meeting_id: MeetingId,
    chosen: Sequence[tuple[RegistrationId, int]],
    by: By,
    at: datetime,
) -> Message | NobodyChosen:
    """Keep to whom a message is to be written; its words come later. The same form sent twice is
    one message."""
    if not chosen:
        return NobodyChosen()
    with office.database.writing() as session:
        there = find_message(session, id)
        if there is None:
            messages.add_message(
                session,
                id=id,
                meeting_id=meeting_id,
                chosen=chosen[: batching.MOST_CHOSEN],
                staff_id=by.staff_id,
                staff_name=by.name or "",
                at=at,
            )
            there = find_message(session, id)
    assert there is not None
    return there


def save_words(
    office: Office,
    id: UUID,
    *,
    subjects: Mapping[str, str],
    bodies: Mapping[str, str],
    at: datetime,
) -> MessageSent | None:
    """Keep the words of a message that is not sent yet; they hold known fields only."""
    with office.database.writing() as session:
        messages.lock_message(session, id)
        if reading.find_batch(session, id) is not None:
            return MessageSent()
        messages.change_message(session, id, subjects=subjects, bodies=bodies, at=at)
    return None


def send(
    office: Office, message: Message, *, by: By, arrived_at: datetime
) -> Batch | NobodyChosen | MeetingNotOver:
    """Ask for the message to be sent; a second click finds the same batch."""
    return batching.ask(
        office,
        id=message.id,
        meeting_id=message.meeting_id,
        kind=BatchKind.WRITE,
        by=by,
        arrived_at=arrived_at,
        details={"message": str(message.id)},
        chosen=message.chosen,
        along=lambda session: messages.lock_message(session, message.id),
    )


def write_to(
    office: Office,
    id: RegistrationId,
    message_id: UUID,
    *,
    by: By,
    at: datetime,
    along: Callable[[Session], object],
) -> Refusal | None:
    """Put the message's mail to one person into the outbox, with its line of history.

    along: is done in the same transaction; what it raises undoes all.
    """

    def work(session: Session) -> None:
        cause = write_line(
            session, id, event=Event.WRITTEN_TO, by=by, at=at, facts={"message": str(message_id)}
        )
        registration = reading.get_registration(session, id)
        message = find_message(session, message_id)
        assert message is not None, "the batch names a message that is not there"
        refusal = refuse_message(registration, message)
        if refusal is not None:
            raise Refused(refusal)
        papers.add_mail(
            session,
            cause_id=cause,
            occasion=Occasion.MESSAGE,
            recipient=registration.particulars.email,
            language=registration.particulars.language,
            at=at,
            registration_id=id,
            words_id=message_id,
        )
        along(session)

    return settle(office, work)
