"""Where what was sent to a call stands, in words, for its senders and for the desks."""

from typing import assert_never

from registration.domain.submissions import Deed, Stand
from registration.language.translator import Translator


def stand_word(stand: Stand, words: Translator, *, leaves: bool = False) -> str:
    """Return the short word of the stand. In Spanish it agrees with "la respuesta".

    leaves: whether an address was left for news, of which nothing is read and decided.
    """
    if leaves and stand is Stand.SUBMITTED:
        return words.pgettext("state of a subscription", "Subscribed")
    if leaves and stand is Stand.WITHDRAWN:
        return words.pgettext("state of a subscription", "Left")
    match stand:
        case Stand.UNCONFIRMED:
            return words.pgettext("state of a submission", "Address not confirmed")
        case Stand.DRAFT:
            return words.pgettext("state of a submission", "Draft")
        case Stand.SUBMITTED:
            return words.pgettext("state of a submission", "Submitted")
        case Stand.RETURNED:
            return words.pgettext("state of a submission", "Returned for correction")
        case Stand.RECEIVED:
            return words.pgettext("state of a submission", "Received")
        case Stand.CHOSEN:
            return words.pgettext("state of a submission", "Chosen")
        case Stand.NOT_CHOSEN:
            return words.pgettext("state of a submission", "Not chosen")
        case Stand.WITHDRAWN:
            return words.pgettext("state of a submission", "Withdrawn")
        case Stand.LAPSED:
            return words.pgettext("state of a submission", "Lapsed")
        case _:
            assert_never(stand)


def stand_sentence(stand: Stand, words: Translator, *, leaves: bool = False) -> str:
    """Return what the sender reads beside the word: what is awaited now, and from whom."""
    if leaves and stand is Stand.SUBMITTED:
        return words.gettext("You receive our news.")
    if leaves and stand is Stand.WITHDRAWN:
        return words.gettext("You receive our news no more.")
    match stand:
        case Stand.UNCONFIRMED:
            return words.gettext("It counts from the moment you confirm your e-mail address.")
        case Stand.DRAFT:
            return words.gettext("It is being written and has not been submitted yet.")
        case Stand.SUBMITTED:
            return words.gettext("It is before those who read it.")
        case Stand.RETURNED:
            return words.gettext("Correct what is indicated and send it again.")
        case Stand.RECEIVED:
            return words.gettext("It was read, and nothing is missing from it.")
        case Stand.CHOSEN:
            return words.gettext("It was chosen.")
        case Stand.NOT_CHOSEN:
            return words.gettext("It was not possible to choose it this time.")
        case Stand.WITHDRAWN:
            return words.gettext("It was withdrawn and is no longer considered.")
        case Stand.LAPSED:
            return words.gettext("The address was not confirmed in time, so it lapsed.")
        case _:
            assert_never(stand)


def participle(deed: Deed, words: Translator) -> str:
    """Return what cannot be done with it now: "chosen". It agrees with "la respuesta"."""
    match deed:
        case Deed.SEND | Deed.SUBMIT:
            return words.pgettext("what was done to a submission", "submitted")
        case Deed.CONFIRM:
            return words.pgettext("what was done to a submission", "confirmed")
        case Deed.LAPSE:
            return words.pgettext("what was done to a submission", "closed as lapsed")
        case Deed.BEGIN:
            return words.pgettext("what was done to a submission", "begun")
        case Deed.RETURN:
            return words.pgettext("what was done to a submission", "returned for correction")
        case Deed.RECEIVE:
            return words.pgettext("what was done to a submission", "received")
        case Deed.CHOOSE:
            return words.pgettext("what was done to a submission", "chosen")
        case Deed.UNCHOOSE:
            return words.pgettext("what was done to a submission", "put back among those received")
        case Deed.PASS_OVER:
            return words.pgettext("what was done to a submission", "passed over")
        case Deed.WITHDRAW:
            return words.pgettext("what was done to a submission", "withdrawn")
        case _:
            assert_never(deed)
