"""What was sent to one call, as the desk lists it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from registration.domain.ids import MeetingId
from registration.domain.submissions import AT_DESK, CURRENT, Sender, Stand


@dataclass(frozen=True, kw_only=True)
class SentWanted:
    """Which of what was sent to the call is asked for.

    text: each of its words must be found in who sent it (`listing.split_words`). delegations: what
    each is called, by key, for the text to be looked for in as well.
    """

    meeting_id: MeetingId
    call: str
    stands: frozenset[Stand] = CURRENT
    text: str = ""
    delegations: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SentLine:
    """One line of the list: a submission without its answers. Moments as `submissions.Submission`
    has them."""

    reference: str
    stand: Stand
    delegation_key: str | None
    region: str
    sender: Sender
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    erased_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class StandSum:
    """How many stand so. kept: of whose people the data are not erased. untold: of these, whom
    nobody told a decision. told_at, published_at: the last time that it was done; what was erased
    is public no more."""

    number: int
    kept: int
    untold: int
    told_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True)
class CallSums:
    """What stands how in a call; a stand in which nothing is has no sum."""

    by_stand: Mapping[Stand, StandSum]

    def count(self, stands: frozenset[Stand]) -> int:
        """Return how many stand in one of these."""
        return sum(each.number for each in self._of(stands))

    def count_kept(self, stands: frozenset[Stand]) -> int:
        """Return how many of these are not erased."""
        return sum(each.kept for each in self._of(stands))

    @property
    def untold(self) -> int:
        """Of how much of what lies before the desk nobody was told."""
        return sum(each.untold for each in self._of(AT_DESK))

    @property
    def told_at(self) -> datetime | None:
        """When a decision was told last."""
        return _last(each.told_at for each in self._of(CURRENT))

    @property
    def published_at(self) -> datetime | None:
        """When something was published last that the public can still read."""
        return _last(each.published_at for each in self._of(CURRENT))

    def _of(self, stands: frozenset[Stand]) -> list[StandSum]:
        return [each for stand, each in self.by_stand.items() if stand in stands]


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((each for each in moments if each is not None), default=None)
