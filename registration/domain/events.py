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
    RETURN_TAKEN_BACK = "return_taken_back"
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
    SEGMENTS_CHANGED = "segments_changed"
    VOUCHED = "vouched"
    DISOWNED = "disowned"
    NOTE_VERBALE_RECORDED = "note_verbale_recorded"
    NOTE_VERBALE_TAKEN_BACK = "note_verbale_taken_back"
    TRAVEL_TOLD = "travel_told"
    TRAVEL_OPENED = "travel_opened"
    NEEDS_TOLD = "needs_told"
    TICKET_ISSUED = "ticket_issued"
    TICKET_CHANGED = "ticket_changed"
    TICKET_CANCELLED = "ticket_cancelled"
    STAY_BOOKED = "stay_booked"
    STAY_CANCELLED = "stay_cancelled"
    WRITTEN_TO = "written_to"
    REMINDED = "reminded"
    BADGE_PRINTED = "badge_printed"
    CERTIFICATE_SENT = "certificate_sent"

    # Lines of a meeting's own chain.
    REMINDERS_HELD = "reminders_held"
    REMINDERS_FREED = "reminders_freed"
    BATCH_ASKED = "batch_asked"
    COLLECTION_OPENED = "collection_opened"
    #: A table with personal data left the house: which, in which format, of how many.
    EXPORTED = "exported"
    TEXT_CHANGED = "text_changed"
    DATES_CHANGED = "dates_changed"
    SEATS_CHANGED = "seats_changed"
    DELEGATION_CHANGED = "delegation_changed"
    LINK_SENT = "link_sent"
    LINK_REVOKED = "link_revoked"

    # Lines of a submission's own chain, beside those that an entry's has as well.
    SUBMISSION_SENT = "submission_sent"
    SUBMISSION_BEGUN = "submission_begun"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    CHOSEN = "chosen"
    CHOICE_TAKEN_BACK = "choice_taken_back"
    PASSED_OVER = "passed_over"
    DECISION_TOLD = "decision_told"
    ANSWERS_WRITTEN = "answers_written"
    FILE_ATTACHED = "file_attached"
    FILE_REMOVED = "file_removed"
    PUBLISHED = "published"
    PUBLICATION_TAKEN_BACK = "publication_taken_back"

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
    MoveName.TAKE_BACK: Event.RETURN_TAKEN_BACK,
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
    CORRECTION_NOT_NEEDED = "correction_not_needed"
    DECLINED = "declined"
    ON_RESERVE = "on_reserve"
    PROMOTED = "promoted"
    INVITED = "invited"
    #: To whom no letter is written: entered at the desk, and so expected at the meeting.
    REGISTERED_AT_DESK = "registered_at_desk"
    #: The approval of an entry to which no letter is written.
    PARTICIPATION_CONFIRMED = "participation_confirmed"
    LETTER_REISSUED = "letter_reissued"
    AMENDED = "amended"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    #: What the person attends was changed, by them or at the desk.
    SEGMENTS_CHANGED = "segments_changed"
    LINK_AGAIN = "link_again"
    CONFIRM_NEW_ADDRESS = "confirm_new_address"
    ADDRESS_CHANGED = "address_changed"
    PASSPORT_FAILED = "passport_failed"
    SCAN_FAILED = "scan_failed"
    TICKET_ISSUED = "ticket_issued"
    TICKET_CHANGED = "ticket_changed"
    TICKET_CANCELLED = "ticket_cancelled"
    STAY_BOOKED = "stay_booked"
    STAY_CANCELLED = "stay_cancelled"
    #: What the desk wrote to a selection.
    MESSAGE = "message"
    REMIND_CONFIRM = "remind_confirm"
    REMIND_COMPLETE = "remind_complete"
    REMIND_CORRECT = "remind_correct"
    REMIND_ACCEPT = "remind_accept"
    REMIND_TRAVEL = "remind_travel"
    CERTIFICATE = "certificate"
    COPY_RECEIVED = "copy_received"
    COPY_INVITED = "copy_invited"
    COPY_ACCEPTED = "copy_accepted"
    COPY_CONFIRMED = "copy_confirmed"
    COPY_WITHDRAWN = "copy_withdrawn"
    #: To the focal point of a delegation.
    FOCAL_POINT_LINK = "focal_point_link"
    FOCAL_POINT_TOLD = "focal_point_told"
    DATE_CHANGED = "date_changed"
    SEATS_CHANGED = "seats_changed"
    #: To whoever sent something to a call.
    SUBMISSION_CONFIRM = "submission_confirm"
    SUBMISSION_LINK = "submission_link"
    SUBMISSION_SUBMITTED = "submission_submitted"
    SUBMISSION_RETURNED = "submission_returned"
    SUBMISSION_RECEIVED = "submission_received"
    SUBMISSION_CHOSEN = "submission_chosen"
    SUBMISSION_NOT_CHOSEN = "submission_not_chosen"
    SUBMISSION_WITHDRAWN = "submission_withdrawn"
    STAFF_SUBMISSION = "staff_submission"
    STAFF_NEW_ENTRY = "staff_new_entry"
    STAFF_ACCEPTED = "staff_accepted"
    STAFF_WITHDRAWN = "staff_withdrawn"
    #: To the accounts of the travel desk, each in its own language.
    STAFF_TICKET_TO_CANCEL = "staff_ticket_to_cancel"
    STAFF_TRAVELLER_CHANGED = "staff_traveller_changed"
    #: To the accounts of the host desk.
    STAFF_ROOM_TO_CANCEL = "staff_room_to_cancel"
    #: A message of the sign-in library (password, codes), carried as ready text.
    STAFF_ACCOUNT = "staff_account"
    #: The invitation to an account of the desks, carried likewise.
    STAFF_INVITED = "staff_invited"


#: Mails whose text is written before they are queued; the row keeps it locked.
READY_TEXTS = frozenset({Occasion.STAFF_ACCOUNT, Occasion.STAFF_INVITED})


#: Mails whose first paragraph a meeting may word itself: those to a person who takes part.
OPENABLE = tuple(
    each
    for each in Occasion
    if each is not Occasion.MESSAGE and not each.startswith(("staff_", "copy_", "submission_"))
)


@dataclass(frozen=True, kw_only=True)
class By:
    """Who does something. staff_id, name: the account and its name when it is one of the staff."""

    actor: Actor
    staff_id: int | None = None
    name: str | None = None


DELEGATE = By(actor=Actor.DELEGATE)
FOCAL_POINT = By(actor=Actor.FOCAL_POINT)
CLOCK = By(actor=Actor.CLOCK)
