"""The states of a registration in words, as the glossary gives them."""

from typing import assert_never

from registration.domain.states import State
from registration.language.translator import Translator


def word(state: State, words: Translator) -> str:
    """Return the short word of the state: "With invitation". It agrees with "la inscripción"."""
    match state:
        case State.UNCONFIRMED:
            return words.pgettext("state of a registration", "Address not confirmed")
        case State.NOMINATED:
            return words.pgettext("state of a registration", "Nominated")
        case State.SUBMITTED:
            return words.pgettext("state of a registration", "Submitted")
        case State.RETURNED:
            return words.pgettext("state of a registration", "Returned for correction")
        case State.INVITED:
            return words.pgettext("state of a registration", "With invitation")
        case State.ACCEPTED:
            return words.pgettext("state of a registration", "Accepted")
        case State.RESERVE:
            return words.pgettext("state of a registration", "On the reserve list")
        case State.DECLINED:
            return words.pgettext("state of a registration", "Declined")
        case State.WITHDRAWN:
            return words.pgettext("state of a registration", "Withdrawn")
        case State.LAPSED:
            return words.pgettext("state of a registration", "Lapsed")
        case _:
            assert_never(state)


def registered(words: Translator) -> str:
    """Return the short word of an approved entry to which no letter is written."""
    return words.pgettext("state of a registration", "Registered")


def sentence(state: State, words: Translator) -> str:
    """Return what the delegate reads beside the word: what is awaited now, and from whom."""
    match state:
        case State.UNCONFIRMED:
            return words.gettext("Confirm your e-mail address: open the message we sent you.")
        case State.NOMINATED:
            return words.gettext("Your delegation nominated you. Complete your registration.")
        case State.SUBMITTED:
            return words.gettext("The Secretariat is reviewing it and will write to you.")
        case State.RETURNED:
            return words.gettext("Correct what is indicated and send it again.")
        case State.INVITED:
            return words.gettext("Your invitation letter is ready. It needs your signature.")
        case State.ACCEPTED:
            return words.gettext("Your participation is confirmed.")
        case State.RESERVE:
            return words.gettext("We will write to you if a seat of your delegation becomes free.")
        case State.DECLINED:
            return words.gettext("It was not possible to approve this registration.")
        case State.WITHDRAWN:
            return words.gettext("This registration was withdrawn.")
        case State.LAPSED:
            return words.gettext(
                "The address was not confirmed in time, so the registration lapsed."
            )
        case _:
            assert_never(state)


def sentence_without_letter(words: Translator) -> str:
    """Return what whoever gets no letter reads once the entry is approved."""
    return words.gettext("Your participation is registered. There is nothing you need to do.")


def free_seat(words: Translator) -> str:
    """Return the word for a seat that nobody holds."""
    # Translators: of a seat (un cupo)
    return words.pgettext("seat", "Free")
