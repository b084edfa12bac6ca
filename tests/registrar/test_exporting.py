"""Tables that leave the house: who is in them, in what order, and the line that tells of them."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from registration.domain.desk_refusals import MeetingNotBegun, NobodyChosen
from registration.domain.events import Event
from registration.domain.exports import ExportFormat, ExportKind
from registration.domain.guarding import unguard
from registration.domain.journeys import (
    Box,
    Diet,
    Leg,
    Needs,
    PassportKind,
    Stay,
    Ticket,
    TravelData,
    bind_box,
    dump,
)
from registration.domain.registrations import Registration
from registration.domain.travel import TicketStatus, Visa
from registration.registrar import entering
from registration.registrar.arriving import record_arrival
from registration.registrar.exporting import Exported, Wanted, export
from registration.store import reading
from registration.store.reading.travel import TABLES
from registration.store.tables.registrations import DbRegistration
from tests.builders import RCM
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import moved

#: What a spreadsheet would work out, and what it would not show rightly.
TRICKS = ["=1+1", "+1", "@x", "-2+3", '=HYPERLINK("http://x.example")', "Peña Núñez, Zoë", "'=a"]


def take(
    guide: Guide,
    kind: ExportKind,
    format: ExportFormat = ExportFormat.XLSX,
    language: str = "en",
    **more: object,
) -> bytes:
    wanted = Wanted(meeting_id=RCM, kind=kind, format=format, language=language, **more)  # type: ignore[arg-type]  # as Wanted takes them
    made = export(guide.office, wanted, by=REVIEWER, arrived_at=guide.now)
    assert isinstance(made, Exported), made
    return made.data


def read(data: bytes) -> list[list[object]]:
    """The rows of a spreadsheet as a library reads it that did not write it."""
    rows: list[list[object]] = (
        CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()
    )
    return rows


def column(rows: list[list[object]], heading: str) -> list[object]:
    at = rows[0].index(heading)
    return [row[at] for row in rows[1:]]


def enter_tricky(guide: Guide) -> None:
    for trick in TRICKS:
        application = guide.apply(
            "speakers",
            particulars=guide.make_person(institution=trick, position=trick),
            with_passport=False,
        )
        moved(
            entering.enter(
                guide.office, application, by=REVIEWER, reason="List", arrived_at=guide.now
            )
        )


def test_no_cell_of_a_spreadsheet_is_a_formula_and_text_comes_back_as_text(guide: Guide) -> None:
    enter_tricky(guide)

    data = take(guide, ExportKind.PARTICIPANTS)

    assert column(read(data), "Institution") == TRICKS
    tab = load_workbook(BytesIO(data)).active
    assert tab is not None
    cells = [cell for row in tab.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert not any(cell.hyperlink for cell in cells)


def test_no_text_of_a_csv_file_begins_like_a_formula_and_all_come_back(guide: Guide) -> None:
    enter_tricky(guide)

    data = take(guide, ExportKind.PARTICIPANTS, ExportFormat.CSV)

    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    at = rows[0].index("Institution")
    assert [unguard(row[at]) for row in rows[1:]] == TRICKS
    assert data.startswith(b"\xef\xbb\xbf")


def test_participants_stand_in_the_order_of_the_file(guide: Guide) -> None:
    moved(_enter(guide, "speakers"))
    for key in ("us", "bz", "sacm"):
        guide.submit(key, **({"seat_label": "ppt"} if key == "sacm" else {}))

    rows = read(take(guide, ExportKind.PARTICIPANTS, language="es"))

    order = [each.name["es"] for each in guide.meeting.groups]
    found = [order.index(str(each)) for each in column(rows, "Delegación o categoría")]
    assert found == sorted(found)
    assert "Presidencia Pro Témpore (PPT)" in column(rows, "Cupo")


def test_manifest_is_of_those_whose_flight_is_paid_by_city_and_day(guide: Guide) -> None:
    canadian = guide.approve(guide.submit("ca"))
    late, early = (guide.approve(guide.submit("gt")) for _ in range(2))
    honduran = guide.approve(guide.submit("hn"))
    unknown = guide.approve(guide.submit("cr"))
    for each, city, day in (
        (late, "Guatemala", 30),
        (early, "Guatemala", 29),
        (honduran, "Tegucigalpa", 30),
        (canadian, "Ottawa", 30),
    ):
        put_travel(guide, each, city, day)

    rows = read(take(guide, ExportKind.TRAVEL))

    assert column(rows, "Number") == [each.reference for each in (early, late, honduran, unknown)]
    assert column(rows, "Date of departure")[:2] == [date(2022, 3, 29), date(2022, 3, 30)]
    assert column(rows, "Passport number")[0] == "0012345"
    assert "AV 640" in str(column(rows, "Flights")[0])


def test_rooming_list_has_the_guests_and_no_passport(guide: Guide) -> None:
    guest = guide.approve(guide.submit("gt"))
    other = guide.approve(guide.submit("ca"))
    put(
        guide,
        guest,
        Box.STAY,
        Stay(
            hotel="Hotel Álamo",
            address="",
            room="0304",
            arrives=date(2022, 3, 30),
            leaves=date(2022, 4, 1),
        ),
    )
    put_travel(guide, guest, "Guatemala", 30)

    data = take(guide, ExportKind.ROOMS)

    rows = read(data)
    assert column(rows, "Number") == [guest.reference]
    assert rows[1][:5] == ["Hotel Álamo", "0304", date(2022, 3, 30), date(2022, 4, 1), 2]
    assert other.reference not in str(rows)
    assert "0012345" not in str(rows)


def test_meals_are_of_everybody_who_takes_part(guide: Guide) -> None:
    speaker = moved(_enter(guide, "speakers"))
    delegate = guide.approve(guide.submit("ca"))
    guide.submit("cr")
    put(guide, speaker, Box.NEEDS, Needs(diet=Diet.VEGAN, diet_words="=nuts"))

    rows = read(take(guide, ExportKind.MEALS))

    assert column(rows, "Number") == [delegate.reference, speaker.reference]
    assert rows[2][:2] == ["Vegan", "=nuts"]


def test_door_list_is_by_surname_with_who_came_already(guide: Guide) -> None:
    people = [
        guide.approve(guide.submit(key, particulars=guide.make_person(surnames=surname)))
        for key, surname in (("cr", "Zamora"), ("gt", "Álvarez"), ("hn", "Alvarado"))
    ]
    record_arrival(guide.office, people[1].id, by=REVIEWER, arrived_at=guide.now)

    rows = read(take(guide, ExportKind.DOOR))

    assert column(rows, "Surnames") == ["Alvarado", "Álvarez", "Zamora"]
    assert [bool(each) for each in column(rows, "Arrived")] == [False, True, False]


def test_who_did_not_come_is_told_from_the_first_day_on(guide: Guide) -> None:
    came, absent = (guide.approve(guide.submit(key)) for key in ("cr", "gt"))
    guide.submit("hn")
    record_arrival(guide.office, came.id, by=REVIEWER, arrived_at=guide.now)
    wanted = Wanted(meeting_id=RCM, kind=ExportKind.ABSENT, format=ExportFormat.XLSX, language="es")
    midnight = datetime(2022, 3, 31, 6, tzinfo=UTC)

    too_early = export(
        guide.office, wanted, by=REVIEWER, arrived_at=midnight - timedelta(seconds=1)
    )
    made = export(guide.office, wanted, by=REVIEWER, arrived_at=midnight)

    assert too_early == MeetingNotBegun()
    assert isinstance(made, Exported)
    assert column(read(made.data), "Número") == [absent.reference]


def test_each_export_is_a_line_of_the_meetings_history_with_nothing_personal(guide: Guide) -> None:
    entry = guide.submit("cr")

    take(guide, ExportKind.PARTICIPANTS, ExportFormat.CSV, "es")

    with guide.office.database.reading() as session:
        (line,) = reading.list_history(session, reading.chain_of_meeting(RCM))
    assert line.event is Event.EXPORTED
    assert line.facts == {
        "kind": "participants",
        "format": "csv",
        "language": "es",
        "number": "1",
    }
    assert line.details == {"staff": REVIEWER.name}
    assert entry.full_name not in str(line)


def test_chosen_are_exported_alone(guide: Guide) -> None:
    entries = [guide.submit(key) for key in ("cr", "gt", "hn")]
    wanted = Wanted(meeting_id=RCM, kind=ExportKind.CHOSEN, format=ExportFormat.XLSX, language="en")

    rows = read(take(guide, ExportKind.CHOSEN, chosen=[entries[0].id, entries[2].id]))

    assert column(rows, "Number") == [entries[0].reference, entries[2].reference]
    nobody = export(guide.office, wanted, by=REVIEWER, arrived_at=guide.now)
    assert nobody == NobodyChosen()


#: The workshop has no parts of which one chooses (`test_segments` exports those of a meeting).
KINDS = [each for each in ExportKind if each is not ExportKind.SEGMENT]


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_was_erased_is_in_no_table(guide: Guide, kind: ExportKind) -> None:
    entry, erased = (guide.approve(guide.submit(key)) for key in ("cr", "gt"))
    with guide.office.database.writing() as session:
        session.execute(
            update(DbRegistration)
            .where(DbRegistration.id == erased.id)
            .values(erased_at_utc=guide.now)
        )
    guide.now = datetime(2022, 3, 31, 12, tzinfo=UTC)

    rows = read(take(guide, kind, chosen=[entry.id, erased.id]))

    told = str(rows)
    assert entry.reference in told
    assert erased.reference not in told
    assert erased.full_name not in told


@pytest.mark.parametrize("kind", [each for each in KINDS if each is not ExportKind.CHOSEN])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_table_of_nobody_has_its_headings(
    guide: Guide, kind: ExportKind, language: str
) -> None:
    guide.now = datetime(2022, 3, 31, 12, tzinfo=UTC)

    rows = read(take(guide, kind, language=language))

    assert len(rows) == 1
    assert all(rows[0])
    assert len(set(rows[0])) == len(rows[0])


def put_travel(guide: Guide, entry: Registration, city: str, day: int) -> None:
    put(
        guide,
        entry,
        Box.TRAVEL,
        TravelData(
            passport_kind=PassportKind.OFFICIAL,
            number="0012345",
            nationality="GT",
            born=date(1980, 5, 6),
            expires=date(2030, 1, 1),
            city=city,
            telephone="+502 5555 0000",
            visa=Visa.NOT_NEEDED,
        ),
    )
    put(
        guide,
        entry,
        Box.TICKET,
        Ticket(
            number="134-555",
            legs=(
                Leg(
                    flight="AV 640",
                    origin=city,
                    to="México",
                    departs=datetime.fromisoformat(f"2022-03-{day}T07:15"),
                    arrives=datetime.fromisoformat(f"2022-03-{day}T09:30"),
                ),
            ),
        ),
        status=TicketStatus.ISSUED,
    )


def put(guide: Guide, entry: Registration, box: Box, value: object, **columns: object) -> None:
    """Lock one box of the entry, as the travel step and the desks do."""
    locked = guide.office.vault.lock(dump(value), bound_to=bind_box(box, entry.id))  # type: ignore[arg-type]  # one of the four
    moment = "saved_at_utc" if box in {Box.TRAVEL, Box.NEEDS} else "recorded_at_utc"
    if box is Box.TRAVEL:
        columns["visa"] = Visa.NOT_NEEDED
    with guide.office.database.writing() as session:
        session.add(
            TABLES[box](
                registration_id=entry.id,
                locked_bytes=locked.ciphertext,
                wrapped_key=locked.wrapped_key,
                **{moment: guide.now},
                **columns,
            )
        )


def _enter(guide: Guide, category: str) -> object:
    application = guide.apply(category, with_passport=False)
    return entering.enter(
        guide.office, application, by=REVIEWER, reason="List", arrived_at=guide.now
    )
