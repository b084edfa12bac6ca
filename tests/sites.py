"""A site over real HTTP, for a browser or a client of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import ClassVar

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.serving import make_server

from config import Settings
from registration.app import create_app
from registration.domain.ids import MeetingId
from registration.meetings.definition import Definition, read_definition
from registration.meetings.rolling import weeks_to_roll
from registration.registrar import meetings
from registration.registrar.office import Office
from tests.builders import RCM
from tests.engines import find_free_port
from tests.offices import MEETINGS


@dataclass(frozen=True)
class Site:
    """A site that answers at its address. office: the registrar behind it."""

    url: str
    app: Flask
    settings: Settings

    @property
    def office(self) -> Office:
        office: Office = self.app.extensions["office"]
        return office


def make_site(settings: Settings) -> Site:
    """Return a site with the RCM workshop loaded and rolled forward, so that it is open today.

    Nothing serves it yet: use its app's test client, or `serve`.
    """
    site = Site(settings.base_url, create_app(settings), settings)
    _hash_cheaply(site.app)
    site.app.jinja_env.bytecode_cache = _Compiled()
    load_open_meeting(site.office)
    return site


class _Compiled(BytecodeCache):
    """Compiled templates, kept for the next site of this process: each site compiled its own, which
    took a fifth of a page's test. Jinja asks for them by name and by the digest of the source."""

    _kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self._kept.get(bucket.key)
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


def _hash_cheaply(app: Flask) -> None:
    """Let new passwords cost little: half of a test of the desks was spent on hashing its own.

    What the site itself spends on one is asked of it by `tests/web/test_sign_in.py`.
    """
    app.extensions["security"].pwd_context.update(
        argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1
    )


def load_open_meeting(office: Office, meeting_id: MeetingId = RCM) -> None:
    """Load a shipped meeting as a rehearsal: its dates are moved until registration is open."""
    now = datetime.now(UTC)
    source = (MEETINGS / f"{meeting_id}.toml").read_text(encoding="utf-8")
    definition = read_definition(source, name=meeting_id)
    assert isinstance(definition, Definition), definition
    weeks = weeks_to_roll(definition, now)
    meetings.load(office, definition, source, meeting_id=meeting_id, rolled_weeks=weeks, now=now)


def find_base_url() -> str:
    """Return an address of the loopback that is free."""
    return f"http://127.0.0.1:{find_free_port()}"


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Serve the site at its address, in threads of this process, until the end of the block."""
    port = int(site.url.rpartition(":")[2])
    server = make_server("127.0.0.1", port, site.app, threaded=True)
    # A thread a request that ends with the server, whatever keep-alive a browser holds on to.
    server.daemon_threads = True
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    thread = Thread(target=server.serve_forever, name="site", daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=30)
