"""Answers to a call that leave the house: as a table or as a paper, told in the meeting's history
before the first byte leaves."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from registration.domain.calls import Call
from registration.domain.events import By
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.submissions import AT_DESK, Submission
from registration.language.translator import get_translator
from registration.letters.answers import compose_side_by_side, draw_answers
from registration.registrar.exporting import Exported
from registration.registrar.exporting_calls import list_there, tell_export
from registration.registrar.office import Office
from registration.sheets.answers import compose_answers
from registration.sheets.comma import write_csv
from registration.sheets.xlsx import write_xlsx


class AnswerFormat(StrEnum):
    """As what all answers to a call leave the house."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


def export_answers(
    office: Office,
    meeting: Meeting,
    call: Call,
    format: AnswerFormat,
    language: Language,
    *,
    by: By,
    arrived_at: datetime,
) -> Exported:
    """Return everything that was submitted to the call, by question. Drafts are their writers' own
    and in none."""
    there = list_there(office, meeting, call, AT_DESK)
    data = _write(meeting, call, there, format, language, arrived_at)
    tell_export(
        office, meeting, call, format.value, language, len(there), by=by, arrived_at=arrived_at
    )
    today = arrived_at.astimezone(meeting.zone).date()
    return Exported(f"{call.key} {meeting.id} {today.isoformat()}", data, len(there))


def _write(
    meeting: Meeting,
    call: Call,
    submissions: Sequence[Submission],
    format: AnswerFormat,
    language: Language,
    at: datetime,
) -> bytes:
    words = get_translator(language)
    if format is AnswerFormat.PDF:
        dated = at.astimezone(meeting.zone).date()
        return draw_answers(compose_side_by_side(meeting, call, submissions, dated, words))
    sheet = compose_answers(meeting, call, submissions, words)
    return write_xlsx(sheet) if format is AnswerFormat.XLSX else write_csv(sheet)
