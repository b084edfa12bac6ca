"""The mails that arrived, read as their recipients would."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import cast

#: How long a mail may take from its cause to the mailbox, in seconds.
ARRIVAL_SECONDS = 120

_LINK = re.compile(r"https?://[^\s<>\"]+/l/[\w-]+")


class MailMissing(Exception):
    """A mail that was due has not arrived."""


@dataclass(frozen=True)
class Mail:
    """One mail. papers: its attached PDFs, by name."""

    path: Path
    recipient: str
    subject: str
    text: str
    papers: dict[str, bytes]

    @property
    def link(self) -> str | None:
        found = _LINK.search(self.text)
        return found.group() if found else None


class Letterbox:
    """The folder of the demonstration post office. Each mail is read once and remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, Mail] = {}

    def list_all(self) -> list[Mail]:
        """Return all mails that have arrived, the oldest first."""
        for path in sorted(self._folder.glob("*.eml")):
            if path not in self._read:
                self._read[path] = _read(path)
        return [self._read[path] for path in sorted(self._read)]

    def wait_for(self, recipient: str, wanted: Callable[[Mail], bool]) -> Mail:
        """Return the newest mail to the address that is wanted. Raises MailMissing."""
        give_up_at = time.monotonic() + ARRIVAL_SECONDS
        while time.monotonic() < give_up_at:
            for mail in reversed(self.list_all()):
                if mail.recipient == recipient and wanted(mail):
                    return mail
            time.sleep(0.1)
        raise MailMissing(f"a mail to {recipient} has not arrived in {ARRIVAL_SECONDS} seconds")


def _read(path: Path) -> Mail:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    text = message.get_body(("plain",))
    papers = {
        part.get_filename() or "": cast(bytes, part.get_payload(decode=True))
        for part in message.iter_attachments()
        if part.get_content_type() == "application/pdf"
    }
    return Mail(
        path=path,
        recipient=str(message["X-Envelope-To"]),
        subject=str(message["Subject"]),
        text="" if text is None else text.get_content(),
        papers=papers,
    )
