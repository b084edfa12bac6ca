"""Invitations to an account: a link that lets its owner choose the first password, once.

The link holds a signed digest of how the account stood when it was invited: a password chosen, a
newer invitation or a sign-out everywhere makes it void. Nothing of it is kept in the database.
"""

import hmac
from datetime import datetime, timedelta

from flask import current_app, g, session
from itsdangerous import BadSignature, URLSafeSerializer

from config import Settings
from registration.store.database import db
from registration.store.tables.accounts import DbStaff
from registration.web.account_mail import INVITATION_DAYS

_KEY = "staff_invitation"


def make_link(staff: DbStaff) -> str:
    """Return the address that goes into the mail: from BASE_URL, not from the request (T33)."""
    settings: Settings = current_app.config["SETTINGS"]
    token = _serializer().dumps([staff.id, _digest(staff)])
    values = {"lang": staff.language, "token": token}
    # Not url_for: a command has no request.
    path = current_app.url_map.bind("localhost").build("secretariat.open_invitation", values)
    return settings.base_url + path


def find_invited(token: str, *, now: datetime) -> DbStaff | None:
    """Return the account that the link was made for, if it still works."""
    try:
        id, digest = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    staff = db.session.get(DbStaff, id)
    if staff is None or not staff.active or staff.invited_at_utc is None:
        return None
    if now >= staff.invited_at_utc + timedelta(days=INVITATION_DAYS):
        return None
    return staff if hmac.compare_digest(str(digest), _digest(staff)) else None


def keep(token: str) -> None:
    """Let this browser choose the password: the token leaves the address bar."""
    session[_KEY] = token


def find_kept() -> DbStaff | None:
    """Return the account whose invitation this browser has opened, if it still works."""
    return find_invited(str(session.get(_KEY, "")), now=g.arrived_at)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="staff-invitation")


def _digest(staff: DbStaff) -> str:
    assert staff.invited_at_utc is not None
    invited = int(staff.invited_at_utc.timestamp())
    text = f"{staff.id}|{staff.password}|{staff.fs_uniquifier}|{invited}"
    return hmac.new(str(current_app.secret_key).encode(), text.encode(), "sha256").hexdigest()
