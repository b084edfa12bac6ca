"""Sentences that a reviewer would write again and again: what a delegate is asked to correct.

A sentence stands in the delegate's language; its label, by which it is chosen, in the reviewer's.
"""

from enum import StrEnum

from registration.language.translator import Translator


class Ready(StrEnum):
    """What is often wrong, in the order of the list."""

    UNREADABLE = "unreadable"
    CUT_OFF = "cut_off"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires_soon"
    OTHER_NAME = "other_name"
    OTHER_PERSON = "other_person"
    INSTITUTION = "institution"
    POSITION = "position"
    ADDRESS = "address"
    NOT_NOMINATED = "not_nominated"


def label(ready: Ready, words: Translator) -> str:
    """Return the few words by which the sentence is chosen."""
    return {
        Ready.UNREADABLE: words.gettext("Passport cannot be read"),
        Ready.CUT_OFF: words.gettext("Passport is cut off"),
        Ready.EXPIRED: words.gettext("Passport has expired"),
        Ready.EXPIRES_SOON: words.gettext("Passport expires within six months"),
        Ready.OTHER_NAME: words.gettext("Name differs from the passport"),
        Ready.OTHER_PERSON: words.gettext("Passport of somebody else"),
        Ready.INSTITUTION: words.gettext("Institution is wrong or missing"),
        Ready.POSITION: words.gettext("Position is not clear"),
        Ready.ADDRESS: words.gettext("E-mail address of somebody else"),
        Ready.NOT_NOMINATED: words.gettext("Not nominated by the delegation"),
    }[ready]


def sentence(ready: Ready, words: Translator) -> str:
    """Return what the delegate reads. words: in the delegate's language."""
    return {
        Ready.UNREADABLE: words.gettext(
            "The copy of the passport cannot be read. Please send a sharp picture of the page with "
            "the photograph, without reflections."
        ),
        Ready.CUT_OFF: words.gettext(
            "Part of the passport page is cut off. Please send the whole page, with the two lines "
            "at the bottom."
        ),
        Ready.EXPIRED: words.gettext(
            "The passport has expired. Please send a copy of the one that is in force."
        ),
        Ready.EXPIRES_SOON: words.gettext(
            "The passport expires less than six months after the meeting. Please renew it, send a "
            "copy of the new one, or tell us why that is not needed."
        ),
        Ready.OTHER_NAME: words.gettext(
            "The name in the registration differs from the one in the passport. Please write it as "
            "it stands in the passport."
        ),
        Ready.OTHER_PERSON: words.gettext(
            "The copy is of the passport of another person. Please send a copy of your own."
        ),
        Ready.INSTITUTION: words.gettext(
            "Please write the full official name of the institution that you represent."
        ),
        Ready.POSITION: words.gettext(
            "Please write your position as it should read in the letter, without abbreviations."
        ),
        Ready.ADDRESS: words.gettext(
            "The e-mail address seems to be of another person. Please give your own; an assistant "
            "can be named for a copy."
        ),
        Ready.NOT_NOMINATED: words.gettext(
            "Your delegation has not told us that it nominates you. Please ask its focal point to "
            "confirm the nomination to us."
        ),
    }[ready]


def add_sentence(text: str, key: str, words: Translator) -> str:
    """Return the text with the chosen sentence at its end, once. key: of a `Ready`, or empty."""
    if not key:
        return text
    chosen = sentence(Ready(key), words)
    if chosen in text:
        return text
    return f"{text}\n{chosen}" if text else chosen
