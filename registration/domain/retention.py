"""How long personal data are kept, and what is said of their erasure.

IOM's data-protection principles and the GDPR (Art. 5(1)(e), 17) ask the same: no longer than the
purpose needs, and on request. Nothing here is personal: a reason is chosen, never typed, so that
the record of an erasure holds nothing that would have to be erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from registration.domain.call_refusals import SubmissionErased, SubmissionStands
from registration.domain.deadline import CONFIRMATION_TIME
from registration.domain.ids import FileId, MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.refusals import DataErased, StillLive
from registration.domain.registrations import Registration
from registration.domain.states import LIVE
from registration.domain.submissions import CURRENT, Stand, Submission


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
    """Of what an erasure is: a meeting's passports, all that a meeting holds, one entry, or one
    submission to a call. UNNEEDED: what `is_unneeded` finds, of which no record is made."""

    PASSPORTS = "passports"
    MEETING = "meeting"
    ENTRY = "entry"
    SUBMISSION = "submission"
    UNNEEDED = "unneeded"


class Reason(StrEnum):
    """Why. DATE: the meeting's own. RESTORED: a backup had brought back what was erased.
    UNNEEDED: nobody confirmed it, or somebody left."""

    DATE = "date"
    REQUEST = "request"
    MISTAKE = "mistake"
    ORDER = "order"
    RESTORED = "restored"
    UNNEEDED = "unneeded"


#: What somebody at the desk can give.
CHOSEN_REASONS = (Reason.REQUEST, Reason.MISTAKE, Reason.ORDER)

#: How long what nobody confirmed is kept after it lapsed, so that whoever comes too late reads why.
#: Its address perhaps never asked for anything.
KEPT_LAPSED = timedelta(days=7)
#: How long what somebody sent is kept who wants the news no more: until the last message is sent.
KEPT_LEFT = timedelta(days=1)
#: What is promised of both, in whole days from the sending and from the leaving: the day of the
#: erasure begins in the meeting's zone, up to a day after the time is over.
UNCONFIRMED_WITHIN_DAYS = (CONFIRMATION_TIME + KEPT_LAPSED).days + 1
LEFT_WITHIN_DAYS = KEPT_LEFT.days + 1


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """An erasure. asked_by: the member of the staff, or None for the clock.

    registration_id, submission_id: the one that it is of, both None where it is of many.
    record: its sealed record, or None while it is not finished.
    """

    id: UUID
    meeting_id: MeetingId
    registration_id: RegistrationId | None
    submission_id: UUID | None = None
    scope: Scope
    reason: Reason
    asked_by: int | None
    erased: Mapping[Kind, int]
    remains: Mapping[Remaining, int]
    erased_at: datetime
    record: FileId | None

    @property
    def one(self) -> UUID | None:
        """The entry or the submission that it is of; None where it is of many."""
        return self.registration_id or self.submission_id


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
    if registration.state in LIVE and not _is_over(meeting, now):
        return StillLive()
    return None


def refuse_submission_erasure(
    submission: Submission, meeting: Meeting, *, now: datetime
) -> SubmissionErased | SubmissionStands | None:
    """Return why what one sent to a call cannot be erased on request, or None.

    now: aware. It is withdrawn first for the same reasons as an entry.
    """
    if submission.erased_at is not None:
        return SubmissionErased()
    if submission.stand in CURRENT and not _is_over(meeting, now):
        return SubmissionStands()
    return None


def erased_by(submission: Submission, meeting: Meeting) -> date:
    """Return the day, in the meeting's zone, on which the site erases by itself what was sent."""
    unneeded = _unneeded_from(submission, meeting)
    return meeting.erased_on if unneeded is None else min(unneeded, meeting.erased_on)


def is_unneeded(
    submission: Submission, meeting: Meeting, *, is_being_told: bool, now: datetime
) -> bool:
    """Return whether nobody needs any longer what was sent, and it is to be erased.

    is_being_told: whether a message about it is still on its way. now: aware.
    """
    day = _unneeded_from(submission, meeting)
    is_due = day is not None and now.astimezone(meeting.zone).date() >= day
    return is_due and not is_being_told and submission.erased_at is None


def _unneeded_from(submission: Submission, meeting: Meeting) -> date | None:
    """Return the day as which begins nobody needs it. None: the desk does, until the meeting's own
    date, as of what was withdrawn from a call that it decides."""
    call = meeting.find_call(submission.call)
    if submission.stand not in {Stand.LAPSED, Stand.WITHDRAWN}:
        return None
    if submission.confirmed_at is None:
        kept = KEPT_LAPSED
    elif call is not None and call.leaves:
        kept = KEPT_LEFT
    else:
        return None
    return (submission.changed_at + kept).astimezone(meeting.zone).date() + timedelta(days=1)


def _is_over(meeting: Meeting, now: datetime) -> bool:
    return now.astimezone(meeting.zone).date() > meeting.last_day
