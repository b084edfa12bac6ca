"""The history of a delegation at the desk, in words."""

from collections.abc import Iterable
from datetime import datetime

from registration.domain.events import Event
from registration.domain.meeting import Addressee, Admission
from registration.domain.papers import HistoryLine
from registration.language import moves
from registration.secretariat.history_words import ToldLine
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import capitalize_first, current_words
from registration.web.words import gettext

_KINDS = {
    Event.LINK_SENT: "now",
    Event.LINK_REVOKED: "attention",
    Event.SEATS_CHANGED: "now",
    Event.DATES_CHANGED: "now",
}


def tell_lines(lines: Iterable[HistoryLine]) -> list[ToldLine]:
    """Return the lines about a delegation in words, in their order."""
    return [
        ToldLine(_text(line), _who(line), line.at, _KINDS.get(line.event, "")) for line in lines
    ]


def _who(line: HistoryLine) -> str:
    name = line.staff_name or line.details.get("staff")
    return name or capitalize_first(moves.actor_name(line.actor, current_words()))


def _text(line: HistoryLine) -> str:
    reason = line.details.get("reason", "")
    if not reason:
        return _sentence(line)
    # Translators: a line of a history: what was done, and why
    return gettext("%(what)s: “%(reason)s”", what=_sentence(line), reason=reason)


def _sentence(line: HistoryLine) -> str:
    match line.event:
        case Event.LINK_SENT:
            address = line.details.get("focal_email", "")
            return gettext("sent the private link to %(address)s", address=address)
        case Event.LINK_REVOKED:
            return gettext("revoked the private link and made another one")
        case Event.DATES_CHANGED:
            return _deadline(line.facts.get("deadline", ""))
        case Event.SEATS_CHANGED:
            return _seats(line.facts.get("what", ""))
        case Event.SWAPPED:
            return gettext("swapped the seats of two delegates")
    return _setting(line.facts.get("what", ""), line.facts.get("to", ""))


def _deadline(until: str) -> str:
    if not until:
        return gettext("took the later date back")
    moment = current_words().last_minute(datetime.fromisoformat(until), get_current_meeting().zone)
    return gettext("gave the delegation time to register until %(moment)s", moment=moment)


def _seats(what: str) -> str:
    return {
        "one_more": gettext("added a seat"),
        "one_less": gettext("took a free seat away"),
    }.get(what, gettext("added the delegation"))


def _setting(what: str, to: str) -> str:
    return {
        ("admission", Admission.LINK.value): gettext("closed registration to all but the link"),
        ("admission", Admission.OPEN.value): gettext("opened registration to everybody"),
        ("addressee", Addressee.PERSON.value): gettext("addressed the letters to the person"),
        ("addressee", Addressee.INSTITUTION.value): gettext(
            "addressed the letters to the institution"
        ),
        ("head", "yes"): gettext("said that number 1 leads the delegation"),
        ("head", "no"): gettext("said that the delegation has no head"),
    }.get((what, to), gettext("named the focal point"))
