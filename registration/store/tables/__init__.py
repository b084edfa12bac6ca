"""The tables, a module per subject. Importing this package knows them all."""

from registration.store.tables import (
    accounts,
    arrivals,
    batches,
    erasures,
    files,
    history,
    keys,
    letters,
    mail,
    meetings,
    registrations,
)
from registration.store.tables.base import Base

__all__ = [
    "Base",
    "accounts",
    "arrivals",
    "batches",
    "erasures",
    "files",
    "history",
    "keys",
    "letters",
    "mail",
    "meetings",
    "registrations",
]
