"""From a claimed row to the facts of its mail: what is read, what is unlocked, what is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.deadline import CONFIRMATION_TIME
from registration.domain.events import Occasion
from registration.domain.ids import FileId, LetterId, MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.papers import Acceptance, IssuedLetter, LockedFile, bind
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.language.translator import Translator, get_translator
from registration.links.addresses import Addresses
from registration.links.calendar import make_invitation
from registration.links.tokens import Tokens
from registration.mail.facts import Enclosure, MailFacts, may_carry_link
from registration.mail.outbox import ClaimedMail
from registration.mail.ready import unlock_ready
from registration.store import reading
from registration.store.database import Database
from registration.vault.boxes import Vault

_WITH_LETTER = {Occasion.INVITED, Occasion.LETTER_REISSUED}


@dataclass(frozen=True, kw_only=True)
class MailRoom:
    """What mails are made with. sender: MAIL_FROM, an address, with or without a name.

    get_meeting: gives the meeting of this id; the files of meetings are read by a layer beside.
    """

    database: Database
    vault: Vault
    tokens: Tokens
    addresses: Addresses
    get_meeting: Callable[[Session, MeetingId], Meeting]
    sender: str

    @property
    def host(self) -> str:
        """The host of BASE_URL, for names that must be unique in the world."""
        return urlsplit(self.addresses.base_url).hostname or "localhost"


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What the database says of the mail's entry, read in one session."""

    meeting: Meeting
    registration: Registration
    letter: IssuedLetter | None
    letter_file: LockedFile | None
    acceptance: Acceptance | None
    record_file: LockedFile | None
    certificate_file: LockedFile | None


def gather(room: MailRoom, mail: ClaimedMail) -> MailFacts:
    """Return the facts of the mail. Raises LookupError, BoxWillNotOpen, BlobMissing or
    StorageFailed for what should be there and is not."""
    if mail.registration_id is None:
        ready = unlock_ready(room.vault, mail.facts, mail.facts_wrapped_key, cause_id=mail.cause_id)
        return MailFacts(ready=ready)
    found = _find(room, mail, RegistrationId(mail.registration_id))
    words = get_translator(mail.language)
    return MailFacts(
        meeting=found.meeting,
        registration=found.registration,
        link=_link(room, mail, found.registration),
        desk_link=_desk_link(room, mail, found.registration),
        letter_number=None if found.letter is None else found.letter.number,
        reason=mail.facts.get("reason") or None,
        confirm_until=_confirm_until(found),
        pages=tuple(
            (code, room.addresses.meeting(code, found.meeting.id))
            for code in found.meeting.languages
        ),
        enclosures=tuple(_enclose(room, mail, found, words)),
    )


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
        return _Found(
            meeting=room.get_meeting(session, registration.meeting_id),
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
    return room.addresses.desk_entry(mail.language, registration.reference)


def _confirm_until(found: _Found) -> datetime | None:
    if found.registration.state is not State.UNCONFIRMED:
        return None
    return min(found.registration.created_at + CONFIRMATION_TIME, found.meeting.changes_until)


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
    if mail.occasion is Occasion.ACCEPTED and found.acceptance and found.record_file:
        # Translators: the beginning of a file's name: "Acceptance-RCM-7K2M4QXZ.pdf"
        name = words.pgettext("file name", "Acceptance")
        files.append(_pdf(room, found, found.record_file, f"{name}-{reference}.pdf"))
        files.append(_calendar(room, found, found.acceptance.accepted_at, words))
    if found.certificate_file is not None:
        # Translators: the beginning of a file's name: "Certificate-RCM-7K2M4QXZ.pdf"
        name = words.pgettext("file name", "Certificate")
        files.append(_pdf(room, found, found.certificate_file, f"{name}-{reference}.pdf"))
    return files


def _pdf(room: MailRoom, found: _Found, file: LockedFile, name: str) -> Enclosure:
    # What it is for, and whose mail this is: another entry's file, put here by hand, does not open.
    binding = bind(file.role, found.registration.id)
    data = room.vault.open(file.blob, file.wrapped_key, bound_to=binding)
    return Enclosure(name, "application/pdf", data)


def _calendar(room: MailRoom, found: _Found, stamped_at: datetime, words: Translator) -> Enclosure:
    data = make_invitation(
        found.meeting, found.registration, words, stamped_at=stamped_at, host=room.host
    )
    # Translators: the beginning of a file's name: "calendar.ics"
    name = words.pgettext("file name", "calendar")
    return Enclosure(f"{name}.ics", "text/calendar", data)
