"""What a mail may say, gathered before it is written. Nothing here is looked up later."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr

from registration.domain.calls import Call
from registration.domain.events import Occasion
from registration.domain.ids import Language
from registration.domain.journeys import Stay, Ticket
from registration.domain.meeting import Delegation, Meeting
from registration.domain.registrations import Registration
from registration.domain.segments import Choice
from registration.domain.states import State
from registration.domain.submissions import Submission

_NO_LINK = frozenset(
    {
        Occasion.DECLINED,
        Occasion.WITHDRAWN,
        Occasion.ADDRESS_CHANGED,
        Occasion.COPY_RECEIVED,
        Occasion.COPY_INVITED,
        Occasion.COPY_ACCEPTED,
        Occasion.COPY_CONFIRMED,
        Occasion.COPY_WITHDRAWN,
        Occasion.FOCAL_POINT_TOLD,
        Occasion.STAFF_NEW_ENTRY,
        Occasion.STAFF_ACCEPTED,
        Occasion.STAFF_WITHDRAWN,
        Occasion.STAFF_TICKET_TO_CANCEL,
        Occasion.STAFF_TRAVELLER_CHANGED,
        Occasion.STAFF_ROOM_TO_CANCEL,
        Occasion.STAFF_ACCOUNT,
        Occasion.STAFF_INVITED,
        Occasion.SUBMISSION_WITHDRAWN,
        Occasion.STAFF_SUBMISSION,
    }
)


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with the mail. media_type: "application/pdf"."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class ReadyText:
    """A message written elsewhere (the sign-in library), in its recipient's language."""

    subject: str
    text: str


@dataclass(frozen=True)
class Note:
    """What the desk wrote, with this recipient's fields in their places."""

    subject: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MailFacts:
    """Everything the templates know.

    link: the private link, or None where this recipient may have none (`may_carry_link`).
    desk_link: the address of the entry at the desk, for the Secretariat's mails.
    letter_number: of the letter in force, "RCM-7K2M4QXZ/1". reason: what the Secretariat wrote.
    confirm_until: aware UTC, the first instant at which the address cannot be confirmed any more.
    pages: the meeting's public page by language. note: the desk's own words, of a message.
    meeting: None only for a `ready` message; registration also for what goes to a focal point.
    delegation, focal_name, deadline: of mails about a delegation: whose, to whom, and the first
    instant at which it cannot register any more. state: what the entry came to.
    call, submission: of mails about what was sent to a call. leave_link: of one that is left by one
    click, the page of that click.
    ticket, stay: as they stand when the mail is built, None where there is none; and so choices:
    what the person attends or would like to.
    """

    meeting: Meeting | None = None
    registration: Registration | None = None
    link: str | None = None
    desk_link: str | None = None
    letter_number: str | None = None
    reason: str | None = None
    confirm_until: datetime | None = None
    pages: tuple[tuple[Language, str], ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    delegation: Delegation | None = None
    focal_name: str = ""
    deadline: datetime | None = None
    state: State | None = None
    ticket: Ticket | None = None
    stay: Stay | None = None
    choices: tuple[Choice, ...] = ()
    ready: ReadyText | None = None
    note: Note | None = None
    call: Call | None = None
    submission: Submission | None = None
    leave_link: str | None = None


def may_carry_link(occasion: Occasion, recipient: str, registration: Registration) -> bool:
    """Return whether a mail to the recipient may hold the registration's private link.

    Only the address on the stored entry gets it, and, to confirm itself, the new address (design,
    part 7). A final entry's mails have none: there is nothing left to do behind it.
    """
    if occasion in _NO_LINK:
        return False
    owner = registration.particulars.email
    if occasion is Occasion.CONFIRM_NEW_ADDRESS:
        owner = registration.new_email or ""
    return bool(owner) and _address(recipient) == _address(owner)


def may_carry_submission_link(occasion: Occasion, recipient: str, submission: Submission) -> bool:
    """Return whether a mail to the recipient may hold the private link of what was sent to a call:
    the address that sent it, and no other."""
    return occasion not in _NO_LINK and _address(recipient) == _address(submission.sender.email)


def _address(text: str) -> str:
    """Addresses are compared letter by letter but for case: a "+tag" is another mailbox here."""
    return parseaddr(text)[1].casefold()
