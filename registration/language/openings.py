"""Who opened a file and why, in words: for the delegate, and for the desk with names."""

from typing import assert_never

from registration.domain.openings import Opening, Why
from registration.domain.papers import FileRole
from registration.language.translator import Translator


def desk(why: Why, words: Translator) -> str:
    """Return who opened it as its delegate is told: the desk, never a person's name."""
    match why:
        case Why.REVIEW:
            return words.pgettext("who opened a file", "The Secretariat")
        case Why.FLIGHT:
            return words.pgettext("who opened a file", "The travel desk")
        case Why.READING:
            return words.pgettext("who opened a file", "The automatic reader")
        case Why.OWN:
            return words.pgettext("who opened a file", "You")
        case Why.DOOR:
            return words.pgettext("who opened a file", "The door")
        case _:
            assert_never(why)


def purpose(why: Why, words: Translator) -> str:
    """Return why it was opened, as the end of a line: "to review the registration"."""
    match why:
        case Why.REVIEW:
            return words.pgettext("why a file was opened", "to review the registration")
        case Why.FLIGHT:
            return words.pgettext("why a file was opened", "to buy the air ticket")
        case Why.READING:
            return words.pgettext("why a file was opened", "to read the two lines at its foot")
        case Why.OWN:
            return words.pgettext("why a file was opened", "on the page of the registration")
        case Why.DOOR:
            return words.pgettext("why a file was opened", "to sign it at the door")
        case _:
            assert_never(why)


def sentence(opening: Opening, words: Translator) -> str:
    """Return "opened the passport to buy the air ticket", after whose name it stands; with the
    number of times, where it was more than once."""
    told = f"{_opened(opening.role, words)} {purpose(opening.why, words)}"
    if opening.times == 1:
        return told
    return words.gettext("%(told)s (%(times)d times)", told=told, times=opening.times)


def _opened(role: FileRole, words: Translator) -> str:
    match role:
        case FileRole.SIGNED_LETTER:
            return words.gettext("opened the signed letter")
        case FileRole.SIGNATURE:
            return words.gettext("opened the signature")
        case FileRole.REQUEST:
            return words.gettext("opened the message with which the registration came")
    return words.gettext("opened the passport")
