"""What can stand beside the app's code: passkeys, and recovery codes for the day when neither is at
hand. Both as a second factor; the password comes first."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from flask import g
from flask_babel import gettext, lazy_gettext
from flask_security import MfRecoveryCodesUtil, UserMixin, WebauthnUtil
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.webauthn import WebAuthnRegisterForm
from sqlalchemy import select
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired

from registration.domain.names import clean_line
from registration.store.database import db
from registration.store.tables.accounts import DbStaff
from registration.web.office import current_office

#: Characters of the name that its owner gives a passkey.
LONGEST_NAME = 40
HOW_MANY_CODES = 8
# Letters and figures that nobody takes for another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

OPTIONS: dict[str, Any] = {
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": HOW_MANY_CODES,
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
    "WEBAUTHN": True,
    "WAN_ALLOW_AS_FIRST_FACTOR": False,
    "WAN_ALLOW_AS_MULTI_FACTOR": False,
    # Before how one signs in is changed the password is asked for, whatever came second.
    "WAN_ALLOW_AS_VERIFY": None,
    "WAN_REGISTER_URL": "/passkeys",
    "WAN_SIGNIN_URL": "/sign-in/passkey",
    "WAN_DELETE_URL": "/passkeys/remove",
    "WAN_VERIFY_URL": "/passkeys/again",
    "WAN_POST_REGISTER_VIEW": "security.wan_register",
    "WAN_SIGNIN_WITHIN": timedelta(minutes=5),
    "DATETIME_FACTORY": lambda: datetime.now(UTC),
}


class HashedCodes(MfRecoveryCodesUtil):
    """Recovery codes of 79 random bits, of which the database keeps the SHA-256 alone: they are
    shown once, when they are made."""

    #: Set by the sign-in: writes down that codes were made or one was used.
    tell: Callable[[DbStaff, str], None]

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        """Make new codes; those before count no more."""
        codes = [_make_code() for _ in range(HOW_MANY_CODES)]
        staff = cast(DbStaff, user)
        staff.mf_recovery_codes = [_digest(staff, each) for each in codes]
        g.went_on = True
        self.tell(staff, "made")
        return codes

    def get_recovery_codes(self, user: UserMixin) -> list[str]:  # noqa: ARG002  # the library's own
        """Return none: nobody can tell them any more."""
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Return whether the code is right; from now on it is none. Of two browsers that bring the
        same one at the same instant, one wins."""
        staff = cast(DbStaff, user)
        digest = _digest(staff, "".join(code.split()).casefold())
        db.session.commit()
        with current_office().database.writing() as session:
            query = select(DbStaff).where(DbStaff.id == staff.id).with_for_update()
            row = session.scalars(query).one()
            held = row.mf_recovery_codes or []
            if digest not in held:
                return False
            row.mf_recovery_codes = [each for each in held if each != digest]
        db.session.refresh(staff)
        self.tell(staff, "used")
        return True

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:  # noqa: ARG002  # as above
        """Return True: the code went when it was checked."""
        return True


class Passkeys(WebauthnUtil):
    """Flask-Security's, with our rule for names, and a word when a form has led on."""

    def registration_options(
        self, user: UserMixin, usage: str, existing_options: dict[str, Any]
    ) -> dict[str, Any]:
        g.went_on = True
        return super().registration_options(user, usage, existing_options)

    def authentication_options(
        self, user: UserMixin | None, usage: list[str], existing_options: dict[str, Any]
    ) -> dict[str, Any]:
        g.went_on = True
        return super().authentication_options(user, usage, existing_options)

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        """Return what is wrong with the name, and the name in its plain form."""
        name = clean_line(value)
        if not name or len(name) > LONGEST_NAME:
            return gettext("Give it a name of 1 to %(max)d characters.", max=LONGEST_NAME), None
        return None, name


class PasskeyForm(WebAuthnRegisterForm):
    """The name under which its owner will know the passkey again."""

    name = StringField(
        lazy_gettext("Name of the passkey"),
        validators=[DataRequired(message=lazy_gettext("Give the passkey a name."))],
    )
    usage = RadioField(choices=[SelectChoice("secondary", "secondary")], default="secondary")


class RecoveryForm(MfRecoveryForm):
    """One of the codes that were written down."""

    code = StringField(
        lazy_gettext("Recovery code"),
        validators=[DataRequired(message=lazy_gettext("Enter one of your recovery codes."))],
    )


def _make_code() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _digest(staff: DbStaff, code: str) -> str:
    return sha256(f"{staff.id}|{code}".encode()).hexdigest()
