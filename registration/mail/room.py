"""What mails are made with."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from registration.domain.ids import Language, MeetingId
from registration.domain.meeting import Meeting
from registration.links.addresses import Addresses
from registration.links.tokens import Tokens
from registration.store.database import Database
from registration.vault.boxes import Vault


@dataclass(frozen=True, kw_only=True)
class MailRoom:
    """What mails are made with. sender: MAIL_FROM, an address, with or without a name.

    get_meeting: gives the meeting of this id; the files of meetings are read by a layer beside.
    """

    database: Database
    vault: Vault
    tokens: Tokens
    addresses: Addresses
    get_meeting: Callable[[Session, MeetingId], Meeting]
    sender: str

    @property
    def host(self) -> str:
        """The host of BASE_URL, for names that must be unique in the world."""
        return urlsplit(self.addresses.base_url).hostname or "localhost"


def list_pages(room: MailRoom, meeting: Meeting) -> tuple[tuple[Language, str], ...]:
    """Return the meeting's public page by language."""
    return tuple((code, room.addresses.meeting(code, meeting.id)) for code in meeting.languages)
