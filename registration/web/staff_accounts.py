"""Making, changing and closing accounts of staff, for the commands and for tests."""

import secrets
from collections.abc import Collection
from datetime import datetime

from flask_security import hash_password
from sqlalchemy import func, select

from registration.domain.events import By, Event
from registration.domain.ids import Language
from registration.domain.names import clean_line
from registration.domain.roles import Role
from registration.domain.states import Actor
from registration.registrar import accounts
from registration.store.database import db
from registration.store.tables.accounts import DbStaff, DbStaffRole
from registration.web.office import current_office
from registration.web.staff import end_all_sessions

# Letters and figures that nobody takes for another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountExists(Exception):
    """There is an account with this address already, perhaps a closed one."""


def make_password() -> str:
    """Return a password of 79 random bits that can be read aloud: four groups of four."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def find_account(email: str) -> DbStaff | None:
    """Return the account with this address, open or closed."""
    return db.session.scalar(select(DbStaff).where(DbStaff.email == email.strip().casefold()))


def list_accounts() -> list[DbStaff]:
    """Return all accounts by name, closed ones too."""
    return list(db.session.scalars(select(DbStaff).order_by(func.lower(DbStaff.name))))


def add_account(
    email: str,
    *,
    name: str,
    roles: Collection[Role],
    language: Language,
    password: str,
    now: datetime,
) -> DbStaff:
    """Make an account. now: aware. Raises AccountExists."""
    if find_account(email) is not None:
        raise AccountExists(email)
    staff = DbStaff(
        email=email.strip().casefold(),
        name=clean_line(name),
        language=language,
        password=hash_password(password),
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        made_at_utc=now,
        roles=[DbStaffRole(name=role.value) for role in sorted(set(roles))],
    )
    db.session.add(staff)
    _write(staff, now, {"account": "opened", "roles": ", ".join(sorted(set(roles)))})
    return staff


def set_password(
    staff: DbStaff, password: str, *, now: datetime, without_second_factor: bool = False
) -> None:
    """Give the account another password and sign it out everywhere.

    without_second_factor: the code of the app is asked for no more (the telephone is lost).
    """
    staff.password = hash_password(password)
    staff.fs_uniquifier = secrets.token_hex(32)
    facts = {"account": "new password"}
    if without_second_factor:
        staff.tf_primary_method = staff.tf_totp_secret = None
        facts["second_factor"] = "off"
    end_all_sessions(staff, now)
    _write(staff, now, facts)


def close_account(staff: DbStaff, *, now: datetime) -> None:
    """Close the account: nobody signs in to it any more. Its row stays, histories name it."""
    staff.active = False
    staff.fs_uniquifier = secrets.token_hex(32)
    end_all_sessions(staff, now)
    _write(staff, now, {"account": "closed"})


def _write(staff: DbStaff, now: datetime, facts: dict[str, str]) -> None:
    """Write the account, and then its line of history, which says that a command did it."""
    db.session.commit()
    by = By(actor=Actor.SECRETARIAT, staff_id=staff.id, name="flask staff")
    accounts.record(current_office(), by, Event.ACCOUNT_CHANGED, at=now, facts=facts)
