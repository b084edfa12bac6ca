"""Why something was not sent to a call, or not decided. Each has one sentence, in `language`."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from registration.domain.states import Actor
from registration.domain.submissions import Deed, Stand


@dataclass(frozen=True)
class UnknownCall:
    """The meeting has no such call, or not for this delegation."""


@dataclass(frozen=True)
class UnknownSubmission:
    """There is no such submission."""


@dataclass(frozen=True)
class CallNotOpen:
    """The call opens later. opens: aware UTC, the first instant accepted."""

    opens: datetime


@dataclass(frozen=True)
class CallClosed:
    """The call has closed. closed_at: aware UTC, the first instant refused."""

    closed_at: datetime


@dataclass(frozen=True)
class SubmissionThere:
    """The delegation, or the address, has a submission already."""


@dataclass(frozen=True)
class DeedNotPermitted:
    """The table of moves does not lead from this stand."""

    deed: Deed
    stand: Stand


@dataclass(frozen=True)
class SubmissionChanged:
    """Somebody else's move came first. who: of the staff, told to staff alone."""

    stand: Stand
    actor: Actor
    who: str | None
    at: datetime


@dataclass(frozen=True)
class AnswerChanged:
    """Somebody else wrote the answer meanwhile: both texts are shown, and nothing is written."""

    question: str
    theirs: str
    writer: str
    version: int


@dataclass(frozen=True)
class AnswerTooLong:
    """The answer is longer than the call takes. Both in characters."""

    question: str
    most: int
    length: int


@dataclass(frozen=True)
class AnswersMissing:
    """Required questions have no answer yet."""

    questions: tuple[str, ...]


@dataclass(frozen=True)
class UnknownAnswer:
    """The answer is none of the choices, or the question is none of the call's."""

    question: str


@dataclass(frozen=True)
class RegionTaken:
    """Of this sub-region one is chosen already. region: its key. delegation: the key of the one
    that is chosen. who: of the staff, chose it. All "" where the schema alone has spoken."""

    region: str
    delegation: str = ""
    who: str = ""


@dataclass(frozen=True)
class ChoicesFull:
    """As many are chosen as the call takes."""

    number: int


@dataclass(frozen=True)
class TooManyAttachments:
    """As many files lie beside the answers as the call takes."""

    most: int


@dataclass(frozen=True)
class SubmissionErased:
    """The personal data of what was sent are erased already."""


@dataclass(frozen=True)
class SubmissionStands:
    """What was sent still counts: it is withdrawn before it is erased."""


CallRefusal: TypeAlias = (
    UnknownCall
    | UnknownSubmission
    | CallNotOpen
    | CallClosed
    | SubmissionThere
    | DeedNotPermitted
    | SubmissionChanged
    | AnswerChanged
    | AnswerTooLong
    | AnswersMissing
    | UnknownAnswer
    | RegionTaken
    | ChoicesFull
    | TooManyAttachments
    | SubmissionErased
    | SubmissionStands
)
