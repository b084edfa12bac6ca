"""What happened, past tense: the kinds of lines in a history and the occasions of mails."""

from dataclasses import dataclass
from enum import StrEnum

from registration.domain.states import Actor, MoveName, State


class Event(StrEnum):
    """A line of a registration's history. The first group are moves, the second leaves state and
    version alone."""

    REGISTERED = "registered"
    NOMINATED = "nominated"
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    PUT_ON_RESERVE = "put_on_reserve"
    LAPSED = "lapsed"
    COMPLETED = "completed"
    APPROVED = "approved"
    RETURNED = "returned"
    DECLINED = "declined"
    CORRECTED = "corrected"
    AMENDED = "amended"
    ACCEPTED = "accepted"
    PROMOTED = "promoted"
    REPLACED = "replaced"
    SWAPPED = "swapped"
    WITHDRAWN = "withdrawn"

    REGISTERED_AGAIN = "registered_again"
    LINK_ASKED = "link_asked"
    EMAIL_CHANGED = "email_changed"
    FILE_OPENED = "file_opened"
    LETTER_OPENED = "letter_opened"
    FILE_FAILED = "file_failed"
    MAIL_SENT_AGAIN = "mail_sent_again"
    NOTED = "noted"
    ERASED = "erased"
    ARRIVED = "arrived"
    ARRIVAL_UNDONE = "arrival_undone"
    LISTING_CHANGED = "listing_changed"
    BADGE_PRINTED = "badge_printed"
    CERTIFICATE_SENT = "certificate_sent"

    # Lines of a meeting's own chain.
    BATCH_ASKED = "batch_asked"
    COLLECTION_OPENED = "collection_opened"
    TEXT_CHANGED = "text_changed"
    DATES_CHANGED = "dates_changed"
    SEATS_CHANGED = "seats_changed"
    DELEGATION_CHANGED = "delegation_changed"

    # Lines of a staff account's own chain.
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # the name of an event
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_MAILED = "account_mailed"


_EVENTS = {
    MoveName.REGISTER: Event.REGISTERED,
    MoveName.JOIN_RESERVE: Event.REGISTERED,
    MoveName.NOMINATE: Event.NOMINATED,
    MoveName.ENTER: Event.ENTERED,
    MoveName.LAPSE: Event.LAPSED,
    MoveName.COMPLETE: Event.COMPLETED,
    MoveName.APPROVE: Event.APPROVED,
    MoveName.RETURN: Event.RETURNED,
    MoveName.DECLINE: Event.DECLINED,
    MoveName.CORRECT: Event.CORRECTED,
    MoveName.AMEND: Event.AMENDED,
    MoveName.ACCEPT: Event.ACCEPTED,
    MoveName.PROMOTE: Event.PROMOTED,
    MoveName.REPLACE: Event.REPLACED,
    MoveName.SWAP: Event.SWAPPED,
    MoveName.WITHDRAW: Event.WITHDRAWN,
}


def event_of(move: MoveName, to: State) -> Event:
    """Return the line of history that the move writes when it leads to the state."""
    if move is MoveName.CONFIRM:
        return Event.PUT_ON_RESERVE if to is State.RESERVE else Event.CONFIRMED
    return _EVENTS[move]


class Occasion(StrEnum):
    """Why a mail is written. The Secretariat's own begin with "staff_", copies with "copy_"."""

    CONFIRM_ADDRESS = "confirm_address"
    ALREADY_REGISTERED = "already_registered"
    RECEIVED = "received"
    ENTERED_ON_BEHALF = "entered_on_behalf"
    NOMINATED = "nominated"
    RETURNED = "returned"
    DECLINED = "declined"
    ON_RESERVE = "on_reserve"
    PROMOTED = "promoted"
    INVITED = "invited"
    LETTER_REISSUED = "letter_reissued"
    AMENDED = "amended"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    LINK_AGAIN = "link_again"
    CONFIRM_NEW_ADDRESS = "confirm_new_address"
    ADDRESS_CHANGED = "address_changed"
    PASSPORT_FAILED = "passport_failed"
    SCAN_FAILED = "scan_failed"
    CERTIFICATE = "certificate"
    COPY_RECEIVED = "copy_received"
    COPY_INVITED = "copy_invited"
    COPY_ACCEPTED = "copy_accepted"
    COPY_WITHDRAWN = "copy_withdrawn"
    STAFF_NEW_ENTRY = "staff_new_entry"
    STAFF_ACCEPTED = "staff_accepted"
    STAFF_WITHDRAWN = "staff_withdrawn"
    #: A message of the sign-in library (password, codes), carried as ready text.
    STAFF_ACCOUNT = "staff_account"


@dataclass(frozen=True, kw_only=True)
class By:
    """Who does something. staff_id, name: the account and its name when it is one of the staff."""

    actor: Actor
    staff_id: int | None = None
    name: str | None = None


DELEGATE = By(actor=Actor.DELEGATE)
FOCAL_POINT = By(actor=Actor.FOCAL_POINT)
CLOCK = By(actor=Actor.CLOCK)
