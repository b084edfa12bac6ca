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
    """One kind of data in words. until: the day on which it is erased."""

    what: str
    until: date


def list_own(registration: Registration, meeting: Meeting) -> list[OwnHolding]:
    """Return what is held of this person. Papers for several people are the desk's own affair."""
    counts = holdings.count_held(db.session(), meeting.id, registration.id)
    return [
        OwnHolding(what, erased_on(kind, meeting))
        for kind, what in _words().items()
        if counts[kind]
    ]


def _words() -> dict[Kind, str]:
    return {
        Kind.PASSPORT: gettext("Copy of your passport"),
        Kind.READING: gettext("What a program read in it"),
        Kind.PERSON: gettext("Name, institution, position, addresses"),
        Kind.LETTER: gettext("Your invitation letter"),
        Kind.ACCEPTANCE: gettext("Your acceptance: name, network address, browser"),
        Kind.SIGNATURE: gettext("Your drawn signature"),
        Kind.SIGNED_LETTER: gettext("The scan of your signed letter"),
        Kind.RECORD: gettext("The record of your acceptance"),
        Kind.MAIL: gettext("The messages sent to you"),
        Kind.HISTORY: gettext("The history of your registration"),
    }
