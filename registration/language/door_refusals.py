"""What the door was refused, in a sentence or two."""

from typing import assert_never
from zoneinfo import ZoneInfo

from registration.domain import door_refusals
from registration.domain.door_refusals import DoorRefusal
from registration.language.translator import Translator


def door_sentence(refusal: DoorRefusal, words: Translator, zone: ZoneInfo) -> str:
    """Return what a person reads. zone: in which moments are told."""
    match refusal:
        case door_refusals.UnknownCode():
            return words.gettext(
                "This code is of no badge and no letter of ours. Look for the person by name."
            )
        case door_refusals.OtherMeeting():
            return words.gettext("This badge or letter is of another meeting.")
        case door_refusals.TakenBackSince(at=at):
            return words.gettext(
                "Not recorded: since this scan the arrival was taken back, on %(moment)s. Scan the"
                " badge again if the person is here.",
                moment=words.moment(at, zone),
            )
        case door_refusals.SignatureMissing():
            return words.gettext("Draw the signature in the frame.")
        case door_refusals.NeverCame():
            return words.gettext("No arrival is recorded for this person.")
        case door_refusals.CertificateSent():
            return words.gettext("The certificate was sent to this person before.")
        case _:
            assert_never(refusal)
