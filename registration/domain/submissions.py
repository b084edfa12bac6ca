"""What was sent to a call: its states and the moves between them, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from registration.domain.ids import DelegationId, Language, MeetingId
from registration.domain.states import Actor


class Stand(StrEnum):
    """Where a submission stands, in the order of legends and filters."""

    #: A person's, whose address is not confirmed.
    UNCONFIRMED = "unconfirmed"
    #: A delegation's, being written.
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RECEIVED = "received"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


#: Stands in which a submission counts as the one of its delegation, or of its address.
CURRENT = frozenset(Stand) - {Stand.WITHDRAWN, Stand.LAPSED}
#: Stands in which its people may write.
WRITABLE = frozenset({Stand.DRAFT, Stand.RETURNED})
#: Stands in which the public may read it, once the desk has said so: the desk has read what stands
#: in it, and nobody can have written in it since.
READABLE = frozenset({Stand.RECEIVED, Stand.CHOSEN, Stand.NOT_CHOSEN})
#: Stands in which the desk has it before it.
AT_DESK = frozenset({Stand.SUBMITTED, Stand.RECEIVED, Stand.CHOSEN, Stand.NOT_CHOSEN})


class Deed(StrEnum):
    """The moves of a submission, imperative."""

    SEND = "send"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    BEGIN = "begin"
    SUBMIT = "submit"
    RETURN = "return"
    RECEIVE = "receive"
    CHOOSE = "choose"
    UNCHOOSE = "unchoose"
    PASS_OVER = "pass_over"  # noqa: S105  # the name of a move
    WITHDRAW = "withdraw"


@dataclass(frozen=True, kw_only=True)
class Way:
    """One line of the table. reason: whether it needs one, read by who sent the submission.
    closes: whether the call's closing date ends it for everybody but the desk."""

    deed: Deed
    actors: frozenset[Actor]
    sources: frozenset[Stand | None]
    to: Stand
    closes: bool = False
    reason: bool = False


_SENDER = frozenset({Actor.DELEGATE})
_DESK = frozenset({Actor.SECRETARIAT})

_TABLE = (
    Way(
        deed=Deed.SEND,
        actors=_SENDER,
        sources=frozenset({None}),
        to=Stand.UNCONFIRMED,
        closes=True,
    ),
    Way(
        deed=Deed.CONFIRM,
        actors=_SENDER,
        sources=frozenset({Stand.UNCONFIRMED}),
        to=Stand.SUBMITTED,
    ),
    Way(
        deed=Deed.LAPSE,
        actors=frozenset({Actor.CLOCK}),
        sources=frozenset({Stand.UNCONFIRMED}),
        to=Stand.LAPSED,
    ),
    Way(
        deed=Deed.BEGIN,
        actors=_SENDER | _DESK,
        sources=frozenset({None, Stand.UNCONFIRMED}),
        to=Stand.DRAFT,
        closes=True,
    ),
    Way(
        deed=Deed.SUBMIT,
        actors=_SENDER | _DESK,
        sources=WRITABLE,
        to=Stand.SUBMITTED,
        closes=True,
    ),
    Way(
        deed=Deed.RETURN,
        actors=_DESK,
        sources=frozenset({Stand.SUBMITTED, Stand.RECEIVED}),
        to=Stand.RETURNED,
        reason=True,
    ),
    Way(
        deed=Deed.RECEIVE,
        actors=_DESK,
        sources=frozenset({Stand.SUBMITTED}),
        to=Stand.RECEIVED,
    ),
    Way(
        deed=Deed.CHOOSE,
        actors=_DESK,
        sources=frozenset({Stand.SUBMITTED, Stand.RECEIVED}),
        to=Stand.CHOSEN,
    ),
    # The desk's second thought, for as long as nobody was told.
    Way(
        deed=Deed.UNCHOOSE,
        actors=_DESK,
        sources=frozenset({Stand.CHOSEN, Stand.NOT_CHOSEN}),
        to=Stand.RECEIVED,
    ),
    Way(
        deed=Deed.PASS_OVER,
        actors=_DESK,
        sources=frozenset({Stand.SUBMITTED, Stand.RECEIVED}),
        to=Stand.NOT_CHOSEN,
    ),
    Way(
        deed=Deed.WITHDRAW,
        actors=_SENDER | _DESK,
        sources=CURRENT,
        to=Stand.WITHDRAWN,
    ),
)

WAYS: Mapping[Deed, Way] = {way.deed: way for way in _TABLE}


def may(deed: Deed, *, source: Stand | None, actor: Actor) -> bool:
    """Return whether the actor may do it from this stand, dates aside."""
    way = WAYS[deed]
    return source in way.sources and actor in way.actors


def shown_to_sender(stand: Stand, *, is_told: bool) -> Stand:
    """Return the stand that the sender sees: a decision shows once its people were told."""
    is_decided = stand in {Stand.CHOSEN, Stand.NOT_CHOSEN}
    return Stand.RECEIVED if is_decided and not is_told else stand


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends a submission, as typed. Of a delegation's: who began it."""

    name: str
    institution: str
    position: str
    email: str
    language: Language


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one question. version: from 1, raised with each change. writer: the name that
    whoever wrote it last gave. words: of choices the keys, one a line."""

    question: str
    words: str
    version: int
    writer: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A submission as read. Moments are aware UTC.

    region: the sub-region from which it counts, where the call chooses one from each; else "".
    decided_at: when its people were told whether it was chosen. published_at: since when the public
    may read it.
    """

    id: UUID
    meeting_id: MeetingId
    call: str
    delegation_id: DelegationId | None
    delegation_key: str | None
    region: str
    reference: str
    stand: Stand
    version: int
    sender: Sender
    link_generation: int
    reason: str | None
    created_at: datetime
    changed_at: datetime
    confirmed_at: datetime | None
    submitted_at: datetime | None
    decided_at: datetime | None
    published_at: datetime | None
    erased_at: datetime | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
