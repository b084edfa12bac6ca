"""Tables that leave the house: read, written, and told in the meeting's history before the first
byte leaves. What the line says is which table, in which format and of how many; nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from registration.domain.batches import APPROVED
from registration.domain.desk_refusals import MeetingNotBegun, NobodyChosen
from registration.domain.events import By, Event
from registration.domain.exports import ExportFormat, ExportKind
from registration.domain.ids import Language, MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.states import SEATED
from registration.domain.travel import is_guest, is_traveller
from registration.language.translator import Translator, get_translator
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.travel_data import list_travel
from registration.sheets.comma import write_csv
from registration.sheets.journeys import compose_manifest, compose_meals, compose_rooms
from registration.sheets.people import (
    compose_absent,
    compose_door_list,
    compose_participants,
    compose_segment,
)
from registration.sheets.table import Sheet
from registration.sheets.xlsx import write_xlsx
from registration.store import reading
from registration.store.reading.segments import list_attending, map_choices
from registration.store.writing import history


@dataclass(frozen=True)
class Exported:
    """A table as a file. name: what stands in it and of which day, without an ending."""

    name: str
    data: bytes = field(repr=False)
    number: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which table is asked for. chosen: of CHOSEN, whose, in the order of the list. segment: of
    SEGMENT, the key of which."""

    meeting_id: MeetingId
    kind: ExportKind
    format: ExportFormat
    language: Language
    chosen: Sequence[RegistrationId] = ()
    segment: str = ""


def export(
    office: Office, wanted: Wanted, *, by: By, arrived_at: datetime
) -> Exported | MeetingNotBegun | NobodyChosen:
    """Return the table. Who may have it was asked before (`domain.exports`)."""
    with office.database.reading() as session:
        meeting = get_meeting(session, wanted.meeting_id)
    today = arrived_at.astimezone(meeting.zone).date()
    if wanted.kind is ExportKind.ABSENT and today < meeting.first_day:
        return MeetingNotBegun()
    if wanted.kind is ExportKind.CHOSEN and not wanted.chosen:
        return NobodyChosen()
    sheet = compose(office, meeting, wanted)
    data = write_xlsx(sheet) if wanted.format is ExportFormat.XLSX else write_csv(sheet)
    with office.database.writing() as session:
        history.append_line(
            session,
            chain=reading.chain_of_meeting(meeting.id),
            event=Event.EXPORTED,
            by=by,
            at=arrived_at,
            facts={
                "kind": wanted.kind.value,
                "format": wanted.format.value,
                "language": wanted.language,
                "number": str(len(sheet.rows)),
                **({"segment": wanted.segment} if wanted.segment else {}),
            },
            details={},
        )
    name = sheet.name.replace(":", "")
    return Exported(f"{name} {meeting.id} {today.isoformat()}", data, len(sheet.rows))


def compose(office: Office, meeting: Meeting, wanted: Wanted) -> Sheet:
    """Return the table in words. Entries of which nothing personal is left are in none."""
    words = get_translator(wanted.language)
    match wanted.kind:
        case ExportKind.PARTICIPANTS | ExportKind.CHOSEN | ExportKind.DOOR | ExportKind.SEGMENT:
            return _compose_people(office, meeting, wanted, words)
        case ExportKind.ABSENT:
            with office.database.reading() as session:
                came = reading.list_arrived(session, meeting.id)
            rows = list_travel(office, meeting.id, states=APPROVED)
            absent = [each for each in rows if each.registration.id not in came]
            return compose_absent(
                meeting, [each for each in absent if _is_there(each.registration)], words
            )
    rows = [
        each
        for each in list_travel(office, meeting.id, states=APPROVED)
        if _is_there(each.registration)
    ]
    match wanted.kind:
        case ExportKind.TRAVEL:
            paid = [each for each in rows if is_traveller(meeting, each.registration)]
            return compose_manifest(meeting, paid, words)
        case ExportKind.ROOMS:
            guests = [each for each in rows if is_guest(meeting, each.registration)]
            return compose_rooms(meeting, guests, words)
        case ExportKind.MEALS:
            return compose_meals(meeting, rows, words)


def _compose_people(office: Office, meeting: Meeting, wanted: Wanted, words: Translator) -> Sheet:
    with office.database.reading() as session:
        arrivals = reading.list_arrivals(session, meeting.id)
        choices = map_choices(session, meeting.id) if meeting.segments else {}
        attending = list_attending(session, meeting.id, wanted.segment)
        if wanted.kind is ExportKind.CHOSEN:
            ids = set(wanted.chosen)
            people = [
                each for each in reading.list_registrations(session, meeting.id) if each.id in ids
            ]
        else:
            states = APPROVED if wanted.kind is ExportKind.DOOR else SEATED
            people = reading.list_registrations(session, meeting.id, states=states)
    there = [each for each in people if _is_there(each)]
    match wanted.kind:
        case ExportKind.DOOR:
            return compose_door_list(meeting, there, arrivals, words)
        case ExportKind.SEGMENT:
            segment = meeting.find_segment(wanted.segment)
            assert segment is not None, wanted.segment
            of_it = [each for each in there if each.id in attending]
            return compose_segment(meeting, segment, of_it, arrivals, words)
        case _:
            return compose_participants(meeting, there, arrivals, words, choices=choices)


def _is_there(registration: Registration) -> bool:
    return registration.erased_at is None
