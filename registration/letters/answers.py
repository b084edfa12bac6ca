"""Answers to a call on paper: of one delegation by its questions, or of all to each question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registration.domain.calls import Call, Question
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.submissions import Submission
from registration.language.answers import answer_paragraphs, has_answer, name_sender
from registration.language.translator import Translator
from registration.letters.blocks import Block
from registration.letters.document import draw_document
from registration.letters.finishing import Facts
from registration.letters.heads import compose_plain_foot, compose_plain_head
from registration.letters.lists import heading, paragraph
from registration.letters.styles import BODY, BODY_STRONG, TITLE
from registration.letters.tagging import Element
from registration.letters.wording import Foot, Letterhead, as_typed


@dataclass(frozen=True)
class Passage:
    """What stands under one line: a question with its answer, or a delegation with what it said.

    language: in which it was written, where people did; None for words of ours.
    """

    title: str
    paragraphs: tuple[str, ...]
    language: Language | None = None


@dataclass(frozen=True)
class Chapter:
    """Passages under a heading; of a call without headings title is None."""

    title: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class AnswerPaper:
    """The paper in words, in the language of its frame; what people wrote stays in theirs."""

    language: Language
    title: str
    dated: date
    head: Letterhead
    heading: str
    facts: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    foot: Foot


def compose_submission(
    meeting: Meeting, call: Call, submission: Submission, dated: date, words: Translator
) -> AnswerPaper:
    """Return one submission: every question with its answer, in the order of the file."""
    language = words.language
    who = name_sender(meeting, submission, language)
    chapters = [
        Chapter(
            None if section.title is None else section.title[language],
            tuple(_tell_answer(question, submission, words) for question in section.questions),
        )
        for section in call.sections
    ]
    return _compose(
        meeting, call, who, _tell_when(meeting, submission, words), chapters, dated, words
    )


def compose_side_by_side(
    meeting: Meeting,
    call: Call,
    submissions: Sequence[Submission],
    dated: date,
    words: Translator,
) -> AnswerPaper:
    """Return all answers by question, for whoever writes the report. Who left one out is counted.

    submissions: in the order in which they are to stand.
    """
    language = words.language
    chapters = [
        Chapter(
            question.text[language], tuple(_list_answers(meeting, question, submissions, words))
        )
        for question in call.questions
    ]
    told = words.npgettext("answers", "%(num)d submission", "%(num)d submissions", len(submissions))
    return _compose(meeting, call, call.title[language], (told,), chapters, dated, words)


def draw_answers(paper: AnswerPaper) -> bytes:
    """Return the paper as a tagged PDF. Same paper, same bytes."""
    facts = Facts(
        title=paper.title,
        author=paper.head.organisation,
        language=paper.language,
        dated=paper.dated,
        seal=paper.head.seal,
    )
    return draw_document(
        paper.head, paper.foot, facts, lambda body: list(_list_blocks(paper, body))
    )


def _tell_answer(question: Question, submission: Submission, words: Translator) -> Passage:
    title = question.text[words.language]
    if not has_answer(question, submission):
        return Passage(title, (words.pgettext("answers", "No answer."),))
    paragraphs = answer_paragraphs(question, submission, words)
    return Passage(title, paragraphs, submission.sender.language)


def _list_answers(
    meeting: Meeting, question: Question, submissions: Sequence[Submission], words: Translator
) -> Iterator[Passage]:
    silent = 0
    for each in submissions:
        if not has_answer(question, each):
            silent += 1
            continue
        yield Passage(
            as_typed(name_sender(meeting, each, words.language)),
            answer_paragraphs(question, each, words),
            each.sender.language,
        )
    if silent:
        told = words.npgettext(
            "answers", "%(num)d left this question out.", "%(num)d left this question out.", silent
        )
        yield Passage("", (told,))


def _compose(
    meeting: Meeting,
    call: Call,
    title: str,
    facts: tuple[str, ...],
    chapters: Sequence[Chapter],
    dated: date,
    words: Translator,
) -> AnswerPaper:
    kind = call.title[words.language]
    return AnswerPaper(
        language=words.language,
        title=title if title == kind else f"{kind}: {title}",
        dated=dated,
        head=compose_plain_head(meeting, kind=kind, number=words.day(dated), words=words),
        heading=title,
        facts=(meeting.title[words.language], *facts),
        chapters=tuple(chapters),
        foot=compose_plain_foot(
            meeting,
            words.pgettext("answers", "The answers stand in the words of those who sent them."),
            words,
        ),
    )


def _tell_when(meeting: Meeting, submission: Submission, words: Translator) -> tuple[str, ...]:
    at = submission.submitted_at
    if at is None:
        return (words.pgettext("answers", "Not submitted yet."),)
    day = words.day(at.astimezone(meeting.zone).date())
    return (words.pgettext("answers", "Submitted on %(day)s.", day=day),)


def _list_blocks(paper: AnswerPaper, body: Element) -> Iterator[Block]:
    yield paragraph(as_typed(paper.heading), body, TITLE, tag="H2", before=0)
    for fact in paper.facts:
        yield paragraph(fact, body, BODY)
    for chapter in paper.chapters:
        part = Element("Sect", body)
        if chapter.title is not None:
            yield heading(chapter.title, part, tag="H3")
        for passage in chapter.passages:
            if passage.title:
                yield paragraph(passage.title, part, BODY_STRONG, tag="H4", keep=True)
            said = Element("Div", part, language=passage.language)
            for each in passage.paragraphs:
                yield paragraph(as_typed(each), said, BODY)
