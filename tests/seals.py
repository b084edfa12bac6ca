"""The seal of the tests."""

from datetime import UTC, datetime, timedelta
from functools import cache

from registration.letters.certificates import make_certificate
from registration.letters.sealing import Seal


@cache
def make_seal(owner: str = "Secretariat of the tests", days: int = 365) -> Seal:
    """Return a seal with a key of its own, the same one for the same owner. days: how long its
    certificate lasts."""
    made = make_certificate(owner, now=datetime.now(UTC), lifetime=timedelta(days=days))
    return Seal(made)
