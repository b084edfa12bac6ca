"""The demonstration post office: takes every mail, delivers none, and shows them on a page.

    python -m registration.mail.demonstration SMTP_PORT PAGE_PORT [FOLDER]

Mails lie as .eml files in FOLDER (DATA_DIR/mailbox). It listens on 127.0.0.1 alone: it asks nobody
for a password, and what it holds are private links.
"""

import os
import re
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from registration.mail.mailbox import make_server

HOST = "127.0.0.1"
#: The largest mail taken, in bytes: a letter, a record and what base64 adds.
LARGEST = 40 * 1024 * 1024


class Mailbox:
    """Writes each mail into the folder as one .eml file, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        data = content.encode() if isinstance(content, str) else content or b""
        to = f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        self.keep(to.encode("ascii", "replace") + data)
        return "250 Kept in the demonstration mailbox"

    def keep(self, data: bytes) -> Path:
        """Write the mail; its name begins with the moment, so that names sort by time."""
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        path = self.folder / f"{moment}-{uuid4().hex[:8]}.eml"
        half = path.with_suffix(".part")
        half.write_bytes(data)
        half.rename(path)
        return path


def open_office(folder: Path, smtp_port: int) -> Controller:
    """Return the mail server, not started yet."""
    # The default ident tells the software's version; ours says what this is.
    return Controller(
        Mailbox(folder),
        hostname=HOST,
        port=smtp_port,
        data_size_limit=LARGEST,
        ident="Demonstration post office: nothing is delivered",
    )


def main(arguments: list[str]) -> int:
    """Run until SIGTERM or Ctrl-C; return the exit code."""
    match arguments:
        case [smtp, page] if re.fullmatch(r"\d+ \d+", f"{smtp} {page}"):
            folder = Path(os.environ.get("DATA_DIR") or "instance").resolve() / "mailbox"
        case [smtp, page, given] if re.fullmatch(r"\d+ \d+", f"{smtp} {page}"):
            folder = Path(given).resolve()
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 64
    office = open_office(folder, int(smtp))
    pages = make_server(folder, HOST, int(page))
    asked_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_stop.set())
    office.start()
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    asked_to_stop.wait()
    pages.shutdown()
    pages.server_close()
    office.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
