"""How long personal data are kept, and what is said of their erasure.

IOM's data-protection principles and the GDPR (Art. 5(1)(e), 17) ask the same: no longer than the
purpose needs, and on request. Nothing here is personal: a reason is chosen, never typed, so that
the record of an erasure holds nothing that would have to be erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from registration.domain.ids import FileId, MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.refusals import DataErased, StillLive
from registration.domain.registrations import Registration
from registration.domain.states import LIVE


class Kind(StrEnum):
    """A kind of personal data, in the order in which pages and records name them."""

    PASSPORT = "passport"
    READING = "reading"
    TRAVEL = "travel"
    TICKET = "ticket"
    TICKET_FILE = "ticket_file"
    STAY = "stay"
    NEEDS = "needs"
    PERSON = "person"
    LETTER = "letter"
    ACCEPTANCE = "acceptance"
    SIGNATURE = "signature"
    SIGNED_LETTER = "signed_letter"
    RECORD = "record"
    MAIL = "mail"
    HISTORY = "history"
    COLLECTION = "collection"
    NOTE = "note"
    REQUEST = "request"
    NOMINATION = "nomination"
    #: What was sent to calls, with the files beside it.
    SUBMISSION = "submission"


#: What goes first: nothing but the journey needs a passport, nor what was arranged for it.
OF_PASSPORTS = frozenset(
    {Kind.PASSPORT, Kind.READING, Kind.TRAVEL, Kind.TICKET, Kind.TICKET_FILE}
    | {Kind.STAY, Kind.NEEDS}
)


class Remaining(StrEnum):
    """What stays when all is erased, none of it a person's."""

    REGISTRATION = "registration"
    LETTER = "letter"
    ACCEPTANCE = "acceptance"
    HISTORY = "history"
    ARRIVAL = "arrival"
    SUBMISSION = "submission"


class Scope(StrEnum):
    """Of what an erasure is: a meeting's passports, all that a meeting holds, or one entry."""

    PASSPORTS = "passports"
    MEETING = "meeting"
    ENTRY = "entry"


class Reason(StrEnum):
    """Why. DATE: the meeting's own. RESTORED: a backup had brought back what was erased."""

    DATE = "date"
    REQUEST = "request"
    MISTAKE = "mistake"
    ORDER = "order"
    RESTORED = "restored"


#: What somebody at the desk can give.
CHOSEN_REASONS = (Reason.REQUEST, Reason.MISTAKE, Reason.ORDER)


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """An erasure. asked_by: the member of the staff, or None for the clock.

    record: its sealed record, or None while it is not finished.
    """

    id: UUID
    meeting_id: MeetingId
    registration_id: RegistrationId | None
    scope: Scope
    reason: Reason
    asked_by: int | None
    erased: Mapping[Kind, int]
    remains: Mapping[Remaining, int]
    erased_at: datetime
    record: FileId | None


def erased_on(kind: Kind, meeting: Meeting) -> date:
    """Return the day, in the meeting's zone, on which this kind of data is erased."""
    return meeting.passports_erased_on if kind in OF_PASSPORTS else meeting.erased_on


def find_due(meeting: Meeting, *, now: datetime) -> Scope | None:
    """Return what the meeting's dates ask to erase by now (aware), or None."""
    today = now.astimezone(meeting.zone).date()
    if today >= meeting.erased_on:
        return Scope.MEETING
    return Scope.PASSPORTS if today >= meeting.passports_erased_on else None


def refuse_erasure(
    registration: Registration, meeting: Meeting, *, now: datetime
) -> DataErased | StillLive | None:
    """Return why one person's entry cannot be erased on request, or None.

    now: aware. Until the meeting is over a live entry is withdrawn first: the seat becomes free,
    the letter is withdrawn, and the person is told while there is an address to write to.
    """
    if registration.erased_at is not None:
        return DataErased()
    is_over = now.astimezone(meeting.zone).date() > meeting.last_day
    if registration.state in LIVE and not is_over:
        return StillLive()
    return None
