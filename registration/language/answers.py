"""Whose submission it is and what it answers, in words."""

from dataclasses import dataclass

from registration.domain.answers import list_chosen_keys
from registration.domain.calls import AnswerKind, Call, Question
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.submissions import Submission
from registration.language.translator import Translator

_OF_CHOICES = {AnswerKind.CHOICE, AnswerKind.CHOICES}


@dataclass(frozen=True)
class Answered:
    """One question with its answer in lines (`answer_lines`); none where it has no answer."""

    question: Question
    lines: tuple[str, ...]


def name_sender(meeting: Meeting, submission: Submission, language: Language) -> str:
    """Return whose submission it is: the delegation's official name, or the person's."""
    delegation = (
        meeting.find_delegation(submission.delegation_key) if submission.delegation_key else None
    )
    return submission.sender.name if delegation is None else delegation.official_name[language]


def has_answer(question: Question, submission: Submission) -> bool:
    """Return whether the submission answers the question."""
    answer = submission.answers.get(question.key)
    return answer is not None and bool(answer.words)


def answer_paragraphs(
    question: Question, submission: Submission, words: Translator
) -> tuple[str, ...]:
    """Return the answer's paragraphs, of choices their names; none where there is no answer."""
    lines = _lines(question, submission, words.language)
    if lines and question.kind in _OF_CHOICES:
        return (words.enumerate(lines),)
    return lines


def list_answered(call: Call, submission: Submission, language: Language) -> list[Answered]:
    """Return every question of the call with the answer."""
    return [Answered(each, _lines(each, submission, language)) for each in call.questions]


def answer_lines(question: Question, answer: str, language: Language) -> tuple[str, ...]:
    """Return the lines of an answer as it is kept, of choices the name of each; no blank ones."""
    if question.kind in _OF_CHOICES:
        names = {each.key: each.name[language] for each in question.choices}
        return tuple(names.get(key, key) for key in list_chosen_keys(answer))
    return tuple(line for line in answer.split("\n") if line)


def _lines(question: Question, submission: Submission, language: Language) -> tuple[str, ...]:
    answer = submission.answers.get(question.key)
    return () if answer is None else answer_lines(question, answer.words, language)
