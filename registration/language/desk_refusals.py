"""What was refused at a desk, in one sentence or two: what happened and what to do."""

from typing import assert_never

from registration.domain import desk_refusals as refusals
from registration.domain.desk_refusals import DeskRefusal
from registration.language import states
from registration.language.translator import Translator


def desk_sentence(refusal: DeskRefusal, words: Translator) -> str:
    """Return what somebody of the staff reads."""
    match refusal:
        case refusals.NotExpected(state=state):
            return words.gettext(
                "The registration stands at “%(state)s”: there is no letter in force. Ask the "
                "Secretariat before you let the person in.",
                state=states.word(state, words),
            )
        case refusals.NotArrived():
            return words.gettext("No arrival is recorded for this person.")
        case refusals.NobodyChosen():
            return words.gettext("No registration was chosen. Tick at least one.")
        case refusals.MeetingNotOver():
            return words.gettext("Certificates of attendance are made once the meeting is over.")
        case refusals.AmendmentUnfit(problems=problems):
            return words.gettext(
                "The meeting does not allow this change: %(problems)s", problems=" ".join(problems)
            )
        case refusals.SeatHeld():
            return words.gettext(
                "Somebody holds this seat, so it cannot be taken away. Withdraw or move the person"
                " first."
            )
        case _:
            assert_never(refusal)
