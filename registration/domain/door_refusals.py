"""Why the door, or what follows it, did not do something."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True)
class UnknownCode:
    """What was scanned or typed is neither a badge's code nor a letter's, nor a number."""


@dataclass(frozen=True)
class OtherMeeting:
    """The badge or the letter is of another meeting."""


@dataclass(frozen=True)
class TakenBackSince:
    """The scan waited for the connection, and since it was made the arrival was recorded and taken
    back. at: aware UTC."""

    at: datetime


@dataclass(frozen=True)
class SignatureMissing:
    """Who signs at the door draws the signature, and none was drawn."""


@dataclass(frozen=True)
class NeverCame:
    """Nobody recorded that the person came, so there is nothing to certify."""


@dataclass(frozen=True)
class CertificateSent:
    """The person has the certificate by mail already."""


DoorRefusal: TypeAlias = (
    UnknownCode | OtherMeeting | TakenBackSince | SignatureMissing | NeverCame | CertificateSent
)
