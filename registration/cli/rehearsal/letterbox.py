"""The mails that arrived, read as their recipients would."""

import os
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import cast

#: How long a mail may take from its cause to the mailbox, in seconds.
ARRIVAL_SECONDS = 120
_PAUSE_SECONDS = 0.1

_LINK = re.compile(r"https?://[^\s<>\"]+/l/[\w-]+")


class MailMissing(Exception):
    """A mail that was due has not arrived."""


@dataclass(frozen=True)
class Mail:
    """One mail. papers: its attached PDFs, by name. leave: where a mail program posts to be sent no
    more of them."""

    path: Path
    recipient: str
    subject: str
    text: str
    papers: dict[str, bytes]
    leave: str | None = None

    @property
    def link(self) -> str | None:
        found = _LINK.search(self.text)
        return found.group() if found else None


class Letterbox:
    """The folder of the demonstration post office. Each mail is read once and remembered, by its
    recipient: thousands of people wait for theirs, several at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Mail] = {}
        self._of: defaultdict[str, list[Mail]] = defaultdict(list)
        self._looked_at = 0.0
        self._came_at = time.monotonic()
        self._lock = threading.Lock()

    def list_all(self) -> list[Mail]:
        """Return all mails that have arrived, the oldest first."""
        self._look()
        return [self._read[name] for name in sorted(self._read)]

    def wait_for(self, recipient: str, wanted: Callable[[Mail], bool]) -> Mail:
        """Return the newest mail to the address that is wanted. Raises MailMissing.

        While mails arrive at all one is waited for: behind thousands of others it may come late.
        """
        began = time.monotonic()
        while True:
            for mail in reversed(self._of.get(recipient, ())):
                if wanted(mail):
                    return mail
            if time.monotonic() > max(began, self._came_at) + ARRIVAL_SECONDS:
                raise MailMissing(
                    f"a mail to {recipient} has not arrived in {ARRIVAL_SECONDS} seconds"
                )
            time.sleep(_PAUSE_SECONDS)
            self._look()

    def _look(self) -> None:
        """Read what is new; one looks for all who wait."""
        asked_at = time.monotonic()
        with self._lock:
            if self._looked_at > asked_at:
                return
            self._looked_at = time.monotonic()
            with os.scandir(self._folder) as found:
                names = {each.name for each in found if each.name.endswith(".eml")}
            for name in sorted(names - self._read.keys()):
                self._read[name] = mail = _read(self._folder / name)
                self._of[mail.recipient].append(mail)
                self._came_at = time.monotonic()


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
        leave=str(message["List-Unsubscribe"]).strip("<>")
        if "List-Unsubscribe" in message
        else None,
    )
