"""Answers to a call as a table: one line for each answer, so that all to one question sort
together."""

from collections.abc import Iterator, Sequence

from registration.domain.calls import Call
from registration.domain.meeting import Meeting
from registration.domain.submissions import Submission
from registration.language.answers import answer_paragraphs, has_answer, name_sender
from registration.language.translator import Translator
from registration.sheets.people import make_sheet
from registration.sheets.table import Cell, Column, Sheet

#: A cell of a spreadsheet holds 32,767 characters; the writer drops a longer text without a word.
LONGEST_CELL = 32_000


def compose_answers(
    meeting: Meeting, call: Call, submissions: Sequence[Submission], words: Translator
) -> Sheet:
    """Return every answer that was given, by question and then in the order of the submissions. A
    text that no cell holds goes on in the next line."""
    columns = (
        Column(words.gettext("Section"), 28),
        Column(words.gettext("Question"), 50),
        Column(words.gettext("Sent by"), 32),
        Column(words.gettext("Part"), 8),
        Column(words.gettext("Answer"), 90),
        Column(words.gettext("Submitted on"), 16),
        Column(words.gettext("Number"), 16),
    )
    rows = list(_list_rows(meeting, call, submissions, words))
    return make_sheet(meeting, call.title[words.language], columns, rows, words)


def _list_rows(
    meeting: Meeting, call: Call, submissions: Sequence[Submission], words: Translator
) -> Iterator[tuple[Cell, ...]]:
    language = words.language
    for section in call.sections:
        for question in section.questions:
            for each in submissions:
                if not has_answer(question, each):
                    continue
                text = "\n".join(answer_paragraphs(question, each, words))
                for number, part in enumerate(_split(text), start=1):
                    yield (
                        "" if section.title is None else section.title[language],
                        question.text[language],
                        name_sender(meeting, each, language),
                        number,
                        part,
                        each.submitted_at.astimezone(meeting.zone).date()
                        if each.submitted_at
                        else None,
                        each.reference,
                    )


def _split(text: str) -> Iterator[str]:
    for start in range(0, len(text), LONGEST_CELL):
        yield text[start : start + LONGEST_CELL]
