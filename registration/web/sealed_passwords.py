"""A password that is shown once and comes back in a form: nobody keeps it, and nobody reads it on
the way back.

What the form carries is encrypted and signed, bound to the account and the meeting, and good for
half an hour. It is in no address, no log and no table.
"""

import base64
import json
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from registration.domain.ids import MeetingId

GOOD_FOR = timedelta(minutes=30)


def seal_password(password: str, meeting_id: MeetingId, staff_id: int, *, now: datetime) -> str:
    """Return the password as the form carries it."""
    told = json.dumps([password, meeting_id, staff_id]).encode()
    return _fernet().encrypt_at_time(told, int(now.timestamp())).decode("ascii")


def unseal_password(
    sealed: str, meeting_id: MeetingId, staff_id: int, *, now: datetime
) -> str | None:
    """Return the password, or None where it was not sealed here, for this account and meeting, or
    is too old."""
    try:
        told = _fernet().decrypt_at_time(
            sealed.encode(), int(GOOD_FOR.total_seconds()), int(now.timestamp())
        )
    except InvalidToken:
        return None
    password, *bound_to = json.loads(told)
    return str(password) if bound_to == [meeting_id, staff_id] else None


def _fernet() -> Fernet:
    """A key of its own, derived: what else SECRET_KEY signs opens nothing here."""
    secret = str(current_app.secret_key).encode()
    key = HKDF(SHA256(), length=32, salt=None, info=b"password of a zip").derive(secret)
    return Fernet(base64.urlsafe_b64encode(key))
