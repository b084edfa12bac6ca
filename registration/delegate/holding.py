"""What is kept of a delegate and until when, as the delegate reads it."""

from dataclasses import dataclass
from datetime import date

from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.retention import Kind, erased_on
from registration.store.database import db
from registration.store.reading import holdings
from registration.web.words import gettext


@dataclass(frozen=True)
class OwnHolding:
    """What is erased on one day. kinds: of data, in words."""

    until: date
    kinds: tuple[str, ...]


def list_own(registration: Registration, meeting: Meeting) -> list[OwnHolding]:
    """Return what is held of this person. Papers for several people are the desk's own affair."""
    counts = holdings.count_held(db.session(), meeting.id, registration.id)
    by_day: dict[date, list[str]] = {}
    for kind, words in _words().items():
        if counts[kind]:
            by_day.setdefault(erased_on(kind, meeting), []).append(words)
    return [OwnHolding(day, tuple(by_day[day])) for day in sorted(by_day)]


def _words() -> dict[Kind, str]:
    return {
        Kind.PASSPORT: gettext("Copy of your passport"),
        Kind.READING: gettext("What a program read in it"),
        Kind.TRAVEL: gettext("Your travel data"),
        Kind.TICKET: gettext("Your air ticket"),
        Kind.TICKET_FILE: gettext("The file of your air ticket"),
        Kind.STAY: gettext("Your hotel room"),
        Kind.NEEDS: gettext("Diet and accessibility"),
        Kind.PERSON: gettext("Name, institution, position, addresses"),
        Kind.LETTER: gettext("Your invitation letter"),
        Kind.ACCEPTANCE: gettext("Your acceptance: name, network address, browser"),
        Kind.SIGNATURE: gettext("Your drawn signature"),
        Kind.SIGNED_LETTER: gettext("The scan of your signed letter"),
        Kind.RECORD: gettext("The record of your acceptance"),
        Kind.MAIL: gettext("The messages sent to you"),
        Kind.HISTORY: gettext("The history of your registration"),
    }
