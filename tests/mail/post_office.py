"""A mail server of our own that keeps what it is given, and answers as the test says."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """sent: (recipient, bytes) of each mail that was taken. answers: given instead of "250 OK",
    one for each mail, at RCPT or, where it begins with "data:", after the mail was read.
    heard: how many mails somebody began to send."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []
        self.answers: list[str] = []
        self.port = 0
        self.heard = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        self.heard += 1
        if self.answers and not self.answers[0].startswith("data:"):
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answers:
            return self.answers.pop(0).removeprefix("data:")
        content = envelope.content
        assert isinstance(content, bytes)
        self.sent.append((envelope.rcpt_tos[0], content))
        return "250 OK"


@contextmanager
def open_post_office(
    office: PostOffice | None = None, *, tls: ssl.SSLContext | None = None
) -> Iterator[PostOffice]:
    """Run the server on a free port of 127.0.0.1. tls: offer STARTTLS with this context."""
    office = office or PostOffice()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def open_server() -> asyncio.Server:
        def speak() -> SMTP:
            return SMTP(office, hostname="localhost", tls_context=tls)

        return await loop.create_server(speak, "127.0.0.1", 0)

    server = asyncio.run_coroutine_threadsafe(open_server(), loop).result()
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()
    # The connections' own tasks: a client that said goodbye may still be being let out.
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
