"""From where an account has signed in before: a long-lived cookie with a random text, whose digest
the account keeps. It opens nothing. A sign-in without it is mailed to the account's owner."""

import secrets
from hashlib import sha256
from uuid import uuid4

from flask import Response, after_this_request, current_app, g, request
from sqlalchemy import select

from registration.store.database import db
from registration.store.tables.accounts import DbStaff, DbStaffPlace

_SECONDS = 2 * 365 * 24 * 3600
#: Characters of our own texts; a longer one is not ours and is not kept.
_LONGEST = 64


def remember_place(user: DbStaff) -> bool:
    """Note that the account signed in from here, and return whether it had before."""
    held = request.cookies.get(_name(), "")
    secret = held if 0 < len(held) <= _LONGEST else secrets.token_urlsafe(32)
    digest = sha256(secret.encode()).digest()
    query = select(DbStaffPlace.id).where(
        DbStaffPlace.staff_id == user.id, DbStaffPlace.digest == digest
    )
    is_known = db.session.scalar(query) is not None
    if not is_known:
        row = DbStaffPlace(
            id=uuid4(), staff_id=user.id, digest=digest, first_seen_at_utc=g.arrived_at
        )
        db.session.add(row)
        db.session.commit()

    @after_this_request
    def _keep(response: Response) -> Response:
        response.set_cookie(
            _name(),
            secret,
            max_age=_SECONDS,
            secure=_is_https(),
            httponly=True,
            samesite="Lax",
        )
        return response

    return is_known


def _is_https() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _name() -> str:
    return "__Host-staff-place" if _is_https() else "staff-place"
