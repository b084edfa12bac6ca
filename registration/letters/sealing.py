"""The seal: a PAdES signature (B-B) of the Secretariat over every byte of a paper but itself.

`finishing` leaves a place for it, tagged and empty; here the place is filled. Nothing is moved, so
the sealed file is the drawn one, with its structure and its conformance. pyHanko makes the
signature; it would also write a file for it, at three times the cost of drawing one
(docs/decisions/0007).
"""

import hashlib
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.oid import NameOID
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from registration.letters.certificates import BadSealCertificate, SealCertificate
from registration.letters.finishing import EMPTY_RANGE, EMPTY_TIME, SEAL_BYTES

_CONTENTS = b"/Contents <" + b"0" * (2 * SEAL_BYTES) + b">"


class NoPlaceForSeal(Exception):
    """The paper was drawn without a place for a seal, or is sealed already."""


class Seal:
    """Seals papers with one certificate. Made once; safe in threads."""

    def __init__(self, certificate: SealCertificate) -> None:
        """Raises BadSealCertificate where the certificate and those above it need more room than
        a paper keeps for them."""
        self._certificate = certificate
        self._signer = _Signer(certificate)
        if len(self._signer.sign(bytes(32))) > SEAL_BYTES:
            raise BadSealCertificate("SEAL_CERTIFICATE holds too many certificates above its own.")

    @property
    def certificate(self) -> bytes:
        """The certificate, DER."""
        return self._certificate.certificate.public_bytes(Encoding.DER)

    @property
    def owner(self) -> str:
        """Whose seal it is, as the certificate says it."""
        subject = self._certificate.certificate.subject
        names = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else subject.rfc4514_string()

    @property
    def valid_until(self) -> datetime:
        """The first moment at which the certificate is valid no more."""
        return self._certificate.certificate.not_valid_after_utc

    @property
    def is_rehearsal(self) -> bool:
        return self._certificate.is_rehearsal

    def seal(self, paper: bytes, *, at: datetime) -> bytes:
        """Return the paper sealed. at: aware, the moment that the seal claims.

        Never the same bytes twice: whoever seals keeps what comes. Raises NoPlaceForSeal.
        """
        moment = f"{at.astimezone(UTC):%Y%m%d%H%M%S}".encode()
        start, end = _find_place(paper)
        ranged = b"/ByteRange [ 0 %d %d %d ]" % (start, end, len(paper) - end)
        filled = bytearray(paper)
        for empty, full in (
            (EMPTY_RANGE, ranged.ljust(len(EMPTY_RANGE))),
            (EMPTY_TIME, EMPTY_TIME.replace(b"00000000000000", moment)),
        ):
            at_byte = paper.index(empty)
            filled[at_byte : at_byte + len(empty)] = full
        digest = hashlib.sha256(filled[:start])
        digest.update(filled[end:])
        signature = self._signer.sign(digest.digest()).hex().encode()
        filled[start + 1 : start + 1 + len(signature)] = signature
        return bytes(filled)

    def sign(self, data: bytes) -> bytes:
        """Return an ECDSA signature with SHA-256 over the bytes, DER: for what is no paper."""
        return self._certificate.key.sign(data, ECDSA(SHA256()))


def is_signed(certificate: bytes, data: bytes, signature: bytes) -> bool:
    """Return whether `Seal.sign` made the signature over the bytes with the key of the certificate
    (DER)."""
    key = load_der_x509_certificate(certificate).public_key()
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, data, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _find_place(paper: bytes) -> tuple[int, int]:
    """Return where the empty signature's "<" stands and where its ">" ends."""
    if any(paper.count(each) != 1 for each in (_CONTENTS, EMPTY_RANGE, EMPTY_TIME)):
        raise NoPlaceForSeal
    start = paper.index(_CONTENTS) + len(_CONTENTS) - 2 * SEAL_BYTES - 2
    return start, start + 2 * SEAL_BYTES + 2


class _Signer(SimpleSigner):
    """pyHanko's signer with the key kept ready: its own reads and checks the key each time."""

    def __init__(self, certificate: SealCertificate) -> None:
        self._key = certificate.key
        store = SimpleCertificateStore()
        store.register_multiple(
            asn1_x509.Certificate.load(each.public_bytes(Encoding.DER))
            for each in certificate.chain
        )
        own = certificate.certificate.public_bytes(Encoding.DER)
        key = self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        super().__init__(
            signing_cert=asn1_x509.Certificate.load(own),
            signing_key=asn1_keys.PrivateKeyInfo.load(key),
            cert_registry=store,
            embed_roots=False,
        )
        self._named_certificate = as_signing_certificate_v2(self.signing_cert)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        return self._key.sign(data, ECDSA(SHA256()))

    async def unsigned_attrs(self, *_arguments: object, **_options: object) -> None:
        """None: a time stamp would be one. pyHanko's own asks for a running event loop."""

    def sign(self, digest: bytes) -> bytes:
        """Return the detached signature (CMS, DER) over what has this SHA-256.

        Its signed attributes are those of PAdES B-B and no others (ETSI EN 319 142-1, 6.3).
        """
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "data"),
                simple_cms_attribute("message_digest", digest),
                simple_cms_attribute("signing_certificate_v2", self._named_certificate),
            ]
        )
        signing = self.async_sign_prescribed_attributes("sha256", attributes)
        made: bytes = _finish(signing).dump()
        return made


def _finish(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  # pyHanko's own types
    """Run to its end what waits for nothing: pyHanko is asynchronous for signers far away."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise RuntimeError("the signer waits for something")
