"""Answers to a call on paper: whole, in order, and told in the language of who wrote them."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from registration.domain.calls import Call
from registration.domain.ids import DelegationId
from registration.domain.meeting import Meeting
from registration.domain.submissions import Answer, Sender, Stand, Submission
from registration.language.translator import get_translator
from registration.letters.answers import compose_side_by_side, compose_submission, draw_answers
from registration.meetings.definition import Definition, read_definition
from tests.letters.reading import Paper
from tests.questionnaires import CALL, REVIEW, read_review

AT = datetime(2022, 2, 20, 15, 0, tzinfo=UTC)
DAY = date(2022, 2, 21)
BOTH = pytest.mark.parametrize("language", ["en", "es"])


def make_review() -> tuple[Meeting, Call]:
    definition = read_definition(read_review(), name=REVIEW)
    assert isinstance(definition, Definition)
    meeting = definition.to_meeting(REVIEW)
    call = meeting.find_call(CALL)
    assert call is not None
    return meeting, call


def make_submission(key: str = "cr", **answers: str) -> Submission:
    return Submission(
        id=UUID(int=len(key) + sum(map(ord, key))),
        meeting_id=REVIEW,
        call=CALL,
        delegation_id=DelegationId(1),
        delegation_key=key,
        region="",
        reference=f"RCM-{key.upper():X>8}",
        stand=Stand.SUBMITTED,
        version=1,
        sender=Sender(
            name="Ana Morales",
            institution="Migración",
            position="Directora",
            email="ana@example.org",
            language="es",
        ),
        link_generation=1,
        reason=None,
        created_at=AT,
        changed_at=AT,
        confirmed_at=AT,
        submitted_at=AT,
        decided_at=None,
        published_at=None,
        erased_at=None,
        answers={
            question.replace("_", "-"): Answer(
                question=question.replace("_", "-"),
                words=words,
                version=1,
                writer="Ana",
                changed_at=AT,
            )
            for question, words in answers.items()
        },
    )


@BOTH
def test_submission_tells_every_question_and_every_word_of_its_answers(language: str) -> None:
    meeting, call = make_review()
    long = "\n".join(f"Párrafo {number} con «acentos» y más palabras." * 12 for number in range(40))
    submission = make_submission(gaps=long, has_plan="yes")

    words = get_translator(language)
    paper = Paper(draw_answers(compose_submission(meeting, call, submission, DAY, words)))

    text = " ".join(" ".join(paper.list_paragraphs()).split())
    for question in call.questions:
        assert question.text[language] in text
    for line in long.split("\n"):
        assert " ".join(line.split()) in text
    assert {"en": "Yes", "es": "Sí"}[language] in text
    assert {"en": "No answer.", "es": "Sin respuesta."}[language] in text


def test_side_by_side_stands_each_delegation_under_each_question_and_counts_the_silent() -> None:
    meeting, call = make_review()
    submissions = [
        make_submission("cr", gaps="Faltan datos", pledges="Ninguno"),
        make_submission("pa", gaps="Faltan recursos"),
    ]

    paper = compose_side_by_side(meeting, call, submissions, DAY, get_translator("es"))

    first, second, third = paper.chapters
    assert [(each.title, each.paragraphs) for each in first.passages] == [
        ("República de Costa Rica", ("Faltan datos",)),
        ("República de Panamá", ("Faltan recursos",)),
    ]
    assert [each.title for each in second.passages] == ["República de Costa Rica", ""]
    assert third.passages[0].paragraphs == ("2 omitieron esta pregunta.",)


def test_answers_are_told_in_the_language_in_which_they_were_written() -> None:
    meeting, call = make_review()
    submission = make_submission(gaps="Faltan datos")

    paper = Paper(
        draw_answers(compose_submission(meeting, call, submission, DAY, get_translator("en")))
    )

    (told,) = [each for each in paper.root.list_all() if "/Lang" in each.obj]
    assert (str(told.obj.Lang), told.text) == ("es", "Faltan datos")
