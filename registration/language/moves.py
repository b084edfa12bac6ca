"""What somebody did to a registration, in words, for those who came second and for histories."""

from typing import assert_never

from registration.domain.states import Actor, MoveName
from registration.language.translator import Translator


def participle(move: MoveName, words: Translator) -> str:
    """Return what has become of the registration: "approved". It agrees with "la inscripción"."""
    return {
        MoveName.REGISTER: words.pgettext("what was done to a registration", "entered"),
        MoveName.JOIN_RESERVE: words.pgettext("what was done to a registration", "entered"),
        MoveName.ENTER: words.pgettext("what was done to a registration", "entered"),
        MoveName.NOMINATE: words.pgettext("what was done to a registration", "nominated"),
        MoveName.CONFIRM: words.pgettext("what was done to a registration", "confirmed"),
        MoveName.LAPSE: words.pgettext("what was done to a registration", "closed as lapsed"),
        MoveName.COMPLETE: words.pgettext("what was done to a registration", "completed"),
        MoveName.APPROVE: words.pgettext("what was done to a registration", "approved"),
        MoveName.RETURN: words.pgettext(
            "what was done to a registration", "returned for correction"
        ),
        MoveName.TAKE_BACK: words.pgettext(
            "what was done to a registration", "put back among those that wait"
        ),
        MoveName.DECLINE: words.pgettext("what was done to a registration", "declined"),
        MoveName.CORRECT: words.pgettext("what was done to a registration", "corrected"),
        MoveName.AMEND: words.pgettext("what was done to a registration", "corrected"),
        MoveName.ACCEPT: words.pgettext("what was done to a registration", "accepted"),
        MoveName.PROMOTE: words.pgettext(
            "what was done to a registration", "taken off the reserve list"
        ),
        MoveName.REPLACE: words.pgettext("what was done to a registration", "replaced"),
        MoveName.SWAP: words.pgettext("what was done to a registration", "swapped"),
        MoveName.WITHDRAW: words.pgettext("what was done to a registration", "withdrawn"),
    }[move]


def actor_name(actor: Actor, words: Translator) -> str:
    """Return who acts: "the Secretariat"."""
    match actor:
        case Actor.DELEGATE:
            return words.gettext("the delegate")
        case Actor.FOCAL_POINT:
            return words.gettext("the focal point of the delegation")
        case Actor.SECRETARIAT:
            return words.gettext("the Secretariat")
        case Actor.CLOCK:
            return words.gettext("the site")
        case _:
            assert_never(actor)
