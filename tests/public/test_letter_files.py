"""A letter's file given to the verification page: recognised by its bytes, and never kept."""

import builtins
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from registration.domain.registrations import Registration
from registration.letters.held_files import LARGEST_LETTER
from registration.registrar import opening
from registration.store import reading
from registration.web.limits import CHECKED_FILE
from tests.builders import make_particulars
from tests.delegates import CSRF
from tests.offices import REVIEWER, Guide, load_meeting
from tests.pages import Page, Pages
from tests.registrar.moving import accept, amend, list_blobs, list_letters, withdraw
from tests.sites import Site

ANA = make_particulars(given_names="Ana Lucía", surnames="Morales Vargas")
VERIFY = "/en/verify/"


@pytest.fixture
def guide(site: Site) -> Iterator[Guide]:
    """The workshop as it was, no rehearsal: its letters are valid."""
    load_meeting(site.office)
    return Guide(site.office)


@pytest.fixture
def entry(guide: Guide) -> Registration:
    return guide.approve(guide.submit("cr", particulars=ANA))


def test_issued_file_is_recognised_with_its_facts(
    pages: Pages, guide: Guide, entry: Registration
) -> None:
    page = _check(pages, _read(guide, entry), path="/es/verify/", status=200)

    assert page.headings == ["Esta carta es válida"]
    assert "El archivo es, byte por byte, el que emitimos." in page.text
    assert f"{entry.reference}/1" in page.text
    assert "A… L… M… V…" in page.text
    for secret in ("Lucía", "Morales", ANA.email, ANA.institution, ANA.position):
        assert secret not in page.html


def test_record_of_an_acceptance_is_no_changed_letter(
    pages: Pages, guide: Guide, entry: Registration
) -> None:
    accept(guide, entry)
    with guide.office.database.reading() as session:
        acceptance = reading.find_acceptance(session, entry.id)
    assert acceptance is not None
    record = opening.read_own_paper(guide.office, acceptance.record_id, of=entry.id).data

    page = _check(pages, record, status=200)

    assert page.headings[0] == "This is a record of acceptance that we issued"
    assert f"{entry.reference}/1" in page.text
    assert ANA.email not in page.html
    changed = _check(pages, record.replace(b"%PDF-1.7", b"%PDF-1.6"), status=200)
    assert changed.headings[0] == "This file was changed since we issued it"


def test_replaced_and_withdrawn_file_tells_since_when_in_the_meetings_time(
    pages: Pages, guide: Guide, entry: Registration
) -> None:
    data = _read(guide, entry)
    guide.wait(hours=1)
    amend(guide, entry, surnames="Solano")

    replaced = _check(pages, data, status=200)

    assert replaced.headings == ["This letter was replaced"]
    assert "Replaced since Monday 14 February 2022, 10:12 (Mexico City time)" in replaced.text
    assert f"Replaced by {entry.reference}/2" in replaced.text
    guide.wait(days=1)
    withdraw(guide, entry, by=REVIEWER, reason="The ministry asked")
    withdrawn = _check(pages, data, status=200)
    assert withdrawn.headings == ["This letter is no longer valid"]
    assert "Withdrawn since Tuesday 15 February 2022, 10:12 (Mexico City time)" in withdrawn.text


@pytest.mark.parametrize(
    ("change", "heading"),
    [
        (lambda data: data + b"\n", "This file was changed since we issued it"),
        (lambda data: data + b"1 0 obj\n%%EOF\n", "This file was changed since we issued it"),
        (lambda data: data[:-7], "This file was changed since we issued it"),
        (lambda data: data.replace(b"/Type", b"/Tipe", 1), "This file was changed"),
        (lambda data: data[:2000], "This file is not a letter that we issued"),
        (lambda data: b"%PDF-1.7 another", "This file is not a letter that we issued"),
        (lambda data: b"<script>alert(1)</script>", "This file is not a letter that we issued"),
    ],
)
def test_other_bytes_are_not_the_letter(
    pages: Pages, guide: Guide, entry: Registration, change: Any, heading: str
) -> None:
    page = _check(pages, change(_read(guide, entry)), status=200)

    assert page.headings[0].startswith(heading)
    assert "A… L…" not in page.text
    assert "Date of issue" not in page.text


def test_addition_is_told_from_another_change(
    pages: Pages, guide: Guide, entry: Registration
) -> None:
    data = _read(guide, entry)

    added = _check(pages, data + b"trailer\n%%EOF\n", status=200)
    changed = _check(pages, data.replace(b"/Type", b"/Tipe", 1), status=200)

    assert f"Something was added to our letter {entry.reference}/1" in added.text
    assert f"It bears the number of our letter {entry.reference}/1, but other" in changed.text


def test_file_that_names_a_number_never_issued_is_any_other(pages: Pages, guide: Guide) -> None:
    pages_of = [
        _check(pages, data, status=200).html for data in (b"RCM-7K2M4QXZ/1", b"anything else")
    ]

    assert _without_token(pages_of[0]) == _without_token(pages_of[1])


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        (b"", 422, "Choose the file of the letter: the PDF as it came by e-mail."),
        (b"x" * (LARGEST_LETTER + 1), 413, "Choose one of 5 MB or less."),
    ],
)
def test_file_that_cannot_be_compared_is_told_what_to_do(
    pages: Pages, data: bytes, status: int, sentence: str
) -> None:
    page = _check(pages, data, status=status)

    assert sentence in page.text
    assert page.title.startswith("Error: Verify a letter")


def test_form_without_a_file_is_asked_again(pages: Pages) -> None:
    page = pages._check(_send(pages, None, {}), VERIFY, 422)

    assert "Choose the file of the letter" in page.text


def test_form_without_its_token_or_from_elsewhere_is_refused(
    pages: Pages, guide: Guide, entry: Registration
) -> None:
    data = _read(guide, entry)

    without = _send(pages, data, {CSRF: ""})
    elsewhere = _send(pages, data, {}, Origin="https://evil.example")

    assert (without.status_code, elsewhere.status_code) == (400, 400)
    assert entry.reference not in without.text + elsewhere.text


def test_nothing_of_the_file_is_kept(
    pages: Pages, guide: Guide, entry: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row, no blob, and no file is opened for writing while it is judged."""
    blobs, rows, written = list_blobs(guide), _count_rows(guide), []
    data = _read(guide, entry) * 20 + b"a stranger's file"
    plain = builtins.open

    def watch(file: Any, mode: str = "r", *more: Any, **options: Any) -> Any:
        if set(mode) & set("wax+"):
            written.append(str(file))
        return plain(file, mode, *more, **options)

    monkeypatch.setattr(builtins, "open", watch)
    monkeypatch.setattr(tempfile, "_get_candidate_names", _no_temporary_file)

    _check(pages, data, status=200)

    assert written == []
    assert (list_blobs(guide), _count_rows(guide)) == (blobs, rows)


def test_too_many_files_are_refused_for_a_while(pages: Pages, site: Site) -> None:
    for _ in range(CHECKED_FILE.times):
        _send(pages, b"a file", {})

    refused = _send(pages, b"a file", {})

    assert refused.status_code == 429
    assert "Too many tries in a short time" in refused.text
    assert int(refused.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("path", "status"), [(VERIFY, 200), (f"{VERIFY}N0NE", 404), (f"{VERIFY}?code=-", 422)]
)
def test_verification_pages_are_kept_out_of_indexes(pages: Pages, path: str, status: int) -> None:
    page = pages.get(path, status=status)

    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert '<meta name="robots" content="noindex">' in page.html
    assert "X-Robots-Tag" not in pages.get("/en/").response.headers


def _check(pages: Pages, data: bytes, *, path: str = VERIFY, status: int) -> Page:
    return pages._check(_send(pages, data, {}, path=path), path, status)


def _send(
    pages: Pages, data: bytes | None, fields: dict[str, str], *, path: str = VERIFY, **headers: str
) -> Any:
    """Send the second form of the page, with a file unless it is None."""
    form = next(each for each in pages.get(path).forms if CSRF in each.fields)
    body = _encode(form.fields | fields, data)
    kind = "multipart/form-data; boundary=the-parts"
    return pages.client.post(
        path, data=body, content_type=kind, base_url=pages.base_url, headers=headers
    )


def _encode(fields: dict[str, str], data: bytes | None) -> bytes:
    """Return the form as a browser sends it; the test client would write it to a file first."""
    head = b"--the-parts\r\nContent-Disposition: form-data; name="
    parts = [head + f'"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    if data is not None:
        parts.append(head + b'"letter"; filename="carta.pdf"\r\n\r\n' + data + b"\r\n")
    return b"".join(parts) + b"--the-parts--\r\n"


def _read(guide: Guide, entry: Registration) -> bytes:
    letter = list_letters(guide, entry)[0]
    return opening.read_own_paper(guide.office, letter.file_id, of=entry.id).data


def _without_token(html: str) -> str:
    return "\n".join(line for line in html.splitlines() if CSRF not in line)


def _no_temporary_file() -> Iterator[str]:
    raise AssertionError("a temporary file was asked for")


def _count_rows(guide: Guide) -> int:
    tables = ("locked_file", "letter", "history_line", "mail", "registration")
    with guide.office.database.reading() as session:
        connection = session.connection()
        return sum(
            connection.exec_driver_sql(f"SELECT count(*) FROM {each}").scalar_one()
            for each in tables
        )
