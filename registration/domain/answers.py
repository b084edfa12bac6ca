"""Answers to the questions of a call: cleaned as they come, and refused where they do not fit."""

from collections.abc import Mapping

from registration.domain.call_refusals import (
    AnswersMissing,
    AnswerTooLong,
    CallRefusal,
    UnknownAnswer,
    UnknownCall,
)
from registration.domain.calls import AnswerKind, Call, Question
from registration.domain.meeting import Delegation, Meeting
from registration.domain.names import clean_block, clean_line


def clean_answer(question: Question, words: str) -> str:
    """Return the answer as it is kept: without controls and marks of no width, NFC, line ends as
    LF. What a word processor puts beside the words is gone before their length is counted.

    Of choices: the keys, one a line, each once, in the order of the file; others stay at the end,
    so that they can be refused.
    """
    if question.kind is AnswerKind.LINE or question.kind is AnswerKind.CHOICE:
        return clean_line(words)
    if question.kind is AnswerKind.TEXT:
        return clean_block(words)
    ticked = dict.fromkeys(filter(None, map(clean_line, words.splitlines())))
    known = [each.key for each in question.choices if each.key in ticked]
    return "\n".join([*known, *(each for each in ticked if each not in known)])


def refuse_answer(question: Question, words: str) -> AnswerTooLong | UnknownAnswer | None:
    """Return why a cleaned answer is not taken, or None. That a required one is missing is told by
    `find_missing`: a draft may have holes."""
    if question.kind in {AnswerKind.LINE, AnswerKind.TEXT}:
        if len(words) > question.most:
            return AnswerTooLong(question.key, question.most, len(words))
        return None
    keys = {each.key for each in question.choices}
    return None if set(words.splitlines()) <= keys else UnknownAnswer(question.key)


def tidy_answer(question: Question, words: str) -> str | AnswerTooLong | UnknownAnswer:
    """Return the answer cleaned, "" for none, or why it is not taken."""
    tidied = clean_answer(question, words)
    return refuse_answer(question, tidied) or tidied


def list_chosen_keys(words: str) -> tuple[str, ...]:
    """Return the keys that an answer of choices holds."""
    return tuple(words.split())


def find_missing(call: Call, answers: Mapping[str, str]) -> AnswersMissing | None:
    """Return which of the required questions have no answer, or None."""
    missing = tuple(
        each.key for each in call.questions if each.required and not answers.get(each.key)
    )
    return AnswersMissing(missing) if missing else None


def refuse_answers(call: Call, answers: Mapping[str, str]) -> CallRefusal | None:
    """Return the first reason for which cleaned answers are not taken, or None."""
    questions = {each.key: each for each in call.questions}
    for key, words in answers.items():
        if key not in questions:
            return UnknownAnswer(key)
        refusal = refuse_answer(questions[key], words)
        if refusal is not None:
            return refusal
    return find_missing(call, answers)


def list_answering(meeting: Meeting, call: Call) -> list[Delegation]:
    """Return the delegations that may answer the call, in the order of the file.

    One that counts for no sub-region answers no call that chooses one from each.
    """
    counting = {each.key for each in meeting.regions if each.counts}
    return [
        each
        for each in meeting.delegations
        if (not call.kinds or each.kind in call.kinds)
        and (not call.regions or each.region in call.regions)
        and (not call.one_from_each_region or each.region in counting)
    ]


def find_answering(meeting: Meeting, call: Call, key: str) -> Delegation | UnknownCall:
    """Return the delegation with this key if it may answer the call."""
    found = next((each for each in list_answering(meeting, call) if each.key == key), None)
    return UnknownCall() if found is None else found
