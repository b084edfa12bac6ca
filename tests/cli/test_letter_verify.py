"""`flask letter verify`: what the terminal says of a file, and how the command ends."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import Result
from flask import Flask

from registration.cli.letter import group
from registration.domain.registrations import Registration
from registration.letters.held_files import LARGEST_LETTER
from registration.registrar import opening
from registration.registrar.office import Office
from tests.letters.samples import make_letter
from tests.offices import REVIEWER, Guide, load_meeting, make_office
from tests.registrar.moving import amend, list_letters, withdraw
from tests.seals import make_seal

Verify = Callable[[bytes], Result]


@pytest.fixture
def guide(workshop_sqlite_url: str) -> Iterator[Guide]:
    office = make_office(workshop_sqlite_url)
    yield Guide(office)
    office.database.dispose()


@pytest.fixture
def entry(guide: Guide) -> Registration:
    return guide.approve(guide.submit())


@pytest.fixture
def verify(guide: Guide, tmp_path: Path) -> Verify:
    """Return a function that writes a file and gives it to the command."""
    return lambda data: _run(guide.office, tmp_path, data)


def test_letter_in_force_is_valid(verify: Verify, guide: Guide, entry: Registration) -> None:
    result = verify(_read(guide, entry))

    assert result.exit_code == 0
    assert result.output == (
        f"carta.pdf: this is the letter {entry.reference}/1 that we issued.\n"
        "It is valid.\n"
        "The seal is valid. It is of Secretariat of the tests, made on 2022-02-14 15:12:00 UTC,"
        " this site's own.\n"
    )


def test_replaced_and_withdrawn_letters_end_with_3(
    verify: Verify, guide: Guide, entry: Registration
) -> None:
    first = _read(guide, entry)
    guide.wait(hours=1)
    amend(guide, entry, surnames="Solano")
    newest = _read(guide, entry)

    replaced, valid = verify(first), verify(newest)
    guide.wait(days=1)
    withdraw(guide, entry, by=REVIEWER, reason="The ministry asked")
    withdrawn = verify(newest)

    assert (replaced.exit_code, valid.exit_code, withdrawn.exit_code) == (3, 0, 3)
    told = f"It was replaced by {entry.reference}/2 on 2022-02-14 10:12 (America/Mexico_City)."
    assert told in replaced.output
    assert "It was withdrawn on 2022-02-15 10:12 (America/Mexico_City)." in withdrawn.output


def test_letter_of_a_rehearsal_is_told_to_be_one(
    verify: Verify, guide: Guide, entry: Registration
) -> None:
    load_meeting(guide.office, rolled_weeks=300)

    result = verify(_read(guide, entry))

    assert result.exit_code == 0
    assert "from a rehearsal: it invites nobody" in result.output


def test_rehearsal_seal_is_named(guide: Guide, entry: Registration, tmp_path: Path) -> None:
    from registration.letters.certificates import open_certificate
    from registration.letters.sealing import Seal

    certificate = open_certificate(None, None, tmp_path / "data", now=guide.now)
    office = replace(guide.office, seal=Seal(certificate))
    guide.office = office
    other = guide.approve(guide.submit("pa"))

    result = _run(office, tmp_path, _read(guide, other))

    assert result.exit_code == 0
    assert "this site's own rehearsal seal" in result.output


@pytest.mark.parametrize("at", [200, 30_000, -100])
def test_changed_byte_is_found_by_hash_and_by_seal(
    verify: Verify, guide: Guide, entry: Registration, at: int
) -> None:
    data = bytearray(_read(guide, entry))
    data[at] ^= 1

    result = verify(bytes(data))

    assert result.exit_code == 1
    told = f"it bears the number of our letter {entry.reference}/1, but was changed since."
    assert told in result.output
    assert "The seal is valid" not in result.output


def test_file_to_which_something_was_added_is_not_ours(
    verify: Verify, guide: Guide, entry: Registration
) -> None:
    """The seal covers its own part, and a reader that looks no further calls it valid."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(_read(guide, entry)))
    writer.add_object(generic.pdf_string("more"))
    writer.root["/Added"] = generic.NumberObject(1)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)

    result = verify(out.getvalue())

    assert result.exit_code == 1
    added = f"something was added to our letter {entry.reference}/1 after it was sealed."
    assert added in result.output
    assert "The seal is broken" in result.output


def test_letter_saved_anew_is_not_the_one_we_issued(
    verify: Verify, guide: Guide, entry: Registration
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_read(guide, entry))) as pdf:
        pdf.save(out)

    assert verify(out.getvalue()).exit_code == 1


def test_forged_letter_with_a_seal_of_its_own_is_not_ours(
    verify: Verify, guide: Guide, entry: Registration
) -> None:
    from registration.letters.paper import draw_letter

    forged = make_seal("Somebody else").seal(draw_letter(make_letter()), at=guide.now)

    result = verify(forged)

    assert result.exit_code == 1
    assert "carta.pdf: this is not a letter that we issued." in result.output
    told = "The seal is valid. It is of Somebody else"
    assert told in result.output
    assert "not with the certificate that this site has now" in result.output


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"words",
        b"%%EOF" * 10_000,
        b"%PDF-1.7\n%%EOF\n" * 9,
        b"x" * LARGEST_LETTER,
    ],
    ids=["empty", "head", "words", "ends", "many files", "large"],
)
def test_whatever_else_is_given_is_not_ours(
    verify: Verify, entry: Registration, data: bytes
) -> None:
    result = verify(data)

    assert result.exit_code == 1
    assert "this is not a letter that we issued" in result.output


def test_too_large_a_file_is_not_read(verify: Verify) -> None:
    result = verify(b"x" * (LARGEST_LETTER + 1))

    assert result.exit_code == 1
    assert "none is so large" in result.output


def _run(office: Office, folder: Path, data: bytes) -> Result:
    file = folder / "carta.pdf"
    file.write_bytes(data)
    app = Flask("test")
    app.extensions["office"] = office
    app.cli.add_command(group)
    return app.test_cli_runner().invoke(args=["letter", "verify", str(file)])


def _read(guide: Guide, entry: Registration) -> bytes:
    letter = list_letters(guide, entry)[0]
    return opening.read_own_paper(guide.office, letter.file_id, of=entry.id).data
