"""The seal: valid for two judges, over every byte, and found wherever a byte is changed."""

import io
import random
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.sign.validation.status import SignatureCoverageLevel

from registration.letters.paper import draw_letter
from registration.letters.record import draw_record
from registration.letters.sealing import NoPlaceForSeal
from tests.letters.judging import judge_seal
from tests.letters.samples import make_evidence, make_letter, make_record
from tests.seals import make_seal

NOW = datetime.now(UTC)


@cache
def seal_letter() -> bytes:
    return make_seal().seal(draw_letter(make_letter()), at=NOW)


def ask_pdfsig(folder: Path, paper: bytes) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(paper)
    asked = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False)
    return asked.stdout


@pytest.mark.parametrize("paper", ["letter", "record"])
def test_pyhanko_calls_the_seal_valid(paper: str) -> None:
    drawn = draw_letter(make_letter()) if paper == "letter" else None
    sealed = make_seal().seal(drawn or draw_record(make_record(make_evidence())), at=NOW)

    status = judge_seal(sealed)

    assert status.bottom_line
    assert status.summary() == "INTACT:TRUSTED,UNTOUCHED"
    assert status.signer_reported_dt == NOW.replace(microsecond=0)


def test_pdfsig_calls_the_seal_valid_and_the_whole_document_signed(tmp_path: Path) -> None:
    said = ask_pdfsig(tmp_path, seal_letter())

    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Signer Certificate Common Name: Secretariat of the tests" in said


def test_sealing_changes_nothing_that_was_drawn() -> None:
    drawn, sealed = draw_letter(make_letter()), seal_letter()
    before, after = pikepdf.open(io.BytesIO(drawn)), pikepdf.open(io.BytesIO(sealed))

    assert len(sealed) == len(drawn)
    assert [page.Contents.read_bytes() for page in before.pages] == [
        page.Contents.read_bytes() for page in after.pages
    ]
    changed = sum(one != other for one, other in zip(drawn, sealed, strict=True))
    assert changed < 2 * 4096 + 100


def test_each_flipped_bit_outside_the_seal_is_found() -> None:
    sealed = seal_letter()
    start = sealed.index(b"/Contents <")
    end = sealed.index(b">", start)
    chance = random.Random(7)
    places = [p for p in chance.sample(range(len(sealed)), 60) if not start <= p <= end]

    assert len(places) > 40
    assert [p for p in places if _is_valid(_flip(sealed, p))] == []


def test_pdfsig_finds_a_flipped_bit(tmp_path: Path) -> None:
    said = ask_pdfsig(tmp_path, _flip(seal_letter(), 5000))

    assert "Signature Validation: Digest Mismatch." in said


def test_what_is_added_behind_the_seal_is_found() -> None:
    status = judge_seal(seal_letter() + b"\n% more")

    assert status.coverage is not SignatureCoverageLevel.ENTIRE_FILE


def test_paper_is_sealed_once() -> None:
    with pytest.raises(NoPlaceForSeal):
        make_seal().seal(seal_letter(), at=NOW)


def test_what_is_no_paper_of_ours_is_not_sealed() -> None:
    with pytest.raises(NoPlaceForSeal):
        make_seal().seal(b"%PDF-1.7 another's", at=NOW)


def test_seal_is_told_as_a_field_at_the_end_of_the_letter() -> None:
    pdf = pikepdf.open(io.BytesIO(seal_letter()))
    last = pdf.Root.StructTreeRoot.K.K[-1]

    assert str(last.S) == "/Form"
    assert str(last.Alt) == "Firma electrónica de la Secretaría"
    assert str(last.K[0].Obj.TU) == "Firma electrónica de la Secretaría"


def test_bytes_that_are_no_paper_are_signed_with_the_same_key() -> None:
    seal = make_seal()
    key = x509.load_der_x509_certificate(seal.certificate).public_key()
    assert isinstance(key, EllipticCurvePublicKey)
    assert isinstance(key.curve, SECP256R1)

    key.verify(seal.sign(b"heads of chains"), b"heads of chains", ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(seal.sign(b"heads of chains"), b"heads of other chains", ECDSA(SHA256()))


def test_moment_of_the_seal_is_the_one_given() -> None:
    earlier = NOW - timedelta(hours=3)

    assert judge_seal(
        make_seal().seal(draw_letter(make_letter()), at=earlier)
    ).signer_reported_dt == earlier.replace(microsecond=0)


def _flip(paper: bytes, place: int) -> bytes:
    return paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :]


def _is_valid(paper: bytes) -> bool:
    try:
        return bool(judge_seal(paper).bottom_line)
    except Exception:  # noqa: BLE001  # a file that cannot be read any more is found as well
        return False
