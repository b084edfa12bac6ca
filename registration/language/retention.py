"""Kinds of personal data, what remains of them, and why they were erased, in words."""

from registration.domain.retention import Kind, Reason, Remaining
from registration.language.translator import Translator


def kind_words(kind: Kind, words: Translator) -> str:
    """Return what the kind holds, as a label."""
    return {
        Kind.PASSPORT: words.gettext("Copies of passports"),
        Kind.READING: words.gettext("Data read from passports"),
        Kind.TRAVEL: words.gettext("Travel data"),
        Kind.TICKET: words.gettext("Air tickets"),
        Kind.TICKET_FILE: words.gettext("Files of air tickets"),
        Kind.STAY: words.gettext("Hotel rooms"),
        Kind.NEEDS: words.gettext("Diet and accessibility"),
        Kind.PERSON: words.gettext("Names, institutions and addresses of registrations"),
        Kind.LETTER: words.gettext("Invitation letters"),
        Kind.ACCEPTANCE: words.gettext("Names, network addresses and browsers of acceptances"),
        Kind.SIGNATURE: words.gettext("Drawn signatures"),
        Kind.SIGNED_LETTER: words.gettext("Scans of signed letters"),
        Kind.RECORD: words.gettext("Records of acceptance"),
        Kind.MAIL: words.gettext("Messages and their recipients"),
        Kind.HISTORY: words.gettext("Names and reasons in the history"),
        Kind.COLLECTION: words.gettext("Badges, lists and other papers for several people"),
        Kind.NOTE: words.gettext("Notes among staff"),
        Kind.REQUEST: words.gettext("Messages and papers on which the desk acted"),
        Kind.NOMINATION: words.gettext("Scans of notes verbales"),
        Kind.SUBMISSION: words.gettext("What was sent to calls, with its attachments"),
    }[kind]


def remaining_words(remaining: Remaining, words: Translator) -> str:
    """Return what is left of it, as a label."""
    return {
        Remaining.REGISTRATION: words.gettext("Registrations: number, delegation, state, moments"),
        Remaining.LETTER: words.gettext("Letters: number, date, SHA-256"),
        Remaining.ACCEPTANCE: words.gettext("Acceptances: moment, SHA-256 of the letter"),
        Remaining.HISTORY: words.gettext("Lines of history, with digests in place of names"),
        Remaining.ARRIVAL: words.gettext("Arrivals at the meeting: moment"),
        Remaining.SUBMISSION: words.gettext("Submissions to calls: number, call, state, moments"),
    }[remaining]


def reason_words(reason: Reason, words: Translator) -> str:
    """Return why it was erased."""
    return {
        Reason.DATE: words.gettext("The date set for the meeting"),
        Reason.REQUEST: words.gettext("The person asked for it"),
        Reason.MISTAKE: words.gettext("The data were entered by mistake"),
        Reason.ORDER: words.gettext("An authority or a data-protection officer ordered it"),
        Reason.RESTORED: words.gettext("It had been erased before, and a backup brought it back"),
        Reason.UNNEEDED: words.gettext("Nobody confirmed the address, or the person left"),
    }[reason]
