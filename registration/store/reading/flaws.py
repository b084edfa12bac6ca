"""What can be wrong with a history, in words."""

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong at a line."""

    GAP = "a line is missing before it"
    CHANGED = "its words are not those that were hashed"
    UNCHAINED = "it does not follow on the line before it"
    DETAILS_CHANGED = "its personal facts are not those that were hashed"
    CUT_OFF = "the chain does not end where it says"
    STATE_DIFFERS = "the registration is in another state than its last move says"
    LETTER_DIFFERS = "the letter that it issued is not there as it says"
    LETTER_UNTOLD = "there is a letter that no line tells of"
    ACCEPTANCE_DIFFERS = "the acceptance that it records is not there as it says"
    ACCEPTANCE_UNTOLD = "there is an acceptance that no line tells of"
    WITHDRAWAL_DIFFERS = "the letters are withdrawn at another time than it says, or not"
    FILE_DIFFERS = "a stored file is not the one that it binds"
    SEALED_OTHERWISE = "it is not the line that was sealed"
    DATED_BACK = "it claims a time before the newest sealed line, which does not know it"


@dataclass(frozen=True)
class FlawedLine:
    """A flaw and where it is. number: of the line in its chain, from 1; 0 for the chain."""

    chain: str
    number: int
    flaw: Flaw


class SealFlaw(StrEnum):
    """What is wrong with a sealed line itself."""

    GAP = "a sealed line is missing before it"
    UNCHAINED = "it does not follow on the sealed line before it"
    CHANGED = "it does not hold what was signed"
    NOT_SIGNED = "its signature is not that of its certificate"
    OTHER_CERTIFICATE = (
        "it bears another certificate than the site's; name a former one with --certificate"
    )


@dataclass(frozen=True)
class FlawedSeal:
    """A flaw of a sealed line. number: of the line, from 1."""

    number: int
    flaw: SealFlaw
