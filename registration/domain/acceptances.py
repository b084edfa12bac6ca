"""What is kept of an acceptance: a simple electronic signature with tamper-evident evidence."""

from dataclasses import dataclass
from datetime import datetime

from registration.domain.ids import Language
from registration.domain.states import Actor


@dataclass(frozen=True, kw_only=True)
class AcceptanceEvidence:
    """The evidence of part 6 of the design.

    letter_sha256: hexadecimal, of the sealed letter's bytes. letter_number: "RCM-7K2M4QXZ/1".
    terms: the words accepted, in `language`. accepted_at: aware UTC.
    address: the network address of the browser. browser: its User-Agent, cut at 300 characters.
    signature_png: the drawn signature as PNG bytes, or None. signed_letter: whether a signed scan
    is kept. by: DELEGATE, or SECRETARIAT with the scan; entered_by: the staff member's name then.
    """

    letter_number: str
    letter_sha256: str
    language: Language
    terms: tuple[str, ...]
    typed_name: str
    accepted_at: datetime
    address: str
    browser: str
    signature_png: bytes | None
    signed_letter: bool
    by: Actor
    entered_by: str | None
