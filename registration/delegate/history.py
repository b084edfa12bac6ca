"""The history of an entry as its delegate reads it: what happened, never who at the Secretariat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from registration.domain.events import Event
from registration.domain.openings import list_openings
from registration.domain.papers import HistoryLine
from registration.language import openings
from registration.web.templates import current_words
from registration.web.words import gettext


@dataclass(frozen=True)
class ToldLine:
    """One line of the timeline, as its macro reads it. kind: "done", "now", "attention" or ""."""

    text: str
    at: datetime
    kind: str = ""
    who: str = ""


_KINDS = {
    Event.APPROVED: "done",
    Event.ACCEPTED: "done",
    Event.ARRIVED: "done",
    Event.TICKET_ISSUED: "done",
    Event.STAY_BOOKED: "done",
    Event.TICKET_CANCELLED: "attention",
    Event.PROMOTED: "now",
    Event.RETURNED: "attention",
    Event.FILE_FAILED: "attention",
}


def tell(lines: Iterable[HistoryLine]) -> list[ToldLine]:
    """Return the lines that tell a delegate something, in their order."""
    sentences = _sentences()
    return [
        ToldLine(_sentence(line, sentences), line.at, _KINDS.get(line.event, ""))
        for line in lines
        if line.event in sentences
    ]


def _sentence(line: HistoryLine, sentences: dict[Event, str]) -> str:
    if line.event is Event.AMENDED and "letter" in line.facts:
        return gettext("New letter issued; it replaces the one before")
    if line.event is Event.APPROVED and "letter" not in line.facts:
        return gettext("Registration approved")
    return sentences[line.event]


def tell_openings(lines: Iterable[HistoryLine]) -> list[ToldLine]:
    """Return who opened what the delegate sent: the desk and why, never who of its people."""
    words = current_words()
    return [
        ToldLine(openings.sentence(each, words), each.last_at, who=openings.desk(each.why, words))
        for each in list_openings(lines)
    ]


def _sentences() -> dict[Event, str]:
    """Openings are told apart from these; notes of the desk are its own account."""
    return {
        Event.REGISTERED: gettext("Registration sent"),
        Event.NOMINATED: gettext("Nominated by your delegation"),
        Event.ENTERED: gettext("Entered by the Secretariat on your behalf"),
        Event.CONFIRMED: gettext("E-mail address confirmed"),
        Event.PUT_ON_RESERVE: gettext("E-mail address confirmed; on the reserve list"),
        Event.COMPLETED: gettext("Registration completed"),
        Event.APPROVED: gettext("Registration approved, invitation letter issued"),
        Event.RETURNED: gettext("Returned for correction"),
        Event.CORRECTED: gettext("Corrected by you"),
        Event.AMENDED: gettext("Corrected by the Secretariat"),
        Event.ACCEPTED: gettext("Invitation letter accepted"),
        Event.PROMOTED: gettext("Moved up from the reserve list"),
        Event.SWAPPED: gettext("Seats of the delegation swapped"),
        Event.FILE_FAILED: gettext("A file that was sent could not be opened"),
        Event.LINK_ASKED: gettext("Private link sent again"),
        Event.EMAIL_CHANGED: gettext("New e-mail address confirmed"),
        Event.LISTING_CHANGED: gettext("Answer about the list of participants changed"),
        Event.SEGMENTS_CHANGED: gettext("What you attend was changed"),
        Event.TRAVEL_TOLD: gettext("Travel data given"),
        Event.TRAVEL_OPENED: gettext("Travel data shown to the travel desk"),
        Event.NEEDS_TOLD: gettext("Answer about diet and accessibility given"),
        Event.TICKET_ISSUED: gettext("Air ticket issued"),
        Event.TICKET_CHANGED: gettext("Air ticket changed"),
        Event.TICKET_CANCELLED: gettext("Air ticket cancelled"),
        Event.STAY_BOOKED: gettext("Hotel room booked"),
        Event.STAY_CANCELLED: gettext("Hotel room cancelled"),
        Event.ARRIVED: gettext("Arrival at the meeting recorded"),
        Event.ARRIVAL_UNDONE: gettext("Record of the arrival taken back"),
        # Of an entry that is erased as a whole no history is shown: this is its passport's.
        Event.ERASED: gettext("Copy of the passport erased"),
    }
