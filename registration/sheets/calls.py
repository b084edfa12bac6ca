"""What was sent to a call, one line each: who sent it, where it stands, and every answer."""

from collections.abc import Sequence

from registration.domain.calls import AnswerKind, Call, Question
from registration.domain.meeting import Meeting
from registration.domain.submissions import Submission
from registration.language.answers import answer_lines
from registration.language.submissions import stand_word
from registration.language.translator import Translator
from registration.sheets.people import make_sheet
from registration.sheets.table import Cell, Column, Sheet

#: Characters of a cell. A spreadsheet takes 32,767, and a guarded text is one longer: what is
#: longer goes on in the next column.
LONGEST_CELL = 32_000


def compose_submissions(
    meeting: Meeting, call: Call, submissions: Sequence[Submission], words: Translator
) -> Sheet:
    """Return the table in the translator's language; answers as they were written."""
    spread = {each.key: _count_cells(each, submissions) for each in call.questions}
    columns = [
        Column(words.gettext("Delegation"), 28),
        Column(words.gettext("Sub-region"), 20),
        Column(words.gettext("Name"), 28),
        Column(words.gettext("Institution"), 32),
        Column(words.gettext("Position"), 28),
        Column(words.gettext("E-mail address"), 30),
        Column(words.gettext("Language"), 12),
        Column(words.gettext("State"), 18),
        Column(words.gettext("Sent"), 16),
        Column(words.gettext("Number"), 16),
    ]
    for question in call.questions:
        heading = question.text[words.language]
        columns += [
            Column(heading if part == 0 else f"{heading} ({part + 1})", 40)
            for part in range(spread[question.key])
        ]
    rows = [_row(meeting, call, each, spread, words) for each in submissions]
    return make_sheet(meeting, call.title[words.language], columns, rows, words)


def _row(
    meeting: Meeting,
    call: Call,
    submission: Submission,
    spread: dict[str, int],
    words: Translator,
) -> list[Cell]:
    sender = submission.sender
    delegation = meeting.find_delegation(submission.delegation_key or "")
    regions = {each.key: each.name[words.language] for each in meeting.regions}
    sent = submission.submitted_at
    row: list[Cell] = [
        "" if delegation is None else delegation.official_name[words.language],
        "" if delegation is None else regions.get(delegation.region or "", ""),
        sender.name,
        sender.institution,
        sender.position,
        sender.email,
        words.language_name(sender.language),
        stand_word(submission.stand, words),
        None if sent is None else sent.astimezone(meeting.zone).date(),
        submission.reference,
    ]
    for question in call.questions:
        text = _say(question, submission, words)
        row += [
            text[part * LONGEST_CELL : (part + 1) * LONGEST_CELL]
            for part in range(spread[question.key])
        ]
    return row


def _say(question: Question, submission: Submission, words: Translator) -> str:
    answer = submission.answers.get(question.key)
    if answer is None:
        return ""
    if question.kind in {AnswerKind.LINE, AnswerKind.TEXT}:
        return answer.words
    return "; ".join(answer_lines(question, answer.words, words.language))


def _count_cells(question: Question, submissions: Sequence[Submission]) -> int:
    longest = max(
        (
            len(each.answers[question.key].words)
            for each in submissions
            if question.key in each.answers
        ),
        default=0,
    )
    return max(1, -(-longest // LONGEST_CELL))
