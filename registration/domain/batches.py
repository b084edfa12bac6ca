"""Work on many entries at once: what kinds there are and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from registration.domain.ids import FileId, Language, MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.states import State


class BatchKind(StrEnum):
    """What is done with each entry. APPROVE is a move; REMIND, WRITE and MAIL_CERTIFICATES send
    each a mail; the others draw one paper for all."""

    APPROVE = "approve"
    BADGES = "badges"
    NAMEPLATES = "nameplates"
    PARTICIPANTS = "participants"
    CERTIFICATES = "certificates"
    REMIND = "remind"
    WRITE = "write"
    MAIL_CERTIFICATES = "mail_certificates"


class BatchStatus(StrEnum):
    """How a batch stands. FAILED: a fault of ours ended it; what was done by then stands."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"


class ItemStatus(StrEnum):
    """How one entry of a batch stands. REFUSED: the rules said no, and the batch went on."""

    DUE = "due"
    DONE = "done"
    REFUSED = "refused"


class Whose(StrEnum):
    """For whom a paper is made: those who have a letter, who accepted it, who came."""

    APPROVED = "approved"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"


#: Kinds that do something with each of the entries that were chosen, and make no paper.
WITH_EACH = frozenset({BatchKind.APPROVE, BatchKind.REMIND, BatchKind.WRITE})
#: Who has a letter in force, and so takes part.
APPROVED = frozenset({State.INVITED, State.ACCEPTED})
#: The refusal of an entry at which a fault of ours came up; the batch went on without it.
FAULT = "Fault"


def takes_part(whose: Whose, state: State, *, has_arrived: bool) -> bool:
    """Return whether somebody at this state is among those for whom the paper is made."""
    match whose:
        case Whose.APPROVED:
            return state in APPROVED
        case Whose.ACCEPTED:
            return state is State.ACCEPTED
        case Whose.ARRIVED:
            return has_arrived


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A piece of work as the desk sees it. Moments are aware UTC.

    details: what the kind needs besides: "language", "whose", "delegations" ("seated" or "all").
    total, done, refused: how many entries it is about, and what came of them so far.
    """

    id: UUID
    meeting_id: MeetingId
    kind: BatchKind
    details: Mapping[str, str]
    status: BatchStatus
    staff_id: int | None
    staff_name: str
    asked_at: datetime
    ended_at: datetime | None
    file_id: FileId | None
    total: int = 0
    done: int = 0
    refused: int = 0

    @property
    def whose(self) -> Whose:
        return Whose(self.details.get("whose", Whose.APPROVED))


@dataclass(frozen=True, kw_only=True)
class BatchItem:
    """One entry of a batch. version: the one that was on the screen. refusal: the class's name."""

    number: int
    registration_id: RegistrationId
    version: int
    status: ItemStatus
    refusal: str | None


def list_card_languages(meeting: Meeting) -> tuple[Language, ...]:
    """Return the languages of badges and nameplates, which have room for two: the file's first."""
    return meeting.languages[:2]
