"""What was refused at a desk, in one sentence or two: what happened and what to do."""

from typing import assert_never
from zoneinfo import ZoneInfo

from registration.domain import desk_refusals as refusals
from registration.domain.desk_refusals import DeskRefusal
from registration.language import states
from registration.language.translator import Translator

_UTC = ZoneInfo("UTC")


def desk_sentence(refusal: DeskRefusal, words: Translator, *, zone: ZoneInfo | None = None) -> str:
    """Return what somebody of the staff reads. zone: the meeting's, for its dates; else UTC."""
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
        case refusals.MeetingNotBegun():
            return words.gettext("Who did not come is known once the meeting has begun.")
        case (
            refusals.AmendmentUnfit()
            | refusals.SeatHeld()
            | refusals.NoFocalPoint()
            | refusals.DateOutOfRange()
            | refusals.DelegationThere()
            | refusals.SomebodyWaits()
        ):
            return _about_seats(refusal, words, zone or _UTC)
        case _:
            return _about_writing(refusal, words)


def _about_seats(
    refusal: refusals.AmendmentUnfit
    | refusals.SeatHeld
    | refusals.NoFocalPoint
    | refusals.DateOutOfRange
    | refusals.DelegationThere
    | refusals.SomebodyWaits,
    words: Translator,
    zone: ZoneInfo,
) -> str:
    match refusal:
        case refusals.AmendmentUnfit(problems=problems):
            return words.gettext(
                "The meeting does not allow this change. The check of its file says, in English:"
                " %(problems)s",
                problems=" ".join(problems),
            )
        case refusals.SeatHeld():
            return words.gettext(
                "Somebody holds this seat, so it cannot be taken away. Withdraw or move the person"
                " first."
            )
        case refusals.NoFocalPoint():
            return words.gettext(
                "This delegation has no focal point on record. Enter a name and an address first."
            )
        case refusals.DateOutOfRange(after=after, until=until):
            return words.gettext(
                "Choose a moment after %(after)s and not later than %(until)s.",
                after=words.last_minute(after, zone),
                until=words.last_minute(until, zone),
            )
        case refusals.DelegationThere():
            return words.gettext("The meeting has a delegation with this key already.")
        case refusals.SomebodyWaits(waiting=waiting):
            return words.ngettext(
                "One person of the delegation waits on the reserve list for this seat. Tick the box"
                " if it is to go to the new person all the same.",
                "%(num)d people of the delegation wait on the reserve list for this seat. Tick the "
                "box if it is to go to the new person all the same.",
                waiting,
            )
        case _:
            assert_never(refusal)


def _about_writing(
    refusal: refusals.AddressNotConfirmed
    | refusals.MessageNotInLanguage
    | refusals.LinkOfNobody
    | refusals.MessageSent
    | refusals.NothingToRemind
    | refusals.RemindedToday
    | refusals.RoundDecided,
    words: Translator,
) -> str:
    match refusal:
        case refusals.AddressNotConfirmed():
            return words.gettext(
                "The e-mail address is not confirmed yet; it may belong to somebody else."
            )
        case refusals.MessageNotInLanguage():
            return words.gettext("The message is not written in this person's language.")
        case refusals.LinkOfNobody():
            return words.gettext(
                "The message holds the private link, and this registration is over: it has none."
            )
        case refusals.MessageSent():
            return words.gettext("This message was sent already; its words stand as they are.")
        case refusals.NothingToRemind():
            return words.gettext("There is nothing to remind this person of.")
        case refusals.RemindedToday():
            return words.gettext("This person was reminded today already.")
        case refusals.RoundDecided():
            return words.gettext("These reminders were sent or held back already.")
        case _:
            assert_never(refusal)
