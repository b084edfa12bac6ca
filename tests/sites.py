"""A site over real HTTP, for a browser or a client of its own."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Thread
from typing import ClassVar

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from config import Settings
from registration.app import create_app
from registration.domain.ids import MeetingId
from registration.links.tokens import Tokens
from registration.meetings.rolling import weeks_to_roll
from registration.registrar import meetings
from registration.registrar.office import Office
from registration.store.reading.meetings import find_meeting_source
from tests.builders import RCM
from tests.conftest import LINK_KEY
from tests.engines import find_free_port
from tests.offices import make_office, read_shipped


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
    if not _is_loaded(site.office):
        load_open_meeting(site.office)
    return site


def _is_loaded(office: Office) -> bool:
    """Whether its database is a copy of one with the workshop in it, its dates still of today."""
    with office.database.reading() as session:
        stored = find_meeting_source(session, RCM)
    if stored is None:
        return False
    _, definition = read_shipped(RCM)
    return stored.rolled_weeks == weeks_to_roll(definition, datetime.now(UTC))


class _Route(Rule):
    """A route whose function that writes addresses is kept for the next site of this process: to
    compile two for each route took most of making a site. It knows nothing of the site."""

    _kept: ClassVar[dict[tuple[object, ...], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, *self._trace, repr(self.defaults), append_unknown)
        if key not in self._kept:
            self._kept[key] = super()._compile_builder(append_unknown)
        return self._kept[key]


Flask.url_rule_class = _Route


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
    source, definition = read_shipped(meeting_id)
    weeks = weeks_to_roll(definition, now)
    meetings.load(office, definition, source, meeting_id=meeting_id, rolled_weeks=weeks, now=now)


def load_open_workshop(url: str) -> None:
    """Load the RCM workshop as `load_open_meeting` does: into a database that is then copied."""
    office = replace(make_office(url), tokens=Tokens(LINK_KEY))
    load_open_meeting(office)
    office.database.dispose()


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
