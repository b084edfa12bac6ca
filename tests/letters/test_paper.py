"""A letter on paper: all its words, in order, told as they are painted."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace

import pikepdf
import pypdfium2
import pytest
import segno
from PIL import Image

from registration.domain.ids import DelegationKey
from registration.domain.registrations import Registration
from registration.domain.travel import is_flight_paid
from registration.letters.blocks import Block, Cell, Row, TextBlock
from registration.letters.document import lay_out
from registration.letters.pages import Page
from registration.letters.paper import draw_letter, list_blocks
from registration.letters.tagging import Element
from registration.letters.wording import Letter
from tests.builders import (
    address_institution,
    make_meeting,
    make_particulars,
    make_registration,
)
from tests.letters.reading import Paper
from tests.letters.samples import ADDRESS, make_letter
from tests.travellers import make_travel

_MM = 72 / 25.4
HARD_NAMES = [
    "Łukasz Nuñez Ó'Brien",
    "Nguyễn Thị Hồng",
    "Zoë Ñandutí g̃uahẽ",
    "M̃aria Ỹvytu G̃",
    "Ọbáfẹ́mi Awólọ́wọ̀",
    "Đorđe Þórður Ștefan Ŵyn",
    "Ḿ ḱ ǵ i̊ q̃ Ộ́",
    "Γιώργος Παπαδόπουλος",
    "Юлія Ћирић",
    "ɨ́ Ʉ ꞌya",
    "Ag̃g̃a Ḿḿḿ",
    "王小明 😀 Ɓaaba",  # no form takes it; it can come with the entries of another day
    "王王 g̃g̃ M̃M̃",
    "X",
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("delegation", ["cr", "ca", "sacm"])
def test_letter_is_told_in_the_order_of_its_words(language: str, delegation: str) -> None:
    letter = make_letter(make_registration(delegation=delegation), language=language)

    paper = Paper(draw_letter(letter))

    assert [each for each in paper.list_paragraphs() if each != "–"] == list_paragraphs(letter)


def test_only_the_furniture_of_pages_is_painted_and_not_told() -> None:
    letter = make_letter(meeting=make_meeting(rolled_weeks=250), language="en")

    paper = Paper(draw_letter(letter))

    pages = len(paper.pdf.pages)
    head = ["Regional Conference on Migration", "Invitation letter RCM-7K2M4QXZ/1"]
    foot = [letter.foot.heading, letter.foot.advice, ADDRESS, letter.foot.contact]
    expected = ["Not valid", f"Page 1 of {pages}"]
    for number in range(2, pages + 1):
        expected += ["Not valid", *head, "Rehearsal: not valid", *foot, f"Page {number} of {pages}"]
    assert paper.list_ornaments() == expected


@pytest.mark.parametrize("name", HARD_NAMES)
def test_hard_names_come_back_exactly(name: str) -> None:
    letter = make_letter(make_registration(make_particulars(given_names=name, surnames="")))

    assert Paper(draw_letter(letter)).list_paragraphs()[5] == name


def test_words_at_the_end_of_a_line_stay_apart() -> None:
    """Also where a line ends with a letter that is told in other words than it is painted, and
    where a page ends within a paragraph."""
    person = make_registration(make_particulars(position="Asesoría g̃ " * 15))
    letter = make_letter(person)
    longer = replace(letter, paragraphs=(("palabra g̃ " * 700).strip(),))

    told = Paper(draw_letter(longer)).list_paragraphs()

    assert told[6] == ("Asesoría g̃ " * 15).strip()
    assert longer.paragraphs[0] in told


@pytest.mark.parametrize(
    "typed",
    [
        "<b>Ana</b> & <i>Co.</i>",
        "<script>alert(1)</script>",
        '<img src="/etc/passwd"/>',
        '<img src="file:///etc/passwd" width="10"/>',
        '<img src="http://127.0.0.1:9/x.png"/>',
        '<onDraw name="lang" label="fr"/>',
        '<para alignment="right"><seq/></para>',
        "&lt;b&gt; &#65; %(page)d {name} \\n (x) ) (",
    ],
)
def test_markup_is_printed_as_it_was_typed(typed: str) -> None:
    registration = make_registration(make_particulars(institution=typed))

    paper = Paper(draw_letter(make_letter(registration)))

    assert paper.list_paragraphs()[7] == typed
    # No picture: the one drawing that all pages show is the code.
    drawn = [each for page in paper.pdf.pages for _, each in page.Resources.XObject.items()]
    assert [str(each.Subtype) for each in drawn] == ["/Form"] * 4
    assert len({each.objgen for each in drawn}) == 1


_DELEGATIONS = [
    (delegation.key, label)
    for delegation in make_meeting().delegations
    for label in ([each.key for each in delegation.labels] or [None])
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("delegation", "label"), _DELEGATIONS)
def test_letter_to_each_delegation_is_one_page_and_two_annexes(
    delegation: str, label: str | None, language: str
) -> None:
    person = make_registration(delegation=delegation, seat_label=label)
    meetings = [make_meeting(rolled_weeks=250), address_institution(make_meeting(), delegation)]

    for meeting in (make_meeting(), *meetings):
        letter = make_letter(person, meeting=meeting, language=language)
        pages = ["|".join(_list_texts(each)) for each in _lay_out(letter)]

        assert pages[0].endswith("|".join(astuple(letter.signature)))
        assert pages[1].startswith(letter.conditions.heading)
        assert pages[2].startswith(letter.agenda.heading)
        assert len(pages) == 4


def test_long_office_and_name_still_leave_the_letter_on_one_page() -> None:
    """As long as they are in the region; the room comes from the spaces between the parts."""
    typed = make_particulars(
        treatment="Lic.",
        given_names="María Fernanda de los Ángeles",
        surnames="Rodríguez-Villalobos Echeverría",
        position="Directora General de Política Migratoria, Registro e Identidad de Personas",
        institution=(
            "Subsecretaría de Población, Migración y Asuntos Religiosos de la Secretaría de "
            "Gobernación"
        ),
    )

    for delegation, label in _DELEGATIONS:
        person = make_registration(typed, delegation=delegation, seat_label=label)

        assert len(_lay_out(make_letter(person))) == 4


#: Whoever's flight nobody pays is asked for no passport number.
_TRAVELLING = [key for key, _ in _DELEGATIONS if is_flight_paid(make_meeting(), DelegationKey(key))]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("delegation", _TRAVELLING)
def test_letter_that_names_the_passport_is_still_one_page(delegation: str, language: str) -> None:
    person = make_registration(delegation=delegation)

    letter = make_letter(person, language=language, travel=make_travel())

    pages = ["|".join(_list_texts(each)) for each in _lay_out(letter)]
    assert "C7654321" in pages[0]
    assert pages[0].endswith("|".join(astuple(letter.signature)))
    assert len(pages) == 4


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_line_of_the_letter_ends_where_its_language_does_not_let_it(language: str) -> None:
    ends_badly = re.compile(r"(?:^|\s)(?:\d{1,3}|[A-Z]\.|II|Anexo|Annex)$")
    if language == "es":
        ends_badly = re.compile(ends_badly.pattern + r"|(?:^|\s)[aeouyAEOUY]$")

    bad = []
    for delegation, label in _DELEGATIONS:
        person = make_registration(delegation=delegation, seat_label=label)
        for text in _list_lines(make_letter(person, language=language)):
            bad += [text] if ends_badly.search(text) else []

    assert bad == []


@pytest.mark.parametrize("length", [0, 100, 200])
def test_signature_never_stands_alone(length: int) -> None:
    """The text above it grows by a line at a time, past the ends of two pages; then the annex."""
    text = ("Dirección General de Migración " * 10)[:length].strip()
    typed = make_particulars(
        given_names="Concepción " * 9, surnames="W" * 100, institution=text, position=text
    )
    letter = _shorten(make_letter(make_registration(typed, delegation="do")))

    for count in range(60):
        longer = replace(letter, paragraphs=("Término",) * count)

        texts = ["|".join(_list_texts(page)) for page in _lay_out(longer)]
        end = "|".join([letter.closing[-1], *astuple(letter.signature)])
        behind = 2  # the annexes; that of the agenda has only its heading
        assert [each.endswith(end) for each in texts] == (
            [False] * (len(texts) - behind - 1) + [True] + [False] * behind
        )


def test_same_letter_is_the_same_bytes_in_another_process() -> None:
    program = (
        "import sys; sys.path.insert(0, '.');"
        "from tests.letters.samples import make_letter;"
        "from registration.letters.paper import draw_letter;"
        "import hashlib;"
        "print(hashlib.sha256(draw_letter(make_letter())).hexdigest())"
    )

    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "America/Mexico_City"), ("2", "Asia/Tokyo"))
    }

    assert len(hashes) == 1


def test_letters_drawn_by_four_threads_at_once_are_right(hurried_threads: None) -> None:
    """Without the lock some of these forty-eight fail: a font is shared by all letters."""
    letters = [_shorten(make_letter(_person(n))) for n in range(8)]
    expected = [draw_letter(each) for each in letters]

    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(draw_letter, letters * 6))

    assert drawn == expected * 6


def test_nothing_lies_outside_what_us_letter_prints() -> None:
    """Part 11 of the look: all ink lies between 20 and 269 mm from the upper edge."""
    for page in _render(draw_letter(make_letter()), scale=2):
        rows = [y for y in range(page.height) if _darkest(page, y) < 200]

        assert rows[0] / 2 >= 20 * _MM - 1
        assert rows[-1] / 2 <= 269 * _MM + 1


def test_code_on_each_page_is_that_of_the_verification_address() -> None:
    modules = [[bool(each) for each in row] for row in segno.make_qr(ADDRESS, error="m").matrix]
    side = 22 * _MM * 4 / len(modules)

    for page in _render(draw_letter(make_letter()), scale=4):
        left, top = 25 * _MM * 4, (297 - 54.5 + 4) * _MM * 4
        seen = [
            [
                page.getpixel((int(left + (x + 0.5) * side), int(top + (y + 0.5) * side))) < 128
                for x in range(len(modules))
            ]
            for y in range(len(modules))
        ]
        assert seen == modules


def test_only_our_own_fonts_are_in_the_file() -> None:
    paper = Paper(draw_letter(make_letter()))

    names = {
        str(font.BaseFont).partition("+")[2]
        for page in paper.pdf.pages
        for font in page.Resources.Font.values()
    }
    assert names == {
        "LetterSerif-Regular",
        "LetterSerif-SemiBold",
        "LetterSans-Regular",
        "LetterSans-SemiBold",
    }


def test_file_says_what_it_is() -> None:
    pdf = pikepdf.open(io.BytesIO(draw_letter(make_letter())))

    assert pdf.Root.Lang == "es"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert [str(page.Tabs) for page in pdf.pages] == ["/S"] * 4
    assert str(pdf.trailer.Info.Title) == "Carta de invitación RCM-7K2M4QXZ/1"
    assert str(pdf.trailer.Info.CreationDate) == "D:20220217000000Z"
    with pdf.open_metadata() as packet:
        assert packet["dc:title"] == "Carta de invitación RCM-7K2M4QXZ/1"
        assert packet["pdfuaid:part"] == "1"
        assert packet.pdfa_status == "2A"


def test_letter_in_rehearsal_says_on_each_page_that_it_is_not_valid() -> None:
    held, rehearsed = (
        Paper(draw_letter(make_letter(meeting=make_meeting(rolled_weeks=weeks))))
        for weeks in (0, 250)
    )

    assert [_has(held, n, "Sin validez") for n in range(4)] == [False] * 4
    assert [_has(rehearsed, n, "Sin validez") for n in range(4)] == [True] * 4


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    """Threads that take turns a thousand times as often as they do."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(interval / 1000)
    yield
    sys.setswitchinterval(interval)


def _person(number: int) -> Registration:
    """Return an entry whose name has letters that no other person's has."""
    letters = "".join(map(chr, range(0xC0 + 16 * number, 0x17F)))[:100]
    return make_registration(make_particulars(given_names=letters))


def _lay_out(letter: Letter) -> list[Page]:
    return lay_out(list_blocks(letter, Element("Sect")), letter.foot)


def _list_lines(letter: Letter) -> Iterator[str]:
    """Yield the lines of all paragraphs and cells but the address, and not the last of each."""
    blocks: list[Block | Cell] = [block for page in _lay_out(letter) for _, block in page.placed]
    while blocks:
        block = blocks.pop()
        if isinstance(block, Row):
            blocks += block.cells
        elif isinstance(block, Cell):
            blocks += block.blocks
        elif isinstance(block, TextBlock):
            for line in block.lines[:-1]:
                yield "".join(each.piece.text for each in line.fragments)


def _list_texts(page: Page) -> Iterator[str]:
    for _, block in page.placed:
        if isinstance(block, TextBlock):
            yield "".join(span.text for span in block.spans)


def _shorten(letter: Letter) -> Letter:
    """Return the letter without its annex."""
    return replace(letter, agenda=replace(letter.agenda, days=()))


def list_paragraphs(letter: Letter) -> list[str]:
    """Return the letter's texts in the order in which they are to be heard."""
    head = letter.head
    texts = [head.organisation, head.office, head.kind, head.number, letter.place_and_date]
    texts += [*letter.addressee, letter.salutation, *letter.paragraphs, letter.courtesies.intro]
    texts += letter.courtesies.columns
    for row in letter.courtesies.rows:
        texts += [row.what, row.detail, row.payer]
    texts += [letter.courtesies.note] if letter.courtesies.note else []
    texts += [*letter.closing, *astuple(letter.signature)]
    texts += [letter.conditions.heading]
    for part in letter.conditions.parts:
        texts += [part.heading, *part.items]
    texts += [letter.conditions.remarks_heading, *letter.conditions.remarks]
    texts += [letter.agenda.heading, letter.agenda.title, letter.agenda.place]
    for day in letter.agenda.days:
        texts += [day.day, day.hours, *letter.agenda.columns]
        for item in day.rows:
            texts += [item.section] if item.section else []
            texts += [item.hours, item.title, *item.details]
    foot = letter.foot
    texts += [foot.heading, foot.advice, foot.address or "", foot.contact]
    return [_spoken(each) for each in texts]


def _spoken(text: str) -> str:
    """Return the text as it comes back: ReportLab's fonts give a no-break space as a space."""
    return text.replace("\u00a0", " ")


def _has(paper: Paper, page: int, text: str) -> bool:
    return _spoken(text) in paper.page_text(page)


def _render(data: bytes, *, scale: float) -> list[Image.Image]:
    pdf = pypdfium2.PdfDocument(data)
    return [page.render(scale=scale).to_pil().convert("L") for page in pdf]


def _darkest(page: Image.Image, y: int) -> float:
    darkest, _ = page.crop((0, y, page.width, y + 1)).getextrema()
    assert isinstance(darkest, (int, float))
    return darkest
