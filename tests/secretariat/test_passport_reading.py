"""The passport's two lines at the desk: compared with what was typed, for a person to judge."""

import re
from collections.abc import Sequence
from datetime import date
from html import unescape

import pytest
from sqlalchemy import update

from registration.domain.mrz import Lines
from registration.domain.papers import ReadingStatus
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.secretariat import passport_reading
from registration.store.tables.files import DbPassportReading
from tests.desks import entry_path, make_guide, open_desk, submit
from tests.pages import Page, Pages
from tests.passports import add_reading, make_lines
from tests.sites import Site

ANA = {"given_names": "Ana Lucía", "surnames": "Morales Vargas"}


@pytest.mark.parametrize(
    ("language", "results", "verdict"),
    [
        (
            "en",
            ["Matches", "Matches without accents", "Matches", "Valid long enough"],
            "All five check digits are right",
        ),
        (
            "es",
            ["Coincide", "Coincide sin acentos", "Coincide", "Vigencia suficiente"],
            "Los cinco dígitos de control son correctos",
        ),
    ],
)
def test_passport_of_the_person_matches_row_by_row(
    site: Site, language: str, results: list[str], verdict: str
) -> None:
    entry, pages = _prepare(site, make_lines())

    pages.typed += ["next", "stay"]  # values of buttons, which nobody reads

    page = pages.get(entry_path(entry, language=language))

    assert _results(page) == results
    assert verdict in page.text
    assert _marked(page) == []
    assert _offered(page) == ""


def test_what_disagrees_is_marked_and_offered_as_a_message_in_the_persons_language(
    site: Site,
) -> None:
    lines = make_lines("Morales Varga", issuer="MEX", expires=date(2021, 1, 31))
    entry, pages = _prepare(site, lines)

    page = pages.get(entry_path(entry))

    assert _results(page) == [
        "Does not match",
        "Matches without accents",
        "Does not match",
        "Expired",
    ]
    assert _marked(page) == [
        *["MORALES<VARGA<<ANA<LUCIA", "MEX", "210131"],
        *["s", "Costa Rica", "Mexico (MEX)", "31\u00a0January 2021"],
    ]
    assert _offered(page).startswith(
        "Apellidos: usted escribió «Morales Vargas» y en su pasaporte figura «MORALES VARGA»."
    )


def test_wrong_check_digit_is_told_by_what_it_guards(site: Site) -> None:
    lines = make_lines()
    entry, pages = _prepare(site, Lines(lines.first, f"Y{lines.second[1:]}"))

    page = pages.get(entry_path(entry))

    assert "2 check digits are wrong: passport number and whole line" in page.text


def test_names_of_a_page_whose_first_line_was_not_found_could_not_be_read(site: Site) -> None:
    entry, pages = _prepare(site, Lines("", make_lines().second))

    page = pages.get(entry_path(entry))

    assert _results(page)[:2] == ["Could not be read"] * 2
    assert "The first line was not found." in page.text


def test_network_has_no_nationality_to_compare(site: Site) -> None:
    entry, pages = _prepare(site, make_lines(), delegation="rncom")

    page = pages.get(entry_path(entry))

    assert _results(page)[2] == "Cannot be compared: no delegation of a country"


@pytest.mark.parametrize(
    ("status", "attempts", "sentence"),
    [
        (ReadingStatus.NOTHING, 1, "No such lines were found on the copy: compare by eye."),
        (ReadingStatus.FAILED, 1, "Not read yet. It usually takes a minute or two."),
        (ReadingStatus.FAILED, 3, "The copy could not be read by machine: compare by eye."),
    ],
)
def test_reading_without_lines_says_where_it_stands(
    site: Site, status: ReadingStatus, attempts: int, sentence: str
) -> None:
    entry = submit(make_guide(site))
    add_reading(site.office, entry, status=status, attempts=attempts)

    page = open_desk(site).get(entry_path(entry))

    assert sentence in page.text
    assert _results(page) == []


@pytest.mark.parametrize(
    ("is_installed", "sentence"),
    [
        (True, "Not read yet. It usually takes a minute or two."),
        (False, "Reading passports is switched off on this site."),
    ],
)
def test_passport_that_nobody_tried_waits_or_is_not_read_at_all(
    site: Site, monkeypatch: pytest.MonkeyPatch, is_installed: bool, sentence: str
) -> None:
    monkeypatch.setattr(passport_reading, "is_installed", lambda: is_installed)
    entry = submit(make_guide(site))

    assert sentence in open_desk(site).get(entry_path(entry)).text


def test_site_without_the_extra_believes_a_worker_that_has_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passport_reading, "is_installed", lambda: False)
    guide = make_guide(site)
    add_reading(site.office, submit(guide, "pa"), make_lines())

    page = open_desk(site).get(entry_path(submit(guide)))

    assert "Not read yet." in page.text


def test_lines_moved_to_another_file_do_not_open(site: Site) -> None:
    guide = make_guide(site)
    one, other = submit(guide, **ANA), submit(guide, "pa")
    add_reading(site.office, one, make_lines())
    _move_reading(site, one, other)

    page = open_desk(site).get(entry_path(other))

    assert "The copy could not be read by machine: compare by eye." in page.text
    assert "MORALES" not in page.text


def test_looking_at_the_lines_is_no_opening_of_the_passport(site: Site) -> None:
    entry, pages = _prepare(site, make_lines())
    before = make_guide(site).list_events(entry.id)

    pages.get(entry_path(entry))

    assert make_guide(site).list_events(entry.id) == before


@pytest.mark.parametrize("role", [Role.TRAVEL, Role.HOST, Role.DOOR])
def test_lines_are_for_the_secretariat_alone(site: Site, role: Role) -> None:
    entry = submit(make_guide(site), **ANA)
    add_reading(site.office, entry, make_lines())
    pages = open_desk(site, "desk@example.org", roles=[role])

    pages.get(entry_path(entry), status=404)


def _prepare(site: Site, lines: Lines, delegation: str = "cr") -> tuple[Registration, Pages]:
    """Return an entry of Ana's with these lines read, and the pages of a reviewer."""
    entry = submit(make_guide(site), delegation, **ANA)
    add_reading(site.office, entry, lines)
    return entry, open_desk(site)


def _results(page: Page) -> Sequence[str]:
    cells = re.findall('<td data-label="(?:Result|Resultado)">(.*?)</td>', page.html, re.DOTALL)
    return [re.sub("<.*?>", "", cell, flags=re.DOTALL).strip() for cell in cells]


def _marked(page: Page) -> Sequence[str]:
    return [unescape(each) for each in re.findall('<span class="differs">(.*?)</span>', page.html)]


def _offered(page: Page) -> str:
    (text,) = re.findall('<textarea[^>]*name="reason"[^>]*>(.*?)</textarea>', page.html, re.DOTALL)
    return unescape(text).strip()


def _move_reading(site: Site, one: Registration, other: Registration) -> None:
    with site.office.database.writing() as session:
        session.execute(
            update(DbPassportReading)
            .where(DbPassportReading.file_id == one.passport)
            .values(file_id=other.passport)
        )
