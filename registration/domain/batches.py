"""Work on many entries at once: what kinds there are and how it stands."""

from enum import StrEnum


class BatchKind(StrEnum):
    """What is done with each entry. APPROVE is a move; the others draw one paper for all."""

    APPROVE = "approve"
    BADGES = "badges"
    NAMEPLATES = "nameplates"
    PARTICIPANTS = "participants"
    CERTIFICATES = "certificates"


class BatchStatus(StrEnum):
    """How a batch stands. FAILED: a fault of ours ended it; what was done by then stands."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"


class ItemStatus(StrEnum):
    """How one entry of a batch stands. REFUSED: the rules said no, and the batch went on."""

    DUE = "due"
    DONE = "done"
    REFUSED = "refused"
