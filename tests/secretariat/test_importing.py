"""People from a spreadsheet: each error named, nothing half entered, nobody twice."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from registration.domain.states import State
from registration.store import reading
from registration.uploads.spreadsheets import MOST_ROWS, TableFault, read_table
from tests.builders import RCM
from tests.desks import ENTRIES, entry_path, open_desk
from tests.pages import Page, Pages
from tests.sites import Site

IMPORT = f"/en/secretariat/{RCM}/import"
SAVE = f"{IMPORT}/save"
ENGLISH = ["Category", "Given names", "Surnames", "Institution", "Position", "E-mail address"]
SPANISH = [
    "Categoría",
    "Nombres",
    "Apellidos",
    "Institución",
    "Cargo",
    "Correo electrónico",
    "Idioma",
]
ANA = ["Speakers", "Ana", "Peña Núñez", "=Universidad", "Professor", "ana@example.org"]
LUIS = ["companions", "Luis", "Ávila", "Acompaña a Ana Peña", "Acompañante", "ana@example.org"]


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_rows_are_seen_first_and_entered_together(desk: Pages, site: Site) -> None:
    preview = send(desk, make_xlsx(ENGLISH, ANA, LUIS))

    assert "Nothing is written yet" in preview.text
    assert list_people(site) == []
    save(desk, preview)
    people = list_people(site)
    assert [(each.delegation_key, each.particulars.surnames) for each in people] == [
        ("speakers", "Peña Núñez"),
        ("companions", "Ávila"),
    ]
    assert people[0].particulars.institution == "=Universidad"
    assert {each.state for each in people} == {State.INVITED}


def test_same_file_twice_and_same_form_twice_enter_nobody_twice(desk: Pages, site: Site) -> None:
    data = make_xlsx(ENGLISH, ANA, LUIS)
    preview = send(desk, data)
    save(desk, preview)
    before = list_people(site)

    save(desk, preview)
    save(desk, send(desk, data))

    assert list_people(site) == before
    assert "Entered: 0. Registered before, and left as they were: 2." in desk.get(IMPORT).text


def test_each_wrong_cell_is_named_and_nobody_is_entered(desk: Pages, site: Site) -> None:
    page = send(
        desk,
        make_xlsx(
            ENGLISH,
            ANA,
            ["Guests", "Eva", "Solís", "", "Guest", "eva@example"],
            ANA,
        ),
        status=422,
    )

    for told in (
        "3 Category Write one of the categories of the meeting.",
        "3 Institution Enter the institution.",
        "3 E-mail address Enter a full e-mail address, for example name@institution.org.",
        "4 Surnames The same person stands in row 2. Take one out.",
    ):
        assert told in page.text
    assert list_people(site) == []


def test_headings_of_either_language_are_known(desk: Pages, site: Site) -> None:
    row = ["Ponentes", "Ana", "Peña", "UNAM", "Profesora", "ana@example.org", "inglés"]

    save(desk, send(desk, make_csv(SPANISH, row, delimiter=";", encoding="latin-1")))

    (ana,) = list_people(site)
    assert (ana.delegation_key, ana.particulars.language) == ("speakers", "en")


def test_missing_column_is_named(desk: Pages) -> None:
    page = send(desk, make_csv(ENGLISH[:-1], ANA[:-1]), status=422)

    assert "1 E-mail address This column is missing. Use the template." in page.text


def test_delegation_with_seats_is_no_category(desk: Pages, site: Site) -> None:
    page = send(desk, make_csv(ENGLISH, ["cr", *ANA[1:]]), status=422)

    assert "Write one of the categories of the meeting." in page.text
    assert list_people(site) == []


def test_what_the_preview_carries_is_judged_anew(desk: Pages, site: Site) -> None:
    preview = send(desk, make_xlsx(ENGLISH, ANA))
    (form,) = [each for each in preview.forms if each.attributes["action"] == SAVE]
    forged = form.fields["rows"].replace("Speakers", "cr")

    answer = desk.client.post(
        SAVE, data={**form.fields, "rows": forged, "reason": "x"}, base_url=desk.base_url
    )

    assert answer.status_code == 422
    assert list_people(site) == []


def test_companion_needs_no_position_and_a_speaker_does(desk: Pages, site: Site) -> None:
    companion, speaker = [*LUIS], [*ANA]
    companion[4] = speaker[4] = ""

    refused = send(desk, make_xlsx(ENGLISH, companion, speaker), status=422)
    save(desk, send(desk, make_xlsx(ENGLISH, companion)))

    assert refused.text.count("Enter the position.") == 1
    (entry,) = list_people(site)
    assert (entry.particulars.surnames, entry.particulars.position) == ("Ávila", "")
    assert "Companions · Acompaña a Ana Peña" in desk.get(entry_path(entry)).text


def test_template_explains_itself_on_a_second_tab(desk: Pages) -> None:
    path = f"/en/secretariat/{RCM}/import/template.xlsx"

    book = CalamineWorkbook.from_object(BytesIO(desk.client.get(path, base_url=desk.base_url).data))

    assert book.sheet_names == ["People without a seat", "How to fill it in"]
    rows = book.get_sheet_by_name("How to fill it in").to_python()
    assert [row[2] for row in rows if row[0] == "Category"][-1] == "Companions / companions"
    assert {str(row[0]) for row in rows[1:]} == {
        str(each) for each in book.get_sheet_by_index(0).to_python()[0]
    }
    assert "May be empty for: Companions." in str(rows)
    assert f'href="/en/secretariat/{RCM}/import"' in desk.get(ENTRIES).html


def test_template_comes_back_as_it_went(desk: Pages) -> None:
    path = f"/es/secretariat/{RCM}/import/template.xlsx"

    data = desk.client.get(path, base_url=desk.base_url).data

    (headings,) = CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert headings[:4] == ["Categoría", "Tratamiento", "Nombres", "Apellidos"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", TableFault.EMPTY),
        (b"Category\n", TableFault.EMPTY),
        (b"x" * (5 * 2**20 + 1), TableFault.TOO_LARGE),
        (b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), TableFault.TOO_MANY_ROWS),
        (b"PK\x03\x04 and nothing more", TableFault.UNREADABLE),
        (b"\x00\x01\x02\nx\x00", TableFault.UNREADABLE),
    ],
)
def test_file_that_cannot_be_read_is_refused(data: bytes, fault: TableFault) -> None:
    assert read_table(data) == fault


def test_archive_that_unpacks_to_too_much_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (61 * 2**20))

    assert len(target.getvalue()) < 100_000
    assert read_table(target.getvalue()) == TableFault.TOO_LARGE


def test_archive_that_cannot_be_measured_to_its_end_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("first.bin", b"broken here", zipfile.ZIP_STORED)
        with zipfile.ZipFile(BytesIO(make_xlsx(["a"], ["b"]))) as sheet:
            for name in sheet.namelist():
                archive.writestr(name, sheet.read(name))
    data = packed.getvalue().replace(b"broken here", b"Broken here")
    # The reader passes over what it does not need, and over its checksum.
    assert CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()

    assert read_table(data) is TableFault.UNREADABLE


def test_formula_is_read_as_its_last_result() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        tab = book.add_worksheet()
        tab.write_row(0, 0, ["Surnames", "Number"])
        tab.write_formula(1, 0, '=CONCATENATE("Pe","ña")', value="Peña")
        tab.write_number(1, 1, 7)

    assert read_table(target.getvalue()) == [["Surnames", "Number"], ["Peña", "7"]]


def test_guarded_text_of_our_own_csv_is_read_as_it_was() -> None:
    assert read_table(b"a,b\n'=1+1,'@x\n") == [["a", "b"], ["=1+1", "@x"]]


def make_xlsx(*rows: Sequence[str]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        tab = book.add_worksheet()
        for at, row in enumerate(rows):
            tab.write_row(at, 0, row)
    return target.getvalue()


def make_csv(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def send(desk: Pages, data: bytes, *, status: int = 200) -> Page:
    name = "people.xlsx" if data.startswith(b"PK") else "people.csv"
    return desk.post(IMPORT, {"spreadsheet": (BytesIO(data), name)}, status=status)


def save(desk: Pages, preview: Page) -> None:
    (form,) = [each for each in preview.forms if each.attributes["action"] == SAVE]
    answer = desk.client.post(
        SAVE, data={**form.fields, "reason": "List by e-mail"}, base_url=desk.base_url
    )
    assert answer.status_code == 303, answer.text


def list_people(site: Site) -> list:  # type: ignore[type-arg]  # of registrations
    with site.office.database.reading() as session:
        return reading.list_registrations(session, RCM)
