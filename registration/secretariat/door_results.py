"""What the door is told of a scan, a search or a click: who it is, and in one word whether to let
the person in."""

from collections.abc import Sequence
from dataclasses import dataclass

from registration.domain.attendance import refuse_arrival
from registration.domain.desk_refusals import NotExpected
from registration.domain.door_refusals import DoorRefusal
from registration.domain.ids import DelegationKey
from registration.domain.meeting import Meeting
from registration.domain.names import canonical_name
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.registrar.arriving import Arrived
from registration.store.database import db
from registration.store.reading import arrivals
from registration.store.reading.arrivals import Came, Expected
from registration.web.templates import refusal_sentence, short_moment
from registration.web.words import gettext

#: As many as a search shows.
MOST_FOUND = 20


@dataclass(frozen=True)
class Card:
    """One person at the door, or a scan that led to nobody. kind: "done", "attention", "failure".

    word: "Welcome"; never colour alone. may_come: whether the arrival can be recorded now.
    """

    kind: str
    word: str
    sentence: str
    registration: Registration | None = None
    came: Came | None = None
    may_come: bool = False


def make_card(registration: Registration) -> Card:
    """Return how the person stands at the door, with nothing recorded."""
    came = arrivals.find_came(db.session(), registration.id)
    if came is not None:
        return Card("done", gettext("Here"), _since(came), registration, came)
    refusal = refuse_arrival(registration.state)
    if refusal is not None:
        return _refused(registration, refusal)
    sentence = gettext("Expected, and not here yet.")
    return Card("attention", gettext("Not here yet"), sentence, registration, may_come=True)


def tell_result(registration: Registration, result: Arrived | Refusal) -> Card:
    """Return what came of recording an arrival."""
    if not isinstance(result, Arrived):
        return _refused(registration, result)
    came = Came(result.at, result.seen_by)
    if not result.is_new:
        return _came(registration, came)
    sentence = gettext("Recorded: %(moment)s.", moment=short_moment(result.at))
    return Card("done", gettext("Welcome"), sentence, registration, came)


def tell_nobody(refusal: DoorRefusal) -> Card:
    """Return why a scan led to nobody."""
    return Card("failure", gettext("Not recorded"), refusal_sentence(refusal))


def find_people(meeting: Meeting, text: str) -> Sequence[Expected]:
    """Return whom the text may mean: every word of it in the name, the number or the delegation.
    Case and accents do not matter. Nobody for less than two characters."""
    plain = canonical_name(text)
    if len(plain) < 2:
        return []
    words = [(each, _list_named(meeting, each)) for each in plain.split(" ")]
    return arrivals.search(db.session(), meeting.id, words, limit=MOST_FOUND)


def _list_named(meeting: Meeting, word: str) -> list[DelegationKey]:
    return [
        each.key
        for each in meeting.delegations
        if any(word in canonical_name(each.name[language]) for language in each.name)
    ]


def _came(registration: Registration, came: Came) -> Card:
    unchanged = gettext("Nothing was changed.")
    sentence = f"{_since(came)} {unchanged}"
    return Card("attention", gettext("Already here"), sentence, registration, came)


def _since(came: Came) -> str:
    moment = short_moment(came.at)
    if not came.staff_name:
        return gettext("Here since: %(moment)s.", moment=moment)
    # Translators: who: the name of the account that recorded the arrival
    return gettext("Here since: %(moment)s (%(who)s).", moment=moment, who=came.staff_name)


def _refused(registration: Registration, refusal: Refusal) -> Card:
    word = gettext("Not expected") if isinstance(refusal, NotExpected) else gettext("Not recorded")
    return Card("failure", word, refusal_sentence(refusal), registration)
