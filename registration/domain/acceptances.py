"""What is kept of an acceptance: a simple electronic signature with tamper-evident evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registration.domain.events import Event
from registration.domain.ids import Language
from registration.domain.papers import HistoryLine
from registration.domain.states import Actor


class ConfirmedHow(StrEnum):
    """How the address was confirmed to which the letter went.

    LINK: by the link mailed to it. SECRETARIAT: entered by the Secretariat, which vouched for it.
    COMPLETED: a nominated delegate completed the entry through the link mailed to it. NEW_ADDRESS:
    changed by the delegate, and confirmed by a link of its own. AMENDED: changed by the
    Secretariat. UNKNOWN: no line tells of it.
    """

    LINK = "link"
    SECRETARIAT = "secretariat"
    COMPLETED = "completed"
    NEW_ADDRESS = "new_address"
    AMENDED = "amended"
    UNKNOWN = "unknown"


_CONFIRMING = {
    Event.CONFIRMED: ConfirmedHow.LINK,
    Event.PUT_ON_RESERVE: ConfirmedHow.LINK,
    Event.ENTERED: ConfirmedHow.SECRETARIAT,
    Event.COMPLETED: ConfirmedHow.COMPLETED,
    Event.EMAIL_CHANGED: ConfirmedHow.NEW_ADDRESS,
}


@dataclass(frozen=True)
class Confirmation:
    """How and when the address was confirmed. at: aware UTC, or None where nothing tells it."""

    how: ConfirmedHow
    at: datetime | None


def find_confirmation(lines: Iterable[HistoryLine]) -> Confirmation:
    """Return how the address now in force was confirmed. lines: of the entry, the newest first."""
    for line in lines:
        if line.event is Event.AMENDED and line.facts.get("address") == "changed":
            return Confirmation(ConfirmedHow.AMENDED, line.at)
        if line.event in _CONFIRMING:
            return Confirmation(_CONFIRMING[line.event], line.at)
    return Confirmation(ConfirmedHow.UNKNOWN, None)


@dataclass(frozen=True, kw_only=True)
class AcceptanceEvidence:
    """The evidence of part 6 of the design.

    letter_sha256: hexadecimal, of the sealed letter's bytes. letter_number: "RCM-7K2M4QXZ/1".
    email: the delegate's address, to which the private link went. confirmation: of that address.
    terms: the words accepted, in `language`. accepted_at: aware UTC.
    address: the network address of the browser. browser: its User-Agent, cut at 300 characters.
    signature_png: the drawn signature as PNG bytes, or None. signed_letter: whether a signed scan
    is kept. by: DELEGATE, or SECRETARIAT with the scan or at_the_door, where the person drew the
    signature before the staff; entered_by: the staff member's name then.
    """

    letter_number: str
    letter_sha256: str
    letter_issued_at: datetime
    email: str
    confirmation: Confirmation
    language: Language
    terms: tuple[str, ...]
    typed_name: str
    accepted_at: datetime
    address: str
    browser: str
    signature_png: bytes | None
    signed_letter: bool
    by: Actor
    entered_by: str | None
    at_the_door: bool = False
