"""Every refusal has a sentence in each language that says what happened and what to do."""

from datetime import UTC, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from registration.domain import (
    call_refusals,
    desk_refusals,
    door_refusals,
    refusals,
    travel_refusals,
)
from registration.domain.call_refusals import CallRefusal
from registration.domain.meeting_text import Text
from registration.domain.refusals import Refusal
from registration.domain.states import Actor, MoveName, State
from registration.domain.submissions import Deed, Stand
from registration.language.moves import actor_name, participle
from registration.language.refusals import sentence
from registration.language.states import sentence as state_sentence
from registration.language.states import word
from registration.language.translator import get_translator

#: Midnight of 2 March in Mexico City.
MIDNIGHT = datetime(2022, 3, 2, 6, tzinfo=UTC)
MEXICO = ZoneInfo("America/Mexico_City")

EXAMPLES: list[Refusal | CallRefusal] = [
    refusals.RegistrationClosed(MIDNIGHT),
    refusals.ChangesClosed(MIDNIGHT),
    refusals.DelegationFull(seats=2),
    refusals.DelegationFull(seats=2, may_wait=True),
    refusals.SeatTaken(),
    refusals.UnknownSeat(),
    refusals.UnknownMeeting(),
    refusals.UnknownDelegation(),
    refusals.UnknownRegistration(),
    refusals.OnlyByLink(),
    refusals.ReasonMissing(),
    refusals.PassportMissing(),
    refusals.PassportUnusable(),
    refusals.FileNotReady(),
    refusals.NotPermitted(MoveName.APPROVE, State.WITHDRAWN),
    refusals.CameSecond(MoveName.DECLINE, Actor.SECRETARIAT, "Luisa P.", MIDNIGHT),
    refusals.CameSecond(MoveName.WITHDRAW, Actor.DELEGATE, None, MIDNIGHT),
    refusals.LinkExpired(),
    refusals.WrongName("Ana Lucía Morales Vargas"),
    refusals.TermsNotAccepted(),
    refusals.LetterReplaced(),
    refusals.TermsChanged(),
    refusals.SamePersonAlreadyThere(),
    desk_refusals.NotExpected(State.SUBMITTED),
    desk_refusals.NotArrived(),
    desk_refusals.NobodyChosen(),
    desk_refusals.MeetingNotOver(),
    desk_refusals.AmendmentUnfit(("dates.deadline: too late.",)),
    desk_refusals.SeatHeld(),
    desk_refusals.SomebodyWaits(1),
    desk_refusals.SomebodyWaits(2),
    desk_refusals.MeetingNotBegun(),
    desk_refusals.NoFocalPoint(),
    desk_refusals.DateOutOfRange(MIDNIGHT, MIDNIGHT),
    desk_refusals.DelegationThere(),
    desk_refusals.AddressNotConfirmed(),
    desk_refusals.MessageNotInLanguage(),
    desk_refusals.LinkOfNobody(),
    desk_refusals.MessageSent(),
    desk_refusals.NothingToRemind(),
    desk_refusals.RemindedToday(),
    desk_refusals.RoundDecided(),
    travel_refusals.NotTravelling(),
    travel_refusals.TicketIssued(),
    travel_refusals.RecordedMeanwhile(),
    travel_refusals.NoTicket(),
    travel_refusals.NoRoom(),
    door_refusals.UnknownCode(),
    door_refusals.OtherMeeting(),
    door_refusals.TakenBackSince(MIDNIGHT),
    door_refusals.SignatureMissing(),
    door_refusals.NeverCame(),
    door_refusals.CertificateSent(),
    refusals.DataErased(),
    refusals.StillLive(),
    refusals.FileMissing(),
    refusals.FileEmpty(),
    refusals.FileTooLarge(14_000_000, 10_485_760),
    refusals.FileTooLarge(None, 10_485_760),
    refusals.FileOfOtherKind(),
    refusals.FileUnreadable(),
    refusals.FileLocked(),
    refusals.FileTooManyPages(7, 4),
    refusals.PictureTooLarge(40),
    refusals.UploadCutOff(),
    refusals.SegmentFull((Text({"en": "Opening", "es": "Apertura"}),)),
    refusals.UnknownSegment(),
    call_refusals.UnknownCall(),
    call_refusals.UnknownSubmission(),
    call_refusals.CallNotOpen(MIDNIGHT),
    call_refusals.CallClosed(MIDNIGHT),
    call_refusals.SubmissionThere(),
    call_refusals.DeedNotPermitted(Deed.CHOOSE, Stand.WITHDRAWN),
    call_refusals.SubmissionChanged(Stand.CHOSEN, Actor.SECRETARIAT, "Luisa P.", MIDNIGHT),
    call_refusals.SubmissionChanged(Stand.WITHDRAWN, Actor.DELEGATE, None, MIDNIGHT),
    call_refusals.AnswerChanged("q", "theirs", "Ana", 2),
    call_refusals.AnswerTooLong("q", 100, 101),
    call_refusals.AnswersMissing(("q",)),
    call_refusals.AnswersMissing(("q", "r")),
    call_refusals.UnknownAnswer("q"),
    call_refusals.RegionTaken("caribbean"),
    call_refusals.ChoicesFull(1),
    call_refusals.ChoicesFull(3),
    call_refusals.TooManyAttachments(1),
    call_refusals.TooManyAttachments(5),
    call_refusals.SubmissionErased(),
    call_refusals.SubmissionStands(),
]


@pytest.mark.parametrize("refusal", EXAMPLES, ids=lambda each: type(each).__name__)
def test_refusal_is_told_in_both_languages(refusal: Refusal | CallRefusal) -> None:
    english, spanish = (sentence(refusal, get_translator(each)) for each in ("en", "es"))

    assert english != spanish
    for told in (english, spanish):
        assert told[0].isupper() or told[0].isdigit()
        assert told.endswith(".")
        assert "%(" not in told


def test_no_refusal_is_without_an_example() -> None:
    shown = {type(each) for each in EXAMPLES}

    assert {*get_args(Refusal), *get_args(CallRefusal)} - shown == set()


@pytest.mark.parametrize(
    ("refusal", "english", "spanish"),
    [
        (
            refusals.RegistrationClosed(MIDNIGHT),
            (
                "Registration closed on Tuesday 1 March 2022, 23:59 (local time of the meeting). "
                "Write to the Secretariat."
            ),
            (
                "La inscripción cerró el martes 1 de marzo de 2022 a las 23:59 "
                "(hora local de la reunión). Escriba a la Secretaría."
            ),
        ),
        (
            refusals.DelegationFull(seats=2, may_wait=True),
            "The 2 seats of this delegation are taken. You can join the reserve list.",
            (
                "Los 2 cupos de esta delegación están ocupados. "
                "Puede inscribirse en la lista de espera."
            ),
        ),
        (
            refusals.FileTooLarge(10_485_761, 10_485_760),
            "The file is 11 MB. Choose one of 10 MB or less.",
            "El archivo pesa 11 MB. Elija uno de 10 MB o menos.",
        ),
        (
            refusals.CameSecond(MoveName.APPROVE, Actor.SECRETARIAT, None, MIDNIGHT),
            (
                "Nothing was changed: the Secretariat was faster. The registration was approved on "
                "Wednesday 2 March 2022, 00:00 (local time of the meeting)."
            ),
            (
                "No se cambió nada: la Secretaría se adelantó. La inscripción quedó aprobada el "
                "miércoles 2 de marzo de 2022 a las 00:00 (hora local de la reunión)."
            ),
        ),
    ],
)
def test_refusal_says_what_happened_and_what_to_do(
    refusal: Refusal, english: str, spanish: str
) -> None:
    told = [
        sentence(refusal, get_translator(each), zone=MEXICO).replace("\u00a0", " ")
        for each in ("en", "es")
    ]

    assert told == [english, spanish]


def test_without_a_zone_moments_are_told_in_utc() -> None:
    told = sentence(refusals.ChangesClosed(MIDNIGHT), get_translator("en"))

    assert "05:59 (UTC)" in told


@pytest.mark.parametrize("language", ["en", "es"])
def test_states_moves_and_actors_each_have_words_of_their_own(language: str) -> None:
    words = get_translator(language)

    assert len({word(each, words) for each in State}) == len(State)
    assert len({state_sentence(each, words) for each in State}) == len(State)
    assert len({actor_name(each, words) for each in Actor}) == len(Actor)
    assert all(participle(each, words) for each in MoveName)
