"""Why something was not sent to a call, or not decided, in one sentence or two."""

from collections.abc import Mapping
from typing import assert_never
from zoneinfo import ZoneInfo

from registration.domain import call_refusals as refusals
from registration.domain.call_refusals import CallRefusal
from registration.language import moves, submissions
from registration.language.translator import Translator

_UTC = ZoneInfo("UTC")


def call_sentence(
    refusal: CallRefusal,
    words: Translator,
    *,
    zone: ZoneInfo | None = None,
    names: Mapping[tuple[str, str], str] | None = None,
) -> str:
    """Return what a person reads. zone: the meeting's, for its dates; else UTC. names: by
    ("region" or "delegation", key), for the desk, which may read who is chosen."""
    match refusal:
        case refusals.CallNotOpen() | refusals.CallClosed():
            return _about_dates(refusal, words, zone or _UTC)
        case (
            refusals.AnswerChanged()
            | refusals.AnswerTooLong()
            | refusals.AnswersMissing()
            | refusals.UnknownAnswer()
            | refusals.TooManyAttachments()
        ):
            return _about_answers(refusal, words)
        case refusals.RegionTaken() | refusals.ChoicesFull():
            return _about_choices(refusal, words, names or {})
        case refusals.SubmissionErased() | refusals.SubmissionStands():
            return _about_erasing(refusal, words)
        case _:
            return _about_submission(refusal, words, zone or _UTC)


def _about_dates(
    refusal: refusals.CallNotOpen | refusals.CallClosed, words: Translator, zone: ZoneInfo
) -> str:
    match refusal:
        case refusals.CallNotOpen(opens=opens):
            return words.gettext(
                "This call opens on %(moment)s. Nothing was sent.", moment=words.moment(opens, zone)
            )
        case refusals.CallClosed(closed_at=closed_at):
            return words.gettext(
                "This call closed on %(moment)s, so nothing was sent. All that you typed is still "
                "here: copy it if you need it, or write to the meeting's office.",
                moment=words.last_minute(closed_at, zone),
            )
        case _:
            assert_never(refusal)


def _about_answers(
    refusal: refusals.AnswerChanged
    | refusals.AnswerTooLong
    | refusals.AnswersMissing
    | refusals.UnknownAnswer
    | refusals.TooManyAttachments,
    words: Translator,
) -> str:
    match refusal:
        case refusals.AnswerChanged(writer=writer):
            return words.gettext(
                "%(writer)s changed this answer while you were writing. Nothing was written over: "
                "look at both texts and keep the one that is to stand.",
                writer=writer,
            )
        case refusals.AnswerTooLong(most=most, length=length):
            return words.gettext(
                "This answer has %(length)s characters. Shorten it to %(most)s or fewer; all that "
                "you typed is still here.",
                length=words.number(length),
                most=words.number(most),
            )
        case refusals.AnswersMissing(questions=questions):
            return words.ngettext(
                "One question that must be answered has no answer yet.",
                "%(num)d questions that must be answered have no answer yet.",
                len(questions),
            )
        case refusals.UnknownAnswer():
            return words.gettext("Choose one of the answers in the list.")
        case refusals.TooManyAttachments(most=most):
            return words.ngettext(
                "One file can lie beside the answers. Remove it before you add another one.",
                "%(num)d files can lie beside the answers. Remove one before you add another one.",
                most,
            )
        case _:
            assert_never(refusal)


def _about_choices(
    refusal: refusals.RegionTaken | refusals.ChoicesFull,
    words: Translator,
    names: Mapping[tuple[str, str], str],
) -> str:
    match refusal:
        case refusals.RegionTaken(region=region, delegation=delegation, who=who) if who:
            return words.gettext(
                "Nothing was changed: %(who)s has chosen %(delegation)s for %(region)s, and each "
                "sub-region has one. Take that choice back first.",
                who=who,
                delegation=names.get(("delegation", delegation), delegation),
                region=names.get(("region", region), region),
            )
        case refusals.RegionTaken():
            return words.gettext(
                "One of this sub-region is chosen already, and each sub-region has one. Take that "
                "choice back first."
            )
        case refusals.ChoicesFull(number=number):
            return words.ngettext(
                "One is chosen already, which is as many as this call takes. Take that choice back "
                "first.",
                "%(num)d are chosen already, which is as many as this call takes. Take one choice "
                "back first.",
                number,
            )
        case _:
            assert_never(refusal)


def _about_submission(
    refusal: refusals.UnknownCall
    | refusals.UnknownSubmission
    | refusals.SubmissionThere
    | refusals.DeedNotPermitted
    | refusals.SubmissionChanged,
    words: Translator,
    zone: ZoneInfo,
) -> str:
    match refusal:
        case refusals.UnknownCall():
            return words.gettext(
                "This call cannot be answered in this way. Choose one of the delegations in the "
                "list."
            )
        case refusals.UnknownSubmission():
            return words.gettext(
                "We cannot find what was sent. Open the link in the message we sent you."
            )
        case refusals.SubmissionThere():
            return words.gettext(
                "The delegation has sent something to this call already, and each has one voice. "
                "All that you typed is still here: write to the meeting's office if it is to "
                "replace what was sent."
            )
        case refusals.DeedNotPermitted(deed=deed, stand=stand):
            return words.gettext(
                "It stands at “%(stand)s”, so it cannot be %(done)s now.",
                stand=submissions.stand_word(stand, words),
                done=submissions.participle(deed, words),
            )
        case refusals.SubmissionChanged(stand=stand, actor=actor, who=who, at=at):
            return words.gettext(
                "Nothing was changed: %(who)s was faster. Since %(moment)s it stands at "
                "“%(stand)s”.",
                who=who or moves.actor_name(actor, words),
                stand=submissions.stand_word(stand, words),
                moment=words.moment(at, zone),
            )
        case _:
            assert_never(refusal)


def _about_erasing(
    refusal: refusals.SubmissionErased | refusals.SubmissionStands, words: Translator
) -> str:
    match refusal:
        case refusals.SubmissionErased():
            return words.gettext("The personal data of what was sent are erased already.")
        case refusals.SubmissionStands():
            return words.gettext(
                "What was sent still counts. Withdraw it first, and its sender is told; then its "
                "data can be erased."
            )
        case _:
            assert_never(refusal)
