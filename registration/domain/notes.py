"""Notes among staff about an entry. Its person never reads them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

#: Characters of a note.
LONGEST_NOTE = 2000


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note. written_at: aware UTC."""

    id: UUID
    staff_name: str
    words: str
    written_at: datetime
