"""The moment at which a request arrived: the one clock of the pages."""

from datetime import UTC, datetime

from flask import Flask, g, request_started


def init_app(app: Flask) -> None:
    """Note in `g.arrived_at`, aware UTC, when each request arrived, before anything else is done.

    This instant decides about deadlines, not the one at which an upload ended.
    """
    request_started.connect(_note_arrival, app)


def _note_arrival(_app: Flask, **_: object) -> None:
    g.arrived_at = datetime.now(UTC)
