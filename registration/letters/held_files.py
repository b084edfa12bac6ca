"""A letter's file that somebody holds: what its bytes tell, and what its seal does.

The bytes are hashed and searched, never parsed: that is safe with whatever a stranger sends. Only
`read_seal` parses, for the command line.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

#: Bytes of a letter's file: one of ours has some 70,000.
LARGEST_LETTER = 5_000_000
# More than once a file says that it ends where something was added to it. Nobody adds so often.
_MOST_ENDS = 50
_END = re.compile(rb"%%EOF\r?\n?")
# A letter's number as its metadata hold it, in clear.
_NUMBER = re.compile(rb"(?<![A-Z0-9-])[A-Z][A-Z0-9-]{1,19}-[0-9A-HJKMNP-TV-Z]{8}/[1-9][0-9]{0,3}")
_MOST_NUMBERS = 5


def digest_file(data: bytes) -> str:
    """Return the SHA-256 of the file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def list_earlier_digests(data: bytes) -> Iterator[str]:
    """Yield the SHA-256 of the file as it was before each thing that was added at its end.

    A PDF is changed by adding to it; what was sealed still stands in front, byte for byte.
    """
    digest, begun = hashlib.sha256(), 0
    for _, found in zip(range(_MOST_ENDS), _END.finditer(data), strict=False):
        if found.end() == len(data):
            return
        digest.update(data[begun : found.end()])
        begun = found.end()
        yield digest.hexdigest()


def list_numbers(data: bytes) -> list[str]:
    """Return what looks like the number of a letter in the bytes of a file, each once."""
    found = dict.fromkeys(each[0].decode() for each in _NUMBER.finditer(data))
    return list(found)[:_MOST_NUMBERS]


@dataclass(frozen=True)
class SealFound:
    """What pyHanko says of a file's seal.

    owner: as its certificate says. at: aware, the moment that the seal claims. is_intact: whether
    nothing was changed since, nor added. is_ours: whether it was made with the given certificate.
    """

    owner: str
    at: datetime | None
    is_intact: bool
    is_ours: bool


def judge_seal(signature: EmbeddedPdfSignature) -> PdfSignatureStatus:
    """Return what pyHanko says of a signature, its own certificate being trusted.

    In a thread of its own: pyHanko begins an event loop, which a thread that runs one cannot.
    """
    known = ValidationContext(trust_roots=[signature.signer_cert])
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(validate_pdf_signature, signature, known).result()


def read_seal(data: bytes, certificate: bytes) -> SealFound | None:
    """Return what the file's last seal tells, or None where it has none or is no PDF.

    certificate: the site's, DER. pyHanko parses the whole file: not for what strangers send to a
    page.
    """
    own = x509.Certificate.load(certificate)
    try:
        found = PdfFileReader(io.BytesIO(data)).embedded_signatures
        if not found:
            return None
        signer = found[-1].signer_cert
        status = judge_seal(found[-1])
    except Exception:  # noqa: BLE001  # of a broken file anything, and none of it is ours to mend
        return None
    is_whole = status.coverage is not None and status.coverage.name == "ENTIRE_FILE"
    return SealFound(
        owner=str(signer.subject.native.get("common_name", signer.subject.human_friendly)),
        at=status.signer_reported_dt,
        is_intact=bool(status.intact and status.valid and is_whole),
        is_ours=signer.dump() == own.dump(),
    )
