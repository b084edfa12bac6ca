"""The signed random id that a form is given when it is shown; it becomes the registration's id.

So a file can be locked and bound before there is a registration, and a double click meets the same
key. It is signed, so that nobody gives a form the id of somebody else's entry.
"""

from uuid import UUID, uuid4

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from registration.domain.ids import RegistrationId


def make_entry_id() -> str:
    """Return a new signed id, for the hidden field `entry`."""
    return sign_entry_id(RegistrationId(uuid4()))


def sign_entry_id(id: RegistrationId) -> str:
    """Return the id as a form carries it."""
    return str(_serializer().dumps(id.hex))


def find_entry_id(signed: str) -> RegistrationId | None:
    """Return the id, or None where it was not signed by this site."""
    try:
        return RegistrationId(UUID(_serializer().loads(signed)))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="entry")
