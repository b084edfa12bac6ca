"""The certificate that papers are sealed with: the operator's, or one that says it is none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from registration.letters.certificates import (
    REHEARSAL_FILE,
    REHEARSAL_NAME,
    BadSealCertificate,
    SealCertificate,
    make_certificate,
    open_certificate,
    write_certificate,
)
from registration.letters.sealing import Seal

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


def write(folder: Path, made: SealCertificate, password: str | None = None) -> str:
    file = folder / "seal.p12"
    file.write_bytes(write_certificate(made, password))
    return str(file)


def test_certificate_of_the_operator_is_opened_with_its_password(tmp_path: Path) -> None:
    made = make_certificate("RCM Executive Secretariat", now=NOW, lifetime=YEAR)
    path = write(tmp_path, made, "a password")

    found = open_certificate(path, "a password", tmp_path, now=NOW)

    assert found.certificate == made.certificate
    assert not found.is_rehearsal
    assert Seal(found).owner == "RCM Executive Secretariat"
    assert not (tmp_path / REHEARSAL_FILE).exists()


def test_rehearsal_certificate_is_made_once_and_named_as_such(tmp_path: Path) -> None:
    first = open_certificate(None, None, tmp_path, now=NOW)
    second = open_certificate(None, None, tmp_path, now=NOW)

    assert first.certificate == second.certificate
    assert first.is_rehearsal
    assert Seal(first).owner == REHEARSAL_NAME
    assert (tmp_path / REHEARSAL_FILE).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [REHEARSAL_FILE]


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSealCertificate, match="cannot be read: No such file"):
        open_certificate(str(tmp_path / "none.p12"), None, tmp_path, now=NOW)


@pytest.mark.parametrize("password", [None, "another"])
def test_wrong_password_is_told_and_not_quoted(tmp_path: Path, password: str | None) -> None:
    path = write(tmp_path, make_certificate("Office", now=NOW, lifetime=YEAR), "a password")

    with pytest.raises(BadSealCertificate, match="SEAL_PASSWORD is not its password") as told:
        open_certificate(path, password, tmp_path, now=NOW)
    assert "another" not in str(told.value)


def test_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "seal.p12").write_bytes(b"-----BEGIN CERTIFICATE-----")

    with pytest.raises(BadSealCertificate, match="no PKCS #12 file"):
        open_certificate(str(tmp_path / "seal.p12"), None, tmp_path, now=NOW)


@pytest.mark.parametrize(
    ("now", "word"), [(NOW - 2 * YEAR, "begins on"), (NOW + 2 * YEAR, "ended on")]
)
def test_certificate_out_of_its_time_is_refused(tmp_path: Path, now: datetime, word: str) -> None:
    path = write(tmp_path, make_certificate("Office", now=NOW, lifetime=YEAR))

    with pytest.raises(BadSealCertificate, match=word):
        open_certificate(path, None, tmp_path, now=now)


def test_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    rsa_key = rsa.generate_private_key(65537, 2048)
    curve_key = ec.generate_private_key(ec.SECP384R1())
    for key in (rsa_key, curve_key):
        file = tmp_path / "seal.p12"
        file.write_bytes(serialize_key_and_certificates(b"seal", key, None, None, NoEncryption()))

        with pytest.raises(BadSealCertificate, match="P-256"):
            open_certificate(str(file), None, tmp_path, now=NOW)


@pytest.mark.parametrize(("above", "fits"), [(1, True), (14, False)])
def test_too_many_certificates_above_it_are_refused_at_the_start(
    tmp_path: Path, above: int, fits: bool
) -> None:
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(above + 1)]
    chain = [_issue(level, keys) for level in range(above + 1)]
    file = tmp_path / "seal.p12"
    file.write_bytes(
        serialize_key_and_certificates(b"seal", keys[0], chain[0], chain[1:], NoEncryption())
    )
    opened = open_certificate(str(file), None, tmp_path, now=NOW)

    if fits:
        assert Seal(opened).owner == "Level 0"
    else:
        with pytest.raises(BadSealCertificate, match="too many certificates"):
            Seal(opened)


def _issue(level: int, keys: list[ec.EllipticCurvePrivateKey]) -> x509.Certificate:
    """Return the certificate of a level, signed by the one above; above the last is nobody here."""
    return (
        x509.CertificateBuilder()
        .subject_name(_name(level))
        .issuer_name(_name(level + 1))
        .public_key(keys[level].public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW)
        .not_valid_after(NOW + YEAR)
        .add_extension(x509.BasicConstraints(ca=level > 0, path_length=None), critical=True)
        .sign(keys[min(level + 1, len(keys) - 1)], SHA256())
    )


def _name(level: int) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Level {level}")])
