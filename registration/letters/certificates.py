"""The certificate that papers are sealed with: the operator's, or one for rehearsals made by us."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    load_pkcs12,
    serialize_key_and_certificates,
)
from cryptography.x509.oid import NameOID

REHEARSAL_FILE = "rehearsal-seal.p12"
#: What whoever looks into a rehearsal's seal reads as its owner.
REHEARSAL_NAME = "Rehearsal only, not valid - Solo ensayo, sin validez"
_REHEARSAL_TIME = timedelta(days=3650)


class BadSealCertificate(Exception):
    """SEAL_CERTIFICATE cannot be used; the message is one sentence for the operator."""


@dataclass(frozen=True)
class SealCertificate:
    """A key on the curve P-256 with its certificate. chain: of those above it, none of them secret.

    is_rehearsal: whether we made it, so that it proves nothing to anybody else.
    """

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    is_rehearsal: bool


def open_certificate(
    path: str | None, password: str | None, data_dir: Path, *, now: datetime
) -> SealCertificate:
    """Return the certificate of SEAL_CERTIFICATE, a PKCS #12 file, or the one for rehearsals.

    data_dir: where the latter lies; it is made there once. now: aware. Raises BadSealCertificate.
    """
    file = Path(path) if path else data_dir / REHEARSAL_FILE
    if not path and not file.exists():
        _make_rehearsal_file(file, now)
    try:
        found = load_pkcs12(file.read_bytes(), password.encode() if path and password else None)
    except OSError as error:
        raise BadSealCertificate(f"SEAL_CERTIFICATE cannot be read: {error.strerror}.") from error
    except ValueError:
        raise BadSealCertificate(
            "SEAL_CERTIFICATE is no PKCS #12 file, or SEAL_PASSWORD is not its password."
        ) from None  # the error's message might tell of the password
    if found.cert is None or not isinstance(found.key, ec.EllipticCurvePrivateKey):
        raise BadSealCertificate("SEAL_CERTIFICATE must hold a key on the curve P-256.")
    if not isinstance(found.key.curve, ec.SECP256R1):
        raise BadSealCertificate("The key of SEAL_CERTIFICATE must be on the curve P-256.")
    certificate = found.cert.certificate
    _check_dates(certificate, now)
    chain = tuple(each.certificate for each in found.additional_certs)
    return SealCertificate(found.key, certificate, chain, is_rehearsal=not path)


def make_certificate(name: str, *, now: datetime, lifetime: timedelta) -> SealCertificate:
    """Return a new key with a certificate that it signed itself. name: its owner."""
    key = ec.generate_private_key(ec.SECP256R1())
    owner = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(owner)
        .issuer_name(owner)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # for clocks that are behind
        .not_valid_after(now + lifetime)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    return SealCertificate(key, certificate, (), is_rehearsal=False)


def write_certificate(made: SealCertificate, password: str | None = None) -> bytes:
    """Return key and certificate as a PKCS #12 file."""
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return serialize_key_and_certificates(
        b"seal", made.key, made.certificate, list(made.chain) or None, lock
    )


def _check_dates(certificate: x509.Certificate, now: datetime) -> None:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < begins:
        raise BadSealCertificate(f"The certificate for sealing begins on {begins:%Y-%m-%d}.")
    if now >= ends:
        raise BadSealCertificate(f"The certificate for sealing ended on {ends:%Y-%m-%d}.")


def _make_rehearsal_file(file: Path, now: datetime) -> None:
    """Make the file whole or not at all, readable by the site's user alone. Of several processes
    that start at once the first one's stays."""
    made = make_certificate(REHEARSAL_NAME, now=now.astimezone(UTC), lifetime=_REHEARSAL_TIME)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(write_certificate(made))
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()
