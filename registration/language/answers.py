"""Whose submission it is and what it answers, in words."""

from registration.domain.answers import list_chosen_keys
from registration.domain.calls import AnswerKind, Question
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.submissions import Submission
from registration.language.translator import Translator


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
    answer = submission.answers.get(question.key)
    if answer is None or not answer.words:
        return ()
    if question.kind in {AnswerKind.CHOICE, AnswerKind.CHOICES}:
        names = {each.key: each.name[words.language] for each in question.choices}
        return (words.enumerate([names.get(key, key) for key in list_chosen_keys(answer.words)]),)
    return tuple(line for line in answer.words.split("\n") if line)
