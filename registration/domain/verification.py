"""What may be said in public of a letter: whether it stands, and enough to compare it with."""

from enum import StrEnum

from registration.domain.meeting import Meeting
from registration.domain.papers import IssuedLetter, LetterStatus


class Verdict(StrEnum):
    """How a letter of ours stands. REHEARSAL: genuine, but of a meeting whose letters are not
    valid."""

    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REHEARSAL = "rehearsal"


def judge_letter(letter: IssuedLetter, meeting: Meeting) -> Verdict:
    """Return how the letter stands now."""
    if letter.status is LetterStatus.VALID and meeting.rehearsal:
        return Verdict.REHEARSAL
    return Verdict(letter.status.value)


def mask_name(name: str) -> str:
    """Return the first letter of each part: enough to compare, not enough to learn a name."""
    return " ".join(f"{part[0]}…" for part in name.split())
