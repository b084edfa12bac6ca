"""The history of what was sent to a call, in words."""

from collections.abc import Iterable

from registration.domain.events import Event
from registration.domain.papers import HistoryLine
from registration.domain.states import Actor
from registration.secretariat.history_words import ToldLine
from registration.web.templates import capitalize_first, current_words
from registration.web.words import gettext


def tell(lines: Iterable[HistoryLine]) -> list[ToldLine]:
    """Return the lines in words, with who did it."""
    return [ToldLine(_sentence(each), _who(each), each.at, _kind(each)) for each in lines]


def _sentence(line: HistoryLine) -> str:
    told = _sentences().get(line.event, line.event.value)
    reason = line.details.get("reason", "")
    return gettext("%(what)s: “%(reason)s”", what=told, reason=reason) if reason else told


def _who(line: HistoryLine) -> str:
    if line.staff_name:
        return line.staff_name
    words = current_words()
    if line.actor is Actor.CLOCK:
        return capitalize_first(words.gettext("the site"))
    return gettext("The sender") if line.actor is Actor.DELEGATE else gettext("The Secretariat")


def _kind(line: HistoryLine) -> str:
    if line.event in {Event.CHOSEN, Event.DECISION_TOLD, Event.PUBLISHED}:
        return "done"
    return "attention" if line.event in {Event.RETURNED, Event.WITHDRAWN} else ""


def _sentences() -> dict[Event, str]:
    return {
        Event.SUBMISSION_SENT: gettext("sent it"),
        Event.SUBMISSION_BEGUN: gettext("began it"),
        Event.CONFIRMED: gettext("confirmed the e-mail address"),
        Event.LAPSED: gettext("closed it: the address was not confirmed in time"),
        Event.LINK_ASKED: gettext("asked for the private link"),
        Event.ANSWERS_WRITTEN: gettext("wrote answers"),
        Event.FILE_OPENED: gettext("opened a file"),
        Event.FILE_ATTACHED: gettext("added a file"),
        Event.FILE_REMOVED: gettext("removed a file"),
        Event.SUBMITTED: gettext("submitted it"),
        Event.RETURNED: gettext("returned it for correction"),
        Event.RECEIVED: gettext("received it"),
        Event.CHOSEN: gettext("chose it"),
        Event.CHOICE_TAKEN_BACK: gettext("took the decision back"),
        Event.PASSED_OVER: gettext("passed it over"),
        Event.DECISION_TOLD: gettext("told the decision"),
        Event.PUBLISHED: gettext("published it"),
        Event.PUBLICATION_TAKEN_BACK: gettext("took the publication back"),
        Event.WITHDRAWN: gettext("withdrew it"),
        Event.ERASED: gettext("erased the personal data"),
    }
