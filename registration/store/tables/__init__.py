"""The tables, a module per subject. Importing this package knows them all."""

from registration.store.tables import (
    accounts,
    arrivals,
    batches,
    calls,
    desk,
    erasures,
    files,
    history,
    keys,
    letters,
    mail,
    meetings,
    nominations,
    registrations,
    segments,
    travel,
)
from registration.store.tables.base import Base

__all__ = [
    "Base",
    "accounts",
    "arrivals",
    "batches",
    "calls",
    "desk",
    "erasures",
    "files",
    "history",
    "keys",
    "letters",
    "mail",
    "meetings",
    "nominations",
    "registrations",
    "segments",
    "travel",
]
