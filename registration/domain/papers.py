"""Files, letters, mails and lines of history as pages show them. Moments are aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from registration.domain.events import Event
from registration.domain.ids import FileId, Language, LetterId, RegistrationId
from registration.domain.states import Actor


class FileRole(StrEnum):
    """What a locked file is for."""

    PASSPORT = "passport"
    LETTER = "letter"
    SIGNATURE = "signature"
    SIGNED_LETTER = "signed_letter"
    RECORD = "record"
    #: Badges, nameplates, lists, certificates: one file for many, made by a batch.
    COLLECTION = "collection"
    ERASURE_RECORD = "erasure_record"
    #: The scan of a note verbale.
    NOMINATION = "nomination"
    #: The e-mail or the paper on which the desk acted for somebody.
    REQUEST = "request"
    TICKET = "ticket"
    #: The certificate of attendance, as it was mailed to the person.
    CERTIFICATE = "certificate"
    #: A file beside the answers to a call.
    ATTACHMENT = "attachment"


class Condition(StrEnum):
    """Whether a stored file holds bytes of ours.

    CLEAN: made by us, or made anew from what somebody sent. WAITING: as it came; the worker makes
    it anew. FAILED: it could not be made anew, and what came was destroyed. ERASED: its key was
    deleted and its bytes destroyed; the row is what remains to be pointed at.
    """

    CLEAN = "clean"
    WAITING = "waiting"
    FAILED = "failed"
    ERASED = "erased"


class ReadingStatus(StrEnum):
    """How the reading of a passport's copy ended. NOTHING: no such lines on it. FAILED: the reader
    broke down, and is asked again a few times."""

    READ = "read"
    NOTHING = "nothing"
    FAILED = "failed"


def bind(role: FileRole, entry_id: RegistrationId) -> str:
    """Return what a box of this entry is bound to in the vault."""
    return f"{role}:{entry_id}"


class MailStatus(StrEnum):
    """Where a mail stands. FAILED: tried for a day. REFUSED: the server said no for good (5xx)."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class LockedFile:
    """A file in the vault. size: bytes in clear. name: the sender's name for it, cleaned.

    condition: only a CLEAN one is opened. Of a FAILED one nothing is left but this row.
    """

    id: FileId
    entry_id: RegistrationId
    role: FileRole
    blob: str
    wrapped_key: bytes
    media_type: str
    name: str
    size: int
    pages: int
    received_at: datetime
    condition: Condition = Condition.CLEAN

    @property
    def binding(self) -> str:
        """Return what its box is bound to: moved to another entry it does not open."""
        return bind(self.role, self.entry_id)


class LetterStatus(StrEnum):
    """What the verification page says of a letter."""

    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class IssuedLetter:
    """A letter as issued. issue: from 1. sha256: hexadecimal, of its bytes.

    newest_number: the number of the registration's newest letter; equal to number unless replaced.
    replaced_at: aware UTC, when the next one was issued, or None.
    """

    id: LetterId
    registration_id: RegistrationId
    issue: int
    number: str
    language: Language
    full_name: str
    file_id: FileId
    sha256: str
    issued_at: datetime
    withdrawn_at: datetime | None
    newest_number: str
    replaced_at: datetime | None
    words_sha256: str

    @property
    def status(self) -> LetterStatus:
        if self.withdrawn_at is not None:
            return LetterStatus.WITHDRAWN
        return LetterStatus.VALID if self.number == self.newest_number else LetterStatus.REPLACED


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """The acceptance of a letter, without its files' bytes."""

    id: UUID
    letter_id: LetterId
    letter_number: str
    typed_name: str
    accepted_at: datetime
    by: Actor
    entered_by: str | None
    record_id: FileId
    signed_letter_id: FileId | None


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One line of a chain. staff_name: who of the staff, or None. details: the personal facts,
    empty once erased. reason, if the move had one, stands in details["reason"]."""

    id: UUID
    number: int
    at: datetime
    event: Event
    actor: Actor
    staff_id: int | None
    staff_name: str | None
    facts: Mapping[str, str]
    details: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class MailNotice:
    """A mail of an entry, for the desk."""

    id: UUID
    occasion: str
    recipient: str
    language: Language
    status: MailStatus
    attempts: int
    made_at: datetime
    sent_at: datetime | None
    last_error: str | None
