"""The history and the mails of an entry in words, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from registration.domain.events import Event
from registration.domain.openings import Opening, is_opening, list_openings
from registration.domain.papers import HistoryLine, MailStatus
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import OCCASIONS
from registration.domain.retention import Scope
from registration.domain.states import Actor
from registration.language import moves, openings
from registration.registrar.signing import AT_THE_DOOR
from registration.secretariat.occasion_words import occasion_words
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import capitalize_first, current_words
from registration.web.words import gettext


@dataclass(frozen=True)
class ToldLine:
    """One line of the timeline, as its macro reads it. kind: "done", "now", "attention" or ""."""

    text: str
    who: str
    at: datetime
    kind: str


def tell(lines: Iterable[HistoryLine]) -> list[ToldLine]:
    """Return the lines in words, in their order, but for openings of what the person sent, which
    are told apart. Openings of our letters by one person in a row are one line."""
    told: list[ToldLine] = []
    for line in lines:
        if is_opening(line):
            continue
        new = ToldLine(_text(line), _who(line), line.at, _KINDS.get(line.event, ""))
        if not (line.event is Event.LETTER_OPENED and told and _same(told[-1], new)):
            told.append(new)
    return told


def tell_openings(lines: Iterable[HistoryLine]) -> list[ToldLine]:
    """Return who opened what the person sent, by name, and why."""
    words = current_words()
    return [
        ToldLine(
            openings.sentence(each, words),
            each.staff_name or _who_else(each),
            each.last_at,
            "",
        )
        for each in list_openings(lines)
    ]


def line_words(line: HistoryLine) -> str:
    """Return any line in words, openings too, after the name of who did it."""
    told = list_openings([line])
    return openings.sentence(told[0], current_words()) if told else _text(line)


def _who_else(opening: Opening) -> str:
    if opening.actor is Actor.CLOCK:
        return openings.desk(opening.why, current_words())
    return capitalize_first(moves.actor_name(opening.actor, current_words()))


def mail_status_words(status: MailStatus) -> str:
    """Return where a mail stands."""
    return {
        MailStatus.DUE: gettext("On its way"),
        MailStatus.SENT: gettext("Sent"),
        MailStatus.FAILED: gettext("Did not arrive: the mail server did not answer for a day"),
        MailStatus.REFUSED: gettext("Did not arrive: the address was refused"),
    }[status]


_KINDS = {
    Event.APPROVED: "done",
    Event.ACCEPTED: "done",
    Event.ARRIVED: "done",
    Event.ARRIVAL_UNDONE: "attention",
    Event.CONFIRMED: "now",
    Event.ENTERED: "now",
    Event.COMPLETED: "now",
    Event.PROMOTED: "now",
    Event.CORRECTED: "now",
    Event.RETURNED: "attention",
    Event.RETURN_TAKEN_BACK: "now",
    Event.DECLINED: "attention",
    Event.WITHDRAWN: "attention",
    Event.FILE_FAILED: "attention",
    Event.VOUCHED: "done",
    Event.DISOWNED: "attention",
    Event.NOTE_VERBALE_RECORDED: "done",
    Event.NOTE_VERBALE_TAKEN_BACK: "attention",
}


def _who(line: HistoryLine) -> str:
    name = line.staff_name or line.details.get("staff")
    return name or capitalize_first(moves.actor_name(line.actor, current_words()))


def _same(one: ToldLine, other: ToldLine) -> bool:
    return (one.text, one.who, one.at.date()) == (other.text, other.who, other.at.date())


def _text(line: HistoryLine) -> str:
    reason = line.details.get("reason", "")
    if not reason:
        return _sentence(line)
    # Translators: a line of a history: what was done, and why
    return gettext("%(what)s: “%(reason)s”", what=_sentence(line), reason=reason)


def _sentence(line: HistoryLine) -> str:
    match line.event:
        case Event.FILE_FAILED:
            return _failed(line)
        case Event.MAIL_SENT_AGAIN:
            subject = occasion_words(line.facts["occasion"])
            return gettext("sent a message again: %(subject)s", subject=subject)
        case Event.LISTING_CHANGED if line.facts.get("listed") == "yes":
            return gettext("agreed to be printed in the list of participants")
        case Event.LISTING_CHANGED:
            return gettext("asked not to be printed in the list of participants")
        case Event.SEGMENTS_CHANGED:
            return _segments_changed(line)
        case Event.APPROVED if "letter" not in line.facts:
            return gettext("approved it")
        case Event.ERASED:
            return _erased(line)
        case Event.AMENDED if "letter" in line.facts:
            return _reissued(line)
        case Event.REMINDED:
            occasion = OCCASIONS[Rule(line.facts["rule"])]
            return gettext("sent a message: %(subject)s", subject=occasion_words(occasion))
        case Event.ACCEPTED if line.facts.get("signed") == AT_THE_DOOR:
            return gettext("recorded that the person signed the letter at the door")
        case Event.LAPSED:
            return gettext("closed it: the address was not confirmed in time")
    return _sentences().get(line.event, line.event.value)


def _failed(line: HistoryLine) -> str:
    match line.facts.get("role"):
        case "signed_letter":
            return gettext("could not open the scan of the letter; it was destroyed")
        case "ticket":
            return gettext("could not open the file of the air ticket; it was destroyed")
        case _:
            return gettext("could not open the copy of the passport; it was destroyed")


def _segments_changed(line: HistoryLine) -> str:
    """Say what came and what went, by the titles that the file has now."""
    meeting, language = get_current_meeting(), current_words().language
    parts = []
    for sign, name in (("+", "segments"), ("\u2212", "segments_left")):
        for key in line.facts.get(name, "").split():
            segment = meeting.find_segment(key)
            parts.append(f"{sign}\u00a0{segment.title[language] if segment else key}")
    return gettext("changed what the person attends: %(what)s", what=", ".join(parts))


def _erased(line: HistoryLine) -> str:
    if line.facts.get("scope") == Scope.PASSPORTS:
        return gettext("erased the copy of the passport")
    return gettext("erased the personal data")


def _reissued(line: HistoryLine) -> str:
    if any(each.startswith("old_") for each in line.details):
        return gettext("corrected the data at the desk; the letter was issued anew")
    return gettext("issued the letter anew")


def _sentences() -> dict[Event, str]:
    return {
        Event.LETTER_OPENED: gettext("opened the letter"),
        Event.FILE_OPENED: gettext("opened the note verbale"),
        Event.REGISTERED: gettext("sent the registration"),
        Event.NOMINATED: gettext("nominated this person"),
        Event.ENTERED: gettext("entered the registration on behalf of the person"),
        Event.CONFIRMED: gettext("confirmed the e-mail address"),
        Event.PUT_ON_RESERVE: gettext("confirmed the e-mail address; no seat was free"),
        Event.COMPLETED: gettext("completed the registration"),
        Event.APPROVED: gettext("approved it; the letter was issued"),
        Event.RETURNED: gettext("returned it for correction"),
        Event.RETURN_TAKEN_BACK: gettext("took the return for correction back"),
        Event.DECLINED: gettext("declined it"),
        Event.CORRECTED: gettext("corrected the data"),
        Event.AMENDED: gettext("corrected the data at the desk"),
        Event.ACCEPTED: gettext("accepted the letter"),
        Event.PROMOTED: gettext("took it off the reserve list"),
        Event.REPLACED: gettext("named another person in this one's place"),
        Event.SWAPPED: gettext("swapped the seats of two delegates"),
        Event.WITHDRAWN: gettext("withdrew the registration"),
        Event.REGISTERED_AGAIN: gettext("sent the same registration again"),
        Event.LINK_ASKED: gettext("asked for the private link"),
        Event.EMAIL_CHANGED: gettext("confirmed a new e-mail address"),
        Event.NOTED: gettext("wrote a note"),
        Event.TRAVEL_TOLD: gettext("gave the travel data"),
        Event.TRAVEL_OPENED: gettext("was shown the travel data"),
        Event.NEEDS_TOLD: gettext("answered about diet and accessibility"),
        Event.TICKET_ISSUED: gettext("recorded the air ticket"),
        Event.TICKET_CHANGED: gettext("changed the air ticket"),
        Event.TICKET_CANCELLED: gettext("recorded that the air ticket is cancelled"),
        Event.STAY_BOOKED: gettext("recorded the hotel room"),
        Event.STAY_CANCELLED: gettext("recorded that the hotel room is cancelled"),
        Event.WRITTEN_TO: gettext("wrote a message to this person"),
        Event.ARRIVED: gettext("recorded the arrival at the door"),
        Event.ARRIVAL_UNDONE: gettext("took the record of the arrival back"),
        Event.VOUCHED: gettext("said that this person is the delegation's"),
        Event.DISOWNED: gettext("said that this person is not the delegation's"),
        Event.NOTE_VERBALE_RECORDED: gettext("recorded the note verbale that names this person"),
        Event.NOTE_VERBALE_TAKEN_BACK: gettext("took the record of the note verbale back"),
        Event.BATCH_ASKED: gettext("asked for work on many registrations"),
        Event.COLLECTION_OPENED: gettext("opened a paper of the meeting"),
        Event.BADGE_PRINTED: gettext("printed the badge"),
        Event.CERTIFICATE_SENT: gettext("sent the certificate of attendance"),
    }
