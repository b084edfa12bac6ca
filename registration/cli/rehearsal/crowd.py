"""Who comes, and how: by the public form, by the desk, by the link of a delegation."""

from itertools import cycle, islice

from registration.cli.rehearsal.people import Cast, Person, find_limited
from registration.cli.rehearsal.segment_scenes import TOLD
from registration.domain.meeting import Delegation, Meeting
from registration.domain.program import Segment

#: A segment that needs more people than these beside those who come anyway is not filled.
_MOST_TO_FILL = 500


class Crowd:
    """All who take part in a meeting. people: how many at least.

    linked: the delegation that is opened by its link alone, or None. full: the segment that is
    filled by those who come, or None. by_form: who fills in the public form: those of delegations
    first, then people of the categories that register themselves. by_desk: the delegate whom the
    desk enters.
    """

    def __init__(self, cast: Cast, meeting: Meeting, people: int) -> None:
        self._cast = cast
        self._categories = [each for each in meeting.categories if not each.takes_forms]
        self._languages = len(meeting.languages)
        open_ones = [each for each in meeting.categories if each.takes_forms]
        self.linked = _choose_linked(meeting)
        seated = [
            each
            for group in meeting.delegations
            if group is not self.linked
            for each in cast.fill(group)
        ]
        self.by_form = seated[:-1] or seated
        self.by_desk = seated[-1:] if len(seated) > 1 else []
        self.by_form += [cast.make(each) for each in open_ones]
        limited = find_limited(meeting)
        needed = 0 if limited is None else (limited.capacity or 0) + TOLD - len(self.by_form)
        more = people - sum(each.seats for each in meeting.delegations) - len(open_ones)
        if needed <= _MOST_TO_FILL:
            more = max(more, needed)
        if open_ones:
            self.by_form += [cast.make(each) for each in islice(cycle(open_ones), max(more, 0))]
        self.full = _choose_full(limited, len(self.by_form))

    def list_with_letter(self) -> list[Person]:
        """Return people of the categories that the desk enters and that get a letter: one of each
        in every language."""
        return [
            self._cast.make(each)
            for each in self._categories
            if each.asks_letter
            for _ in range(self._languages)
        ]

    def list_of_nothing_asked(self) -> list[Person]:
        """Return somebody of each category that the desk enters and of which nothing is asked."""
        return [self._cast.make(each) for each in self._categories if each.asks_nothing]


def _choose_linked(meeting: Meeting) -> Delegation | None:
    others = meeting.delegations[1:]
    return next((each for each in reversed(others) if not each.labels), None)


def _choose_full(limited: Segment | None, number: int) -> Segment | None:
    if limited is None or number < (limited.capacity or 0) + TOLD:
        return None
    return limited
