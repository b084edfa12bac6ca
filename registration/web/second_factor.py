"""Codes of an authenticator app (TOTP), each good for one use."""

from collections.abc import Sequence
from hashlib import sha256
from typing import cast

import segno
from flask_security import Totp, UserMixin
from passlib.exc import TokenError  # type: ignore[import-untyped]  # not typed
from passlib.totp import TOTP  # type: ignore[import-untyped]  # not typed
from sqlalchemy import or_, update

from registration.store.database import db
from registration.store.tables.accounts import DbStaff


class SingleUseTotp(Totp):
    """Flask-Security's factory, with a memory of the code last used (T42)."""

    def __init__(self, secrets: Sequence[str], issuer: str) -> None:
        """secrets: they lock the seeds in the database; the first one locks, all of them open."""
        by_tag = {sha256(each.encode()).hexdigest()[:12]: each for each in secrets}
        self._totp = TOTP.using(issuer=issuer, secrets=by_tag, default_tag=next(iter(by_tag)))

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        """Return whether the code is right and was not used before; from now on it was.

        window: seconds that the code may be early or late.
        """
        try:
            match = self._totp.verify(token, totp_secret, window=window)
        except TokenError:
            return False
        return self._use(cast(DbStaff, user), match.counter)

    def _use(self, staff: DbStaff, step: int) -> bool:
        """Of two browsers that bring the same code at the same instant, one wins."""
        result = db.session.execute(
            update(DbStaff)
            .where(DbStaff.id == staff.id)
            .where(or_(DbStaff.totp_step.is_(None), DbStaff.totp_step < step))
            .values(totp_step=step)
        )
        db.session.commit()
        return bool(result.rowcount)  # type: ignore[attr-defined]  # a CursorResult

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the QR code as an SVG drawing that stands in the page itself."""
        code = segno.make(self.get_totp_uri(username, totp), error="m")
        return code.svg_inline(scale=5, border=3, dark="#1b1c2e", light="#ffffff")
