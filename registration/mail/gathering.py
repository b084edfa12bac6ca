"""From a claimed row to the facts of its mail: what is read, what is unlocked, what is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from registration.domain.days import list_segments
from registration.domain.deadline import CONFIRMATION_TIME, deadline_of
from registration.domain.events import Occasion
from registration.domain.ids import (
    DelegationId,
    FileId,
    LetterId,
    RegistrationId,
)
from registration.domain.journeys import Box, bind_box, load_stay, load_ticket
from registration.domain.meeting import Meeting
from registration.domain.messages import Message
from registration.domain.papers import Acceptance, Condition, IssuedLetter, LockedFile, bind
from registration.domain.registrations import Registration
from registration.domain.segments import ATTENDED_BEFORE, Choice, list_chosen
from registration.domain.states import State
from registration.language.translator import Translator, get_translator
from registration.links.calendar import make_invitation
from registration.mail.facts import Enclosure, MailFacts, may_carry_link
from registration.mail.notes import asks_link, compose_note
from registration.mail.outbox import ClaimedMail
from registration.mail.ready import unlock_ready
from registration.mail.room import MailRoom, list_pages
from registration.mail.submitted import gather_submission
from registration.store import reading
from registration.store.reading import DelegationRow
from registration.store.reading.messages import find_message
from registration.store.reading.segments import list_choices
from registration.store.reading.travel import find_box

_WITH_LETTER = {Occasion.INVITED, Occasion.LETTER_REISSUED}
# Beside the confirmation of who signs, which is enclosed with its record.
_WITH_CALENDAR = {Occasion.PARTICIPATION_CONFIRMED, Occasion.SEGMENTS_CHANGED}
_EXPECTED = {State.INVITED, State.ACCEPTED}
_WITH_BOX = {
    Box.TICKET: {
        Occasion.TICKET_ISSUED,
        Occasion.TICKET_CHANGED,
        Occasion.STAFF_TICKET_TO_CANCEL,
        Occasion.STAFF_TRAVELLER_CHANGED,
    },
    Box.STAY: {Occasion.STAY_BOOKED, Occasion.STAFF_ROOM_TO_CANCEL},
}
# Whose page the mail leads to: those desks see no page of an entry.
_OF_DESKS = {
    Occasion.STAFF_TICKET_TO_CANCEL: "travel",
    Occasion.STAFF_TRAVELLER_CHANGED: "travel",
    Occasion.STAFF_ROOM_TO_CANCEL: "host",
}
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What the database says of the mail's entry, read in one session."""

    meeting: Meeting
    registration: Registration
    letter: IssuedLetter | None
    letter_file: LockedFile | None
    acceptance: Acceptance | None
    record_file: LockedFile | None
    message: Message | None
    certificate_file: LockedFile | None
    choices: tuple[Choice, ...]


def gather(room: MailRoom, mail: ClaimedMail) -> MailFacts:
    """Return the facts of the mail. Raises LookupError, BoxWillNotOpen, BlobMissing or
    StorageFailed for what should be there and is not."""
    if mail.submission_id is not None:
        return gather_submission(room, mail)
    if mail.registration_id is None and mail.delegation_id is not None:
        return _gather_for_focal_point(room, mail, DelegationId(mail.delegation_id))
    if mail.registration_id is None:
        ready = unlock_ready(room.vault, mail.facts, mail.facts_wrapped_key, cause_id=mail.cause_id)
        return MailFacts(ready=ready)
    found = _find(room, mail, RegistrationId(mail.registration_id))
    words = get_translator(mail.language)
    link = _link(room, mail, found.registration)
    note = None
    if found.message is not None:
        note = compose_note(found.message, found.meeting, found.registration, words, link=link)
        link = link if asks_link(found.message, words) else None
    facts = MailFacts(
        meeting=found.meeting,
        registration=found.registration,
        link=link,
        note=note,
        desk_link=_desk_link(room, mail, found.registration),
        letter_number=None if found.letter is None else found.letter.number,
        reason=mail.facts.get("reason") or None,
        confirm_until=confirm_until(found.meeting, found.registration),
        pages=list_pages(room, found.meeting),
        enclosures=tuple(_enclose(room, mail, found, words)),
        ticket=_open_box(room, mail, Box.TICKET, load_ticket),
        stay=_open_box(room, mail, Box.STAY, load_stay),
        choices=found.choices,
    )
    if mail.delegation_id is None:
        return facts
    with room.database.reading() as session:
        row = reading.get_delegation(session, DelegationId(mail.delegation_id))
    return replace(facts, **_about_delegation(mail, found.meeting, row))


def _gather_for_focal_point(
    room: MailRoom, mail: ClaimedMail, delegation_id: DelegationId
) -> MailFacts:
    """The link goes to the address on record and to no other, whoever asked for the mail."""
    with room.database.reading() as session:
        row = reading.get_delegation(session, delegation_id)
        meeting = room.get_meeting(session, row.meeting_id)
    link = None
    is_theirs = row.focal_point is not None and row.focal_point.email == mail.recipient
    if mail.occasion is Occasion.FOCAL_POINT_LINK and is_theirs:
        link = room.addresses.private(room.tokens.of_delegation(row.id, row.link_generation))
    return MailFacts(
        meeting=meeting,
        link=link,
        pages=list_pages(room, meeting),
        **_about_delegation(mail, meeting, row),
    )


def _about_delegation(mail: ClaimedMail, meeting: Meeting, row: DelegationRow) -> dict[str, Any]:
    state = mail.facts.get("state")
    return {
        "delegation": meeting.get_delegation(row.key),
        "focal_name": "" if row.focal_point is None else row.focal_point.name,
        "deadline": deadline_of(meeting, row.later_deadline),
        "state": None if state is None else State(state),
    }


def _find(room: MailRoom, mail: ClaimedMail, registration_id: RegistrationId) -> _Found:
    with room.database.reading() as session:
        registration = reading.get_registration(session, registration_id)
        letter = (
            reading.get_letter(session, LetterId(mail.letter_id))
            if mail.letter_id is not None
            else reading.find_newest_letter(session, registration.id)
        )
        acceptance = (
            reading.get_acceptance(session, mail.acceptance_id)
            if mail.acceptance_id is not None
            else None
        )
        message = None if mail.words_id is None else find_message(session, mail.words_id)
        meeting = room.get_meeting(session, registration.meeting_id)
        return _Found(
            message=message,
            choices=tuple(list_choices(session, registration.id)) if meeting.segments else (),
            meeting=meeting,
            registration=registration,
            letter=letter,
            letter_file=None if letter is None else reading.get_file(session, letter.file_id),
            acceptance=acceptance,
            record_file=(
                None if acceptance is None else reading.get_file(session, acceptance.record_id)
            ),
            certificate_file=(
                reading.get_file(session, FileId(UUID(mail.facts["file"])))
                if mail.occasion is Occasion.CERTIFICATE
                else None
            ),
        )


def _link(room: MailRoom, mail: ClaimedMail, registration: Registration) -> str | None:
    if not may_carry_link(mail.occasion, mail.recipient, registration):
        return None
    generation = registration.link_generation
    if mail.occasion is Occasion.CONFIRM_NEW_ADDRESS:
        new_address = registration.new_email or ""
        token = room.tokens.of_new_address(registration.id, new_address, generation)
    else:
        token = room.tokens.of_registration(registration.id, generation)
    return room.addresses.private(token)


def _desk_link(room: MailRoom, mail: ClaimedMail, registration: Registration) -> str | None:
    if not mail.occasion.startswith("staff_"):
        return None
    if mail.occasion in _OF_DESKS:
        desk = _OF_DESKS[mail.occasion]
        return room.addresses.desk_of(desk, mail.language, registration.meeting_id)
    return room.addresses.desk_entry(mail.language, registration.reference)


def confirm_until(meeting: Meeting, registration: Registration) -> datetime | None:
    """Return the first instant at which the address cannot be confirmed any more, or None."""
    if registration.state is not State.UNCONFIRMED:
        return None
    return min(registration.created_at + CONFIRMATION_TIME, meeting.changes_until)


def _enclose(
    room: MailRoom, mail: ClaimedMail, found: _Found, words: Translator
) -> list[Enclosure]:
    """The letter goes with the invitation, record and calendar with the confirmation, the
    certificate with its own mail; to the delegate alone."""
    files: list[Enclosure] = []
    reference = found.registration.reference
    if mail.occasion in _WITH_LETTER and found.letter and found.letter_file:
        # Translators: the beginning of a file's name: "Letter-RCM-7K2M4QXZ-1.pdf"
        name = words.pgettext("file name", "Letter")
        number = found.letter.number.replace("/", "-")
        files.append(_pdf(room, found, found.letter_file, f"{name}-{number}.pdf"))
    if mail.occasion in {Occasion.TICKET_ISSUED, Occasion.TICKET_CHANGED}:
        files += _ticket(room, mail, found, words)
    if mail.occasion is Occasion.ACCEPTED and found.acceptance and found.record_file:
        # Translators: the beginning of a file's name: "Acceptance-RCM-7K2M4QXZ.pdf"
        name = words.pgettext("file name", "Acceptance")
        files.append(_pdf(room, found, found.record_file, f"{name}-{reference}.pdf"))
        files.append(_calendar(room, found, found.acceptance.accepted_at, words))
    if mail.occasion in _WITH_CALENDAR and found.registration.state in _EXPECTED:
        files.append(_calendar(room, found, mail.made_at, words, mail.facts.get(ATTENDED_BEFORE)))
    if found.certificate_file is not None:
        # Translators: the beginning of a file's name: "Certificate-RCM-7K2M4QXZ.pdf"
        name = words.pgettext("file name", "Certificate")
        files.append(_pdf(room, found, found.certificate_file, f"{name}-{reference}.pdf"))
    return files


def _open_box(room: MailRoom, mail: ClaimedMail, box: Box, load: Callable[[bytes], T]) -> T | None:
    """What the desk has recorded by now, which is what its reader needs; None where it recorded
    nothing, or the mail is not about it."""
    if mail.occasion not in _WITH_BOX[box] or mail.registration_id is None:
        return None
    id = RegistrationId(mail.registration_id)
    with room.database.reading() as session:
        found = find_box(session, box, id)
    if found is None:
        return None
    bound_to = bind_box(box, id)
    return load(room.vault.unlock(found.locked_bytes, found.wrapped_key, bound_to=bound_to))


def _ticket(
    room: MailRoom, mail: ClaimedMail, found: _Found, words: Translator
) -> Iterator[Enclosure]:
    """The e-ticket, where the desk has one and it is made anew by us already."""
    ticket = _open_box(room, mail, Box.TICKET, load_ticket)
    if ticket is None or not ticket.file_id:
        return
    with room.database.reading() as session:
        file = reading.find_file(session, FileId(UUID(ticket.file_id)))
    if file is not None and file.condition is Condition.CLEAN:
        # Translators: the beginning of a file's name: "Ticket-RCM-7K2M4QXZ.pdf"
        name = words.pgettext("file name", "Ticket")
        ending = file.name.rpartition(".")[2]
        data = room.vault.open(
            file.blob, file.wrapped_key, bound_to=bind(file.role, found.registration.id)
        )
        name = f"{name}-{found.registration.reference}.{ending}"
        yield Enclosure(name, file.media_type, data)


def _pdf(room: MailRoom, found: _Found, file: LockedFile, name: str) -> Enclosure:
    # What it is for, and whose mail this is: another entry's file, put here by hand, does not open.
    binding = bind(file.role, found.registration.id)
    data = room.vault.open(file.blob, file.wrapped_key, bound_to=binding)
    return Enclosure(name, "application/pdf", data)


def _calendar(
    room: MailRoom,
    found: _Found,
    stamped_at: datetime,
    words: Translator,
    before: str | None = None,
) -> Enclosure:
    """before: keys of the segments of which an earlier file was made, where there is one."""
    segments = list_segments(found.meeting)
    data = make_invitation(
        found.meeting,
        found.registration,
        words,
        stamped_at=stamped_at,
        host=room.host,
        attended=list_chosen(segments, found.choices),
        before=None
        if before is None
        else [each for each in segments if each.key in before.split()],
    )
    # Translators: the beginning of a file's name: "calendar.ics"
    name = words.pgettext("file name", "calendar")
    return Enclosure(f"{name}.ics", "text/calendar", data)
