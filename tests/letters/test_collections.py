"""Badges, nameplates, lists, certificates: every word is told, in order, and all of it is seen."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno

from registration.language.translator import get_translator
from registration.letters.attendance import draw_certificates
from registration.letters.fitting import fit
from registration.letters.nameplates import FOLD, list_names
from registration.letters.participants import compose_participants
from registration.letters.sheet import HEIGHT, WIDTH
from registration.letters.styles import TITLE
from registration.letters.wording import as_typed
from tests.builders import make_meeting, make_registration
from tests.letters.collections import (
    ADDRESS,
    COLLECTIONS,
    DAY,
    draw_all_badges,
    draw_collection,
    list_people,
)
from tests.letters.reading import Paper

BOTH = pytest.mark.parametrize("language", ["en", "es"])


@BOTH
@pytest.mark.parametrize("name", COLLECTIONS)
def test_fonts_are_embedded_and_nothing_leaves_the_safe_part_of_the_page(
    name: str, language: str
) -> None:
    data = draw_collection(name, language)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert left >= 5 / 25.4 * 72
            assert right <= WIDTH - 5 / 25.4 * 72
            # 20 to 269 mm from above: both A4 and US Letter print it.
            assert HEIGHT - top >= 19 / 25.4 * 72
            assert HEIGHT - bottom <= 270 / 25.4 * 72


@BOTH
def test_badge_tells_its_person_in_order_and_whole(language: str) -> None:
    paper = Paper(draw_collection("badges", language))
    cards = [each for each in paper.root.kids if each.tag == "Art"]

    assert len(cards) == len(list_people())
    for card, person in zip(cards, list_people(language), strict=True):
        texts = [each.text for each in card.kids if each.tag != "Figure"]
        assert texts[: 2 + 2] == [
            *_in_each(language, "title"),
            *_in_each(language, "days"),
        ]
        told = [each for each in (person.particulars.treatment, person.full_name) if each]
        assert texts[4 : 4 + len(told)] == told
        assert person.particulars.position in texts
        assert as_typed(person.particulars.institution) in texts
        assert texts[-1] == person.reference


def test_badge_names_a_country_once_where_both_languages_name_it_alike() -> None:
    (card, *_) = Paper(draw_collection("badges")).root.kids

    assert [each.text for each in card.kids].count("Costa Rica") == 1


def test_code_of_a_badge_is_drawn_module_for_module() -> None:
    people = list_people()[:4]
    data = draw_all_badges(make_meeting(), people, ("es", "en"))
    paper = Paper(data)
    picture = pypdfium2.PdfDocument(data)[0].render(scale=110 / 72).to_pil().convert("L")

    figures = [each for each in paper.root.list_all() if each.tag == "Figure"]
    assert len(figures) == 4
    for figure, person in zip(figures, people, strict=True):
        code = segno.make_qr(ADDRESS.format(person.reference[-1]), error="m")
        modules = [[bool(each) for each in row] for row in code.matrix]
        left, _, right, top = (float(each) for each in figure.obj.A.BBox)  # type: ignore[union-attr]
        size = (right - left) / len(modules)
        for row, line in enumerate(modules):
            for column, dark in enumerate(line):
                x = (left + (column + 0.5) * size) * 110 / 72
                y = (HEIGHT - top + (row + 0.5) * size) * 110 / 72
                assert (picture.getpixel((int(x), int(y))) < 128) is dark  # type: ignore[operator]


def test_badges_of_a_rehearsal_say_so() -> None:
    data = draw_all_badges(make_meeting(rolled_weeks=250), list_people()[:1], ("es",))

    assert "Ensayo: sin validez" in Paper(data).list_paragraphs()


@BOTH
def test_nameplate_is_read_from_both_sides_and_told_once(language: str, tmp_path: Path) -> None:
    meeting = make_meeting()
    data = draw_collection("nameplates", language)
    paper = Paper(data)
    for number, (sect, delegation) in enumerate(
        zip(paper.root.kids, meeting.delegations, strict=True)
    ):
        names = [name for name, _ in list_names(delegation, _languages(language))]
        assert [each.text for each in sect.kids][:-1] == names
        assert paper.page_text(number).replace(" ", "").count(names[0].replace(" ", "")) >= 2
    # Turned by half about the fold the page is the same page.
    (tmp_path / "plates.pdf").write_bytes(data)
    picture = pypdfium2.PdfDocument(data)[1].render(scale=1).to_pil().convert("L")
    fold, half = FOLD, 110
    lower = picture.crop((0, int(fold), picture.width, int(fold + 2 * half)))
    upper = picture.crop((0, int(fold - 2 * half), picture.width, int(fold))).rotate(180)
    dark = [sum(each < 128 for each in half.tobytes()) for half in (lower, upper)]
    assert min(dark) > 0.97 * max(dark)
    assert min(dark) > 1000


@BOTH
def test_list_names_only_those_who_agreed_and_counts_the_others(language: str) -> None:
    people = list_people(language)
    text = " ".join(Paper(draw_collection("participants", language)).list_paragraphs())

    for each in people:
        assert (each.full_name in text) is each.particulars.listed
        assert each.particulars.email not in text
    words = {"en": "11 participants, 10 delegations", "es": "11 participantes, 10 delegaciones"}
    assert words[language] in text
    assert "Sra." not in text  # nobody was asked about it


def test_list_follows_the_order_of_the_file_in_each_language() -> None:
    meeting = make_meeting()
    keys = {each.delegation_key for each in list_people()}
    for language in meeting.languages:
        listed = compose_participants(meeting, list_people(), DAY, get_translator(language))

        assert [group.name for group in listed.groups] == [
            each.official_name[language] for each in meeting.delegations if each.key in keys
        ]


@pytest.mark.parametrize(
    ("listed", "hidden", "sentence"),
    [
        (1, 0, None),
        (1, 1, "and 1 more participant"),
        (0, 1, "1 participant"),
        (0, 2, "2 participants"),
    ],
)
def test_those_who_did_not_agree_are_counted_in_words(
    listed: int, hidden: int, sentence: str | None
) -> None:
    agreed, other = list_people()[0], make_registration(number=90)
    people = [agreed] * listed + [other] * hidden

    (group,) = compose_participants(make_meeting(), people, DAY, get_translator("en")).groups

    assert group.unnamed == sentence


@BOTH
def test_certificate_says_who_took_part_in_what_when_and_who_signs(language: str) -> None:
    meeting = make_meeting()
    paper = Paper(draw_collection("certificates", language))

    assert len(paper.pdf.pages) == len(list_people())
    for sect, person in zip(paper.root.kids, list_people(language), strict=False):
        told = [each.text for each in sect.kids]
        name = as_typed(f"{person.particulars.treatment} {person.full_name}")
        expected = [
            meeting.organisation[language],
            name,
            person.particulars.position,
            meeting.title[language],
            meeting.letter.signatory.office[language],
        ]
        assert [told.index(each) for each in expected] == sorted(told.index(e) for e in expected)
        assert person.reference in told[-1]
        assert str(sect.obj.Lang) == language  # type: ignore[union-attr]


def test_certificates_of_two_languages_stand_in_one_file() -> None:
    people = [list_people("es")[0], list_people("en")[1]]

    paper = Paper(draw_certificates(make_meeting(), people))

    text = paper.list_paragraphs()
    assert "Constancia de participación" in text
    assert "Certificate of attendance" in text
    assert str(paper.pdf.Root.Lang) == "es"


@pytest.mark.parametrize("name", COLLECTIONS)
def test_same_paper_has_the_same_bytes(name: str) -> None:
    assert draw_collection(name) == draw_collection(name)


@pytest.mark.parametrize("name", ["X", "Ana Lucía Morales Vargas", "palabra " * 60, "W" * 400])
def test_text_is_set_smaller_until_it_fits_and_never_cut(name: str) -> None:
    fitted = fit(name.strip(), TITLE, width=200, height=60, most=2)

    joined = "".join(
        "".join(each.piece.text for each in line.fragments) + (" " if line.at_space else "")
        for line in fitted.lines
    )
    assert joined.strip() == name.strip()
    assert fitted.height <= 60
    assert all(line.width <= 200 for line in fitted.lines)


def test_program_that_extracts_text_finds_the_names(tmp_path: Path) -> None:
    file = tmp_path / "badges.pdf"
    file.write_bytes(draw_collection("badges"))

    text = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout

    plain = " ".join(text.split())
    assert "Ana Lucía Morales Vargas" in plain
    assert "Nguyễn Thị Hồng Đặng" in plain


def _languages(first: str) -> tuple[str, str]:
    return first, "es" if first == "en" else "en"


def _in_each(language: str, what: str) -> list[str]:
    meeting = make_meeting()
    languages = _languages(language)
    if what == "title":
        return [meeting.short_title[each] for each in languages]
    days = [get_translator(each).days(meeting.first_day, meeting.last_day) for each in languages]
    return [each.replace("\u00a0", " ") for each in days]  # as the paper tells no-break spaces
