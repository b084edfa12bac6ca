"""What was sent to a call as a table, told in the meeting's history before a byte leaves."""

from collections.abc import Collection
from datetime import datetime

from registration.domain.calls import Call
from registration.domain.events import By, Event
from registration.domain.exports import ExportFormat
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.submissions import AT_DESK, Stand, Submission
from registration.language.translator import get_translator
from registration.registrar.exporting import Exported
from registration.registrar.office import Office
from registration.sheets.calls import compose_submissions
from registration.sheets.comma import write_csv
from registration.sheets.xlsx import write_xlsx
from registration.store import reading
from registration.store.reading.submissions import list_submissions
from registration.store.writing import history

#: What the history calls such a table, beside `domain.exports.ExportKind`.
SENT_TO_CALL = "call"
#: What is exported: whatever an address has confirmed and nobody has taken back.
EXPORTED = AT_DESK | {Stand.RETURNED}


def export_call(
    office: Office,
    meeting: Meeting,
    call: Call,
    format: ExportFormat,
    *,
    language: Language,
    by: By,
    arrived_at: datetime,
) -> Exported:
    """Return the table in the language."""
    there = list_there(office, meeting, call, EXPORTED)
    sheet = compose_submissions(meeting, call, there, get_translator(language))
    data = write_xlsx(sheet) if format is ExportFormat.XLSX else write_csv(sheet)
    tell_export(
        office, meeting, call, format.value, language, len(there), by=by, arrived_at=arrived_at
    )
    today = arrived_at.astimezone(meeting.zone).date()
    return Exported(f"{call.key} {meeting.id} {today.isoformat()}", data, len(there))


def list_there(
    office: Office, meeting: Meeting, call: Call, stands: Collection[Stand]
) -> list[Submission]:
    """Return what stands so in the call, but for what is erased."""
    with office.database.reading() as session:
        found = list_submissions(session, meeting.id, call.key, stands=stands)
    return [each for each in found if each.erased_at is None]


def tell_export(
    office: Office,
    meeting: Meeting,
    call: Call,
    format: str,
    language: Language,
    number: int,
    *,
    by: By,
    arrived_at: datetime,
) -> None:
    """Tell in the meeting's history that what was sent to the call leaves the house, in which
    format and of how many."""
    with office.database.writing() as session:
        history.append_line(
            session,
            chain=reading.chain_of_meeting(meeting.id),
            event=Event.EXPORTED,
            by=by,
            at=arrived_at,
            facts={
                "kind": SENT_TO_CALL,
                "call": call.key,
                "format": format,
                "language": language,
                "number": str(number),
            },
            details={},
        )
