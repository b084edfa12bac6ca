"""The words of an answer: its own lines, or the names of what was chosen."""

from datetime import UTC, datetime

import pytest

from registration.domain.calls import AnswerKind, Choice, Question
from registration.domain.submissions import Answer
from registration.language.answers import answer_lines, answer_paragraphs
from registration.language.translator import get_translator
from tests.mail.builders import make_submission

NOW = datetime(2022, 2, 14, tzinfo=UTC)
CHOICES = (
    Choice(key="en", name={"en": "English", "es": "Inglés"}),
    Choice(key="es", name={"en": "Spanish", "es": "Español"}),
)


@pytest.mark.parametrize(
    ("kind", "kept", "lines"),
    [
        (AnswerKind.LINE, "en", ("en",)),
        (AnswerKind.TEXT, "One.\n\nTwo.", ("One.", "Two.")),
        (AnswerKind.TEXT, "", ()),
        (AnswerKind.CHOICE, "es", ("Español",)),
        (AnswerKind.CHOICES, "en\nes", ("Inglés", "Español")),
        # The file of the meeting no longer knows it.
        (AnswerKind.CHOICES, "en\nnah", ("Inglés", "nah")),
    ],
)
def test_lines_are_those_written_or_the_names_of_what_was_chosen(
    kind: AnswerKind, kept: str, lines: tuple[str, ...]
) -> None:
    assert answer_lines(_ask(kind), kept, "es") == lines


def test_what_was_chosen_is_one_paragraph_of_a_document() -> None:
    answer = Answer(question="tongues", words="en\nes", version=1, writer="", changed_at=NOW)
    submission = make_submission(answers={"tongues": answer})

    paragraphs = answer_paragraphs(_ask(AnswerKind.CHOICES), submission, get_translator("en"))

    assert paragraphs == ("English and Spanish",)


def _ask(kind: AnswerKind) -> Question:
    choices = CHOICES if kind in {AnswerKind.CHOICE, AnswerKind.CHOICES} else ()
    return Question(
        key="tongues", kind=kind, text={"en": "Which?", "es": "¿Cuáles?"}, choices=choices
    )
