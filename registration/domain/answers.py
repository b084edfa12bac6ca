"""Answers to the questions of a call: brought to one form, and judged."""

from collections.abc import Mapping

from registration.domain.call_refusals import AnswersMissing, AnswerTooLong, UnknownAnswer
from registration.domain.calls import AnswerKind, Call, Question
from registration.domain.names import clean_block, clean_line


def tidy_answer(question: Question, words: str) -> str | AnswerTooLong | UnknownAnswer:
    """Return the answer as it is kept, "" for none, or why it is none.

    words: as typed or pasted; of choices the keys, one a line. What word processors bring along
    (controls, marks of direction, line ends of their own) is taken out before it is measured.
    """
    match question.kind:
        case AnswerKind.LINE:
            tidied = clean_line(words)
        case AnswerKind.TEXT:
            tidied = clean_block(words)
        case AnswerKind.CHOICE | AnswerKind.CHOICES:
            return _tidy_choices(question, words)
    if len(tidied) > question.most:
        return AnswerTooLong(question=question.key, most=question.most, length=len(tidied))
    return tidied


def list_chosen_keys(words: str) -> tuple[str, ...]:
    """Return the keys that an answer of choices holds."""
    return tuple(words.split())


def list_unanswered(call: Call, answers: Mapping[str, str]) -> AnswersMissing | None:
    """Return which required questions have no answer, or None. answers: by question's key."""
    missing = tuple(
        each.key for each in call.questions if each.required and not answers.get(each.key)
    )
    return AnswersMissing(missing) if missing else None


def _tidy_choices(question: Question, words: str) -> str | UnknownAnswer:
    chosen = list_chosen_keys(words)
    offered = [each.key for each in question.choices]
    if set(chosen) - set(offered) or (question.kind is AnswerKind.CHOICE and len(chosen) > 1):
        return UnknownAnswer(question.key)
    return "\n".join(each for each in offered if each in chosen)
