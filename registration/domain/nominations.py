"""Who says that a person is the delegation's: a note verbale, or the word of its focal point."""

from enum import StrEnum


class NominatedBy(StrEnum):
    """On what a nomination rests."""

    NOTE_VERBALE = "note_verbale"
    FOCAL_POINT = "focal_point"


class Standing(StrEnum):
    """How an entry stands with its delegation. DISOWNED: the focal point said "not ours"."""

    NOMINATED = "nominated"
    NOT_NOMINATED = "not_nominated"
    DISOWNED = "disowned"
