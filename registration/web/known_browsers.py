"""A cookie that says: this browser has signed in to this account before.

It opens nothing. It only lets the tries of the account's owner be counted apart from those of
strangers, so that whoever spends the account's tries on purpose locks nobody out (T41).
"""

import hmac
import secrets

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

_SECONDS = 365 * 24 * 3600


def find_known_browser(email: str) -> str | None:
    """Return the mark of this browser if it has signed in to the account, else None.

    email: as typed.
    """
    try:
        account, mark = _serializer().loads(request.cookies.get(_name(), ""), max_age=_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    return str(mark) if hmac.compare_digest(str(account), _digest(email)) else None


def remember_browser(response: Response, email: str) -> Response:
    """Put the cookie for the account into the answer and return it."""
    value = _serializer().dumps([_digest(email), secrets.token_hex(8)])
    response.set_cookie(
        _name(),
        value,
        max_age=_SECONDS,
        secure=_is_https(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known-browser")


def _digest(email: str) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, b"known-browser|" + plain(email).encode(), "sha256").hexdigest()


def plain(email: str) -> str:
    """Return the address in the form in which accounts are found."""
    return email.strip().casefold()


def _is_https() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _name() -> str:
    return "__Host-known-browser" if _is_https() else "known-browser"
