"""What was refused, in one sentence or two: what happened and what to do. Never whose fault."""

from collections.abc import Mapping
from typing import assert_never
from zoneinfo import ZoneInfo

from registration.domain import refusals
from registration.domain.call_refusals import CallRefusal
from registration.domain.desk_refusals import DeskRefusal
from registration.domain.door_refusals import DoorRefusal
from registration.domain.refusals import FileFault, Refusal
from registration.domain.states import MoveName
from registration.domain.travel_refusals import TravelRefusal
from registration.language import moves, states
from registration.language.call_refusals import call_sentence
from registration.language.desk_refusals import desk_sentence
from registration.language.door_refusals import door_sentence
from registration.language.segments import segment_sentence
from registration.language.translator import Translator
from registration.language.travel import travel_sentence

_UTC = ZoneInfo("UTC")
_MEGABYTE = 1_000_000


def sentence(
    refusal: Refusal | CallRefusal,
    words: Translator,
    *,
    zone: ZoneInfo | None = None,
    names: Mapping[tuple[str, str], str] | None = None,
) -> str:
    """Return what a person reads. zone: the meeting's, in which its dates are told; else UTC.
    names: as `call_sentence` takes them."""
    if isinstance(refusal, CallRefusal):
        return call_sentence(refusal, words, zone=zone, names=names)
    return _sentence(refusal, words, zone)


def _sentence(refusal: Refusal, words: Translator, zone: ZoneInfo | None) -> str:
    if isinstance(refusal, DeskRefusal):
        return desk_sentence(refusal, words, zone=zone)
    if isinstance(refusal, TravelRefusal):
        return travel_sentence(refusal, words)
    if isinstance(refusal, DoorRefusal):
        return door_sentence(refusal, words, zone or _UTC)
    if isinstance(refusal, refusals.SegmentFull | refusals.UnknownSegment):
        return segment_sentence(refusal, words)
    match refusal:
        case refusals.RegistrationClosed() | refusals.ChangesClosed():
            return _closed(refusal, words, zone)
        case (
            refusals.DelegationFull()
            | refusals.SeatTaken()
            | refusals.UnknownSeat()
            | refusals.UnknownDelegation()
            | refusals.OnlyByLink()
        ):
            return _about_delegation(refusal, words)
        case (
            refusals.UnknownMeeting()
            | refusals.UnknownRegistration()
            | refusals.LinkExpired()
            | refusals.NotPermitted()
            | refusals.CameSecond()
            | refusals.DataErased()
            | refusals.StillLive()
        ):
            return _about_registration(refusal, words, zone)
        case (
            refusals.ReasonMissing()
            | refusals.PassportMissing()
            | refusals.PassportUnusable()
            | refusals.FileNotReady()
            | refusals.WrongName()
            | refusals.TermsNotAccepted()
            | refusals.LetterReplaced()
            | refusals.TermsChanged()
            | refusals.SamePersonAlreadyThere()
        ):
            return _about_form(refusal, words)
        case _:
            return file_sentence(refusal, words)


def file_sentence(fault: FileFault, words: Translator) -> str:
    """Return what is wrong with a file somebody sent, and which one to choose."""
    match fault:
        case refusals.FileMissing():
            return words.gettext("Choose a file: a JPG, PNG, HEIC or PDF.")
        case refusals.FileEmpty():
            return words.gettext("The file is empty. Choose another one.")
        case refusals.FileTooLarge(size=size, limit=limit):
            return _too_large(size, limit, words)
        case refusals.FileOfOtherKind():
            return words.gettext("The file must be a JPG, PNG, HEIC or PDF. Choose another one.")
        case refusals.FileUnreadable():
            return words.gettext(
                "The file cannot be opened; it may be damaged. Save it again or take a new picture."
            )
        case refusals.FileLocked():
            return words.gettext(
                "The PDF asks for a password. Save a copy without one and choose that."
            )
        case refusals.FileTooManyPages(pages=pages, limit=limit):
            return words.gettext(
                "The PDF has %(pages)d pages. Choose one of %(limit)d pages or fewer.",
                pages=pages,
                limit=limit,
            )
        case refusals.PictureTooLarge(limit=limit):
            return words.gettext(
                "The picture has more than %(limit)d\u00a0megapixels. Choose a smaller one.",
                limit=limit,
            )
        case refusals.UploadCutOff():
            return words.gettext(
                "The file did not arrive whole; the connection was cut. Choose it again."
            )
        case _:
            assert_never(fault)


def _closed(
    refusal: refusals.RegistrationClosed | refusals.ChangesClosed,
    words: Translator,
    zone: ZoneInfo | None,
) -> str:
    last = words.last_minute(refusal.closed_at, zone or _UTC)
    told = f"{last} ({_zone_words(words, zone)})"
    if isinstance(refusal, refusals.RegistrationClosed):
        return words.gettext(
            "Registration closed on %(moment)s. Write to the Secretariat.", moment=told
        )
    return words.gettext(
        "Changes were possible until %(moment)s. Write to the Secretariat.", moment=told
    )


def _zone_words(words: Translator, zone: ZoneInfo | None) -> str:
    return words.gettext("local time of the meeting") if zone else "UTC"


def _about_delegation(
    refusal: refusals.DelegationFull
    | refusals.SeatTaken
    | refusals.UnknownSeat
    | refusals.UnknownDelegation
    | refusals.OnlyByLink,
    words: Translator,
) -> str:
    match refusal:
        case refusals.DelegationFull():
            return _delegation_full(refusal, words)
        case refusals.SeatTaken():
            return words.gettext("This seat of the delegation is taken. Choose another one.")
        case refusals.UnknownSeat():
            return words.gettext("Choose one of the seats of the delegation.")
        case refusals.UnknownDelegation():
            return words.gettext("Choose one of the delegations in the list.")
        case refusals.OnlyByLink():
            return words.gettext(
                "This delegation registers through its own link. Ask its focal point for it."
            )
        case _:
            assert_never(refusal)


def _about_registration(
    refusal: refusals.UnknownMeeting
    | refusals.UnknownRegistration
    | refusals.LinkExpired
    | refusals.NotPermitted
    | refusals.CameSecond
    | refusals.DataErased
    | refusals.StillLive,
    words: Translator,
    zone: ZoneInfo | None,
) -> str:
    match refusal:
        case refusals.UnknownMeeting():
            return words.gettext("There is no such meeting. Choose one from the list of meetings.")
        case refusals.UnknownRegistration():
            return words.gettext(
                "We cannot find this registration. Open the link in the message we sent you."
            )
        case refusals.LinkExpired():
            return words.gettext(
                "This link has been used or has expired. Ask for a new one; your data are saved."
            )
        case refusals.NotPermitted(move=move, state=state):
            return _not_permitted(move, states.word(state, words), words)
        case refusals.CameSecond():
            return _came_second(refusal, words, zone)
        case refusals.DataErased():
            return words.gettext(
                "The personal data of this registration were erased. Nothing can be changed or sent"
                " any more."
            )
        case refusals.StillLive():
            return words.gettext(
                "This registration still takes part. Withdraw it first; then its data can be"
                " erased."
            )
        case _:
            assert_never(refusal)


def _about_form(
    refusal: refusals.ReasonMissing
    | refusals.PassportMissing
    | refusals.PassportUnusable
    | refusals.FileNotReady
    | refusals.WrongName
    | refusals.TermsNotAccepted
    | refusals.LetterReplaced
    | refusals.TermsChanged
    | refusals.SamePersonAlreadyThere,
    words: Translator,
) -> str:
    match refusal:
        case refusals.ReasonMissing():
            return words.gettext("Write the reason; the delegate will read it.")
        case refusals.PassportMissing():
            return words.gettext("Attach a copy of the passport.")
        case refusals.PassportUnusable():
            return words.gettext(
                "The copy of the passport could not be opened, and the person was asked for "
                "another one. Wait for it, or attach one under “Correct the data”."
            )
        case refusals.FileNotReady():
            return words.gettext(
                "The file is still being prepared. It is kept; try again in a minute."
            )
        case refusals.WrongName(expected=name):
            return words.gettext("The name must be the same as in the letter: %(name)s.", name=name)
        case refusals.TermsNotAccepted():
            return words.gettext("Tick the box to accept the terms of the invitation.")
        case refusals.LetterReplaced():
            return words.gettext(
                "A newer letter replaces the one you were shown. Read the newer one and sign it."
            )
        case refusals.TermsChanged():
            return words.gettext(
                "The terms have changed since this page was opened. Read them again and accept "
                "them."
            )
        case refusals.SamePersonAlreadyThere():
            return words.gettext(
                "There is already a registration with this name and this e-mail address."
            )
        case _:
            assert_never(refusal)


def _delegation_full(full: refusals.DelegationFull, words: Translator) -> str:
    taken = words.ngettext(
        "The seat of this delegation is taken.",
        "The %(num)d seats of this delegation are taken.",
        full.seats,
    )
    if not full.may_wait:
        return taken
    offer = words.gettext("You can join the reserve list.")
    return f"{taken} {offer}"


def _not_permitted(move: MoveName, state: str, words: Translator) -> str:
    return words.gettext(
        "The registration stands at “%(state)s”, so it cannot be %(done)s now.",
        state=state,
        done=moves.participle(move, words),
    )


def _came_second(second: refusals.CameSecond, words: Translator, zone: ZoneInfo | None) -> str:
    return words.gettext(
        "Nothing was changed: %(who)s was faster. The registration was %(done)s on %(moment)s "
        "(%(zone)s).",
        who=second.who or moves.actor_name(second.actor, words),
        done=moves.participle(second.move, words),
        moment=words.moment(second.at, zone or _UTC),
        zone=_zone_words(words, zone),
    )


def _too_large(size: int | None, limit: int, words: Translator) -> str:
    most = max(1, limit // _MEGABYTE)
    if size is None:
        return words.gettext(
            "The file is too large. Choose one of %(limit)d\u00a0MB or less.", limit=most
        )
    # Rounded up, so that a file just over the limit is never said to be of the limit's size.
    return words.gettext(
        "The file is %(size)d\u00a0MB. Choose one of %(limit)d\u00a0MB or less.",
        size=max(most + 1, -(-size // _MEGABYTE)),
        limit=most,
    )
