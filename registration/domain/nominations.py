"""Who says that a person is the delegation's: a note verbale, or the word of its focal point."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from registration.domain.ids import DelegationId, FileId
from registration.domain.registrations import Registration


class NominatedBy(StrEnum):
    """On what a nomination rests."""

    NOTE_VERBALE = "note_verbale"
    FOCAL_POINT = "focal_point"


class Standing(StrEnum):
    """How an entry stands with its delegation. DISOWNED: the focal point said "not ours"."""

    NOMINATED = "nominated"
    NOT_NOMINATED = "not_nominated"
    DISOWNED = "disowned"


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """One nomination on record; a note verbale may name several people.

    number, dated: of the note verbale. file_id: its scan. recorded_at: aware UTC.
    """

    id: UUID
    delegation_id: DelegationId
    how: NominatedBy
    number: str | None
    dated: date | None
    file_id: FileId | None
    recorded_at: datetime


def standing_of(registration: Registration) -> Standing:
    """Return how the entry stands with its delegation; "not ours" outweighs what came before."""
    if registration.disowned_at is not None:
        return Standing.DISOWNED
    return Standing.NOT_NOMINATED if registration.nomination_id is None else Standing.NOMINATED
