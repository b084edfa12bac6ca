"""Verifying a letter: what is true of it, and the same answer for every wrong code."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pypdfium2
import pytest

from registration.domain.registrations import Registration
from registration.domain.verification import mask_name
from registration.registrar import correcting, erasing, opening, withdrawing
from registration.registrar.office import Moved
from registration.store import reading
from tests.builders import make_particulars
from tests.offices import REVIEWER, Guide, load_meeting
from tests.pages import Pages
from tests.sites import Site

ANA = make_particulars(given_names="Ana Lucía", surnames="Morales Vargas")


@pytest.fixture
def guide(site: Site) -> Iterator[Guide]:
    """The workshop as it was, no rehearsal: its letters are valid."""
    load_meeting(site.office)
    return Guide(site.office)


def test_valid_letter_is_said_to_be_valid(guide: Guide, pages: Pages) -> None:
    invited = guide.approve(guide.submit("cr", particulars=ANA))

    page = pages.get(f"/es/verify/{read_code(guide, invited)}")

    assert page.headings == ["Esta carta es válida"]
    assert f"{invited.reference}/1" in page.text
    assert "A… L… M… V…" in page.text
    assert "República de Costa Rica" in page.text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The name was erased"), ("es", "El nombre se eliminó")]
)
def test_letter_of_an_erased_person_is_still_verified_without_a_name(
    guide: Guide, pages: Pages, language: str, words: str
) -> None:
    invited = guide.approve(guide.submit("cr", particulars=ANA))
    code = read_code(guide, invited)
    erasing.run_due(guide.office, now=datetime(2022, 7, 1, tzinfo=UTC))

    page = pages.get(f"/{language}/verify/{code}")

    assert page.response.status_code == 200
    assert f"{invited.reference}/1" in page.text
    assert words in page.text
    assert "A…" not in page.text


def test_page_tells_no_more_than_the_letter_shows(guide: Guide, pages: Pages) -> None:
    invited = guide.approve(guide.submit("cr", particulars=ANA))

    page = pages.get(f"/en/verify/{read_code(guide, invited)}")

    for secret in ("Lucía", "Morales", ANA.email, ANA.institution, ANA.position):
        assert secret not in page.html
    assert '<meta name="robots" content="noindex">' in page.html


def test_code_is_read_as_people_type_it(guide: Guide, pages: Pages) -> None:
    code = read_code(guide, guide.approve(guide.submit("cr")))
    typed = " ".join(re.findall("..?", code.lower().replace("0", "o").replace("1", "l")))

    answer = pages.get(f"/en/verify/?code={typed}", status=303)

    assert answer.response.headers["Location"] == f"/en/verify/{code}"


def test_replaced_letter_names_the_newer_one(guide: Guide, pages: Pages) -> None:
    invited = guide.approve(guide.submit("cr", particulars=ANA))
    code = read_code(guide, invited)
    moved = correcting.amend(
        guide.office,
        invited.id,
        make_particulars(given_names="Ana Lucía", surnames="Morales Vargas", position="Ministra"),
        version=invited.version,
        by=REVIEWER,
        reason="New position",
        arrived_at=guide.now,
    )
    assert isinstance(moved, Moved), moved

    page = pages.get(f"/en/verify/{code}")

    assert page.headings == ["This letter was replaced"]
    assert f"{invited.reference}/2" in page.text


def test_letter_of_a_withdrawn_delegate_is_not_valid_any_more(guide: Guide, pages: Pages) -> None:
    invited = guide.approve(guide.submit("cr"))
    code = read_code(guide, invited)
    moved = withdrawing.withdraw(
        guide.office,
        invited.id,
        version=invited.version,
        by=REVIEWER,
        arrived_at=guide.now,
        reason="The ministry asked for it",
    )
    assert isinstance(moved, Moved), moved

    page = pages.get(f"/en/verify/{code}")

    assert page.headings == ["This letter is no longer valid"]


def test_letter_of_a_rehearsal_is_not_valid(site: Site, pages: Pages) -> None:
    load_meeting(site.office, rolled_weeks=300)
    guide = Guide(site.office)

    page = pages.get(f"/en/verify/{read_code(guide, guide.approve(guide.submit('cr')))}")

    assert page.headings == ["This letter is from a rehearsal and not valid"]


def test_wrong_code_and_code_never_issued_are_the_same(guide: Guide, pages: Pages) -> None:
    code = read_code(guide, guide.approve(guide.submit("cr")))
    wrong = ("0" if code[-1] != "0" else "1").join([code[:-1], ""])

    answers = [
        pages.get(f"/en/verify/{each}", status=404).html.replace(each, "")
        for each in (wrong, "7K2M4QXZ7K2M4QXZ7K2M4QXZ7K", "N0NE")
    ]

    assert answers[0] == answers[1] == answers[2]
    assert "We cannot find this letter" in answers[0]


def test_empty_question_is_asked_again(pages: Pages) -> None:
    page = pages.get("/es/verify/?code=%20-", status=422)

    assert "Escriba el código que figura junto al código QR de la carta" in page.text
    assert page.title.startswith("Error: Verificar una carta")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Ana Lucía Morales Vargas", "A… L… M… V…"),
        ("Ñusta", "Ñ…"),
        ("Łukasz  de la O", "Ł… d… l… O…"),
    ],
)
def test_name_is_masked_to_its_first_letters(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def read_code(guide: Guide, registration: Registration) -> str:
    """Return the code that stands on the newest letter, read from the paper as a person would."""
    with guide.office.database.reading() as session:
        letter = reading.find_newest_letter(session, registration.id)
    assert letter is not None
    own = opening.read_own_paper(guide.office, letter.file_id, of=registration.id)
    paper = pypdfium2.PdfDocument(own.data)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    paper.close()
    found = re.search(r"/verify/([0-9A-Z]{26})", re.sub(r"\s", "", text))
    assert found, text
    return found[1]
