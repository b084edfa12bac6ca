"""Why something was not done. Refusals are values, each with a sentence in `language.refusals`."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from registration.domain.desk_refusals import DeskRefusal
from registration.domain.door_refusals import DoorRefusal
from registration.domain.meeting_text import Text
from registration.domain.states import Actor, MoveName, State
from registration.domain.travel_refusals import TravelRefusal


@dataclass(frozen=True)
class RegistrationClosed:
    """The delegation's deadline has come. closed_at: aware UTC, the first instant refused."""

    closed_at: datetime


@dataclass(frozen=True)
class ChangesClosed:
    """No more changes by delegates. closed_at: aware UTC, the first instant refused."""

    closed_at: datetime


@dataclass(frozen=True)
class DelegationFull:
    """Every seat of the delegation is held. may_wait: whether the meeting keeps a reserve list."""

    seats: int
    may_wait: bool = False


@dataclass(frozen=True)
class SeatTaken:
    """The seat with this label is held, another one of the delegation is free."""


@dataclass(frozen=True)
class UnknownSeat:
    """No seat of the delegation bears this label, or one must be chosen and none was."""


@dataclass(frozen=True)
class SegmentFull:
    """Every place of these segments is held. titles: of the segments, from the meeting's file."""

    titles: tuple[Text, ...]


@dataclass(frozen=True)
class UnknownSegment:
    """The meeting has no such segment."""


@dataclass(frozen=True)
class UnknownMeeting:
    """There is no such meeting."""


@dataclass(frozen=True)
class UnknownDelegation:
    """The meeting has no such delegation."""


@dataclass(frozen=True)
class UnknownRegistration:
    """There is no such registration, or none that this person may see."""


@dataclass(frozen=True)
class OnlyByLink:
    """The delegation registers through its own link, and the browser did not come through it."""


@dataclass(frozen=True)
class ReasonMissing:
    """The move needs a reason in words."""


@dataclass(frozen=True)
class PassportMissing:
    """The delegation's delegates are asked for a copy of the passport, and there is none."""


@dataclass(frozen=True)
class PassportUnusable:
    """The copy of the passport could not be made anew, and nothing of it is left."""


@dataclass(frozen=True)
class FileNotReady:
    """A file is not made anew yet, so nobody can have looked at it."""


@dataclass(frozen=True)
class NotPermitted:
    """The table of moves has no such move from this state for this person."""

    move: MoveName
    state: State


@dataclass(frozen=True)
class CameSecond:
    """Somebody else moved the registration first. at: aware UTC; who: a name, or None if it is
    not to be told (the delegate learns of "the Secretariat", not of a person)."""

    move: MoveName
    actor: Actor
    who: str | None
    at: datetime


@dataclass(frozen=True)
class LinkExpired:
    """The private link was replaced by a newer one, or the time to confirm is over."""


@dataclass(frozen=True)
class WrongName:
    """The name typed under the acceptance is not the letter's. expected: the letter's name."""

    expected: str


@dataclass(frozen=True)
class TermsNotAccepted:
    """The box of the acceptance was not ticked."""


@dataclass(frozen=True)
class LetterReplaced:
    """The letter that was shown is not the newest one any more."""


@dataclass(frozen=True)
class TermsChanged:
    """The meeting's file has other terms than those that were shown."""


@dataclass(frozen=True)
class SamePersonAlreadyThere:
    """Another live entry of the meeting has this address and name (at the desk or on change)."""


@dataclass(frozen=True)
class FileMissing:
    """No file was chosen."""


@dataclass(frozen=True)
class FileEmpty:
    """The file has no bytes."""


@dataclass(frozen=True)
class FileTooLarge:
    """The file is over the limit. size, limit: bytes."""

    size: int | None
    limit: int


@dataclass(frozen=True)
class FileOfOtherKind:
    """Its bytes are not those of a JPEG, PNG, HEIC or PDF."""


@dataclass(frozen=True)
class FileUnreadable:
    """Its bytes begin rightly but do not decode."""


@dataclass(frozen=True)
class FileLocked:
    """A PDF that asks for a password."""


@dataclass(frozen=True)
class FileTooManyPages:
    """A PDF with more pages than a passport needs."""

    pages: int
    limit: int


@dataclass(frozen=True)
class PictureTooLarge:
    """More pixels than any camera makes. limit: megapixels."""

    limit: int


@dataclass(frozen=True)
class UploadCutOff:
    """The request's body ended before its last part did."""


@dataclass(frozen=True)
class DataErased:
    """Nothing personal is left of the entry, and nothing of it is changed any more."""


@dataclass(frozen=True)
class StillLive:
    """The entry still takes part: it is withdrawn before its data are erased."""


FileFault: TypeAlias = (
    FileMissing
    | FileEmpty
    | FileTooLarge
    | FileOfOtherKind
    | FileUnreadable
    | FileLocked
    | FileTooManyPages
    | PictureTooLarge
    | UploadCutOff
)

Refusal: TypeAlias = (
    RegistrationClosed
    | ChangesClosed
    | DelegationFull
    | SeatTaken
    | UnknownSeat
    | SegmentFull
    | UnknownSegment
    | UnknownMeeting
    | UnknownDelegation
    | UnknownRegistration
    | OnlyByLink
    | ReasonMissing
    | PassportMissing
    | PassportUnusable
    | FileNotReady
    | NotPermitted
    | CameSecond
    | LinkExpired
    | WrongName
    | TermsNotAccepted
    | LetterReplaced
    | TermsChanged
    | SamePersonAlreadyThere
    | DataErased
    | StillLive
    | DeskRefusal
    | TravelRefusal
    | DoorRefusal
    | FileFault
)
