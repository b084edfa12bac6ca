"""What each mail is about, in the words of the desks."""

from registration.domain.events import Occasion
from registration.web.words import gettext


def occasion_words(occasion: str) -> str:
    """Return what a mail is about."""
    return (_to_delegates() | _to_others() | _to_senders())[Occasion(occasion)]


def _to_delegates() -> dict[Occasion, str]:
    return {
        Occasion.CONFIRM_ADDRESS: gettext("Confirm your address"),
        Occasion.ALREADY_REGISTERED: gettext("You are already registered"),
        Occasion.RECEIVED: gettext("Registration received"),
        Occasion.ENTERED_ON_BEHALF: gettext("Entered on your behalf"),
        Occasion.NOMINATED: gettext("You were nominated"),
        Occasion.RETURNED: gettext("Returned for correction"),
        Occasion.CORRECTION_NOT_NEEDED: gettext("The correction is no longer needed"),
        Occasion.DECLINED: gettext("Not approved"),
        Occasion.ON_RESERVE: gettext("On the reserve list"),
        Occasion.PROMOTED: gettext("A seat is free"),
        Occasion.INVITED: gettext("Invitation with the letter"),
        Occasion.REGISTERED_AT_DESK: gettext("Registered at the desk"),
        Occasion.PARTICIPATION_CONFIRMED: gettext("Participation confirmed"),
        Occasion.LETTER_REISSUED: gettext("New letter"),
        Occasion.AMENDED: gettext("Data corrected by the Secretariat"),
        Occasion.ACCEPTED: gettext("Acceptance confirmed"),
        Occasion.WITHDRAWN: gettext("Registration withdrawn"),
        Occasion.SEGMENTS_CHANGED: gettext("What you attend changed"),
        Occasion.LINK_AGAIN: gettext("Private link"),
        Occasion.CONFIRM_NEW_ADDRESS: gettext("Confirm your new address"),
        Occasion.ADDRESS_CHANGED: gettext("Address changed"),
        Occasion.PASSPORT_FAILED: gettext("Another copy of the passport is needed"),
        Occasion.SCAN_FAILED: gettext("The scan of the letter could not be opened"),
        Occasion.MESSAGE: gettext("Message of the Secretariat"),
        Occasion.REMIND_CONFIRM: gettext("Reminder: confirm the address"),
        Occasion.REMIND_COMPLETE: gettext("Reminder: complete the registration"),
        Occasion.REMIND_CORRECT: gettext("Reminder: make the correction"),
        Occasion.REMIND_ACCEPT: gettext("Reminder: sign the acceptance"),
        Occasion.REMIND_TRAVEL: gettext("Reminder: travel data"),
        Occasion.CERTIFICATE: gettext("Certificate of attendance"),
        Occasion.DATE_CHANGED: gettext("The dates changed"),
        Occasion.SEATS_CHANGED: gettext("The seats changed"),
        Occasion.TICKET_ISSUED: gettext("Air ticket issued"),
        Occasion.TICKET_CHANGED: gettext("Air ticket changed"),
        Occasion.TICKET_CANCELLED: gettext("Air ticket cancelled"),
        Occasion.STAY_BOOKED: gettext("Hotel room booked"),
        Occasion.STAY_CANCELLED: gettext("Hotel room cancelled"),
    }


def _to_others() -> dict[Occasion, str]:
    return {
        Occasion.COPY_RECEIVED: gettext("Copy: registration received"),
        Occasion.COPY_INVITED: gettext("Copy: invitation"),
        Occasion.COPY_ACCEPTED: gettext("Copy: acceptance confirmed"),
        Occasion.COPY_CONFIRMED: gettext("Copy: participation confirmed"),
        Occasion.COPY_WITHDRAWN: gettext("Copy: registration withdrawn"),
        Occasion.FOCAL_POINT_LINK: gettext("To the focal point: the delegation's link"),
        Occasion.FOCAL_POINT_TOLD: gettext("To the focal point: news of the registration"),
        Occasion.STAFF_NEW_ENTRY: gettext("To the Secretariat: new registration"),
        Occasion.STAFF_ACCEPTED: gettext("To the Secretariat: acceptance"),
        Occasion.STAFF_WITHDRAWN: gettext("To the Secretariat: withdrawal"),
        Occasion.STAFF_TICKET_TO_CANCEL: gettext("To the travel desk: a ticket to cancel"),
        Occasion.STAFF_TRAVELLER_CHANGED: gettext("To the travel desk: a traveller's data changed"),
        Occasion.STAFF_ROOM_TO_CANCEL: gettext("To the host desk: a room to cancel"),
        Occasion.STAFF_ACCOUNT: gettext("About an account"),
        Occasion.STAFF_INVITED: gettext("Invitation to an account"),
    }


def _to_senders() -> dict[Occasion, str]:
    return {
        Occasion.SUBMISSION_CONFIRM: gettext("Call: confirm the address"),
        Occasion.SUBMISSION_LINK: gettext("Call: the private link"),
        Occasion.SUBMISSION_SUBMITTED: gettext("Call: what was sent has come"),
        Occasion.SUBMISSION_RETURNED: gettext("Call: returned for correction"),
        Occasion.SUBMISSION_RECEIVED: gettext("Call: received"),
        Occasion.SUBMISSION_CHOSEN: gettext("Call: chosen"),
        Occasion.SUBMISSION_NOT_CHOSEN: gettext("Call: not chosen"),
        Occasion.SUBMISSION_WITHDRAWN: gettext("Call: withdrawn"),
        Occasion.STAFF_SUBMISSION: gettext("To the Secretariat: sent to a call"),
    }
