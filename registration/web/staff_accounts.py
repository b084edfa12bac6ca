"""Making, changing and closing accounts of staff, for commands, pages and tests."""

import secrets
from collections.abc import Collection
from datetime import datetime

from flask_security import hash_password
from sqlalchemy import func, select

from registration.domain.events import By, Event
from registration.domain.ids import Language
from registration.domain.names import clean_line
from registration.domain.roles import HeldRole
from registration.domain.states import Actor
from registration.registrar import accounts
from registration.store.database import db
from registration.store.tables.accounts import DbStaff, DbStaffRole
from registration.web import account_mail, invitations
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


def get_account(staff_id: int) -> DbStaff:
    """Return the account. Raises LookupError."""
    found = db.session.get(DbStaff, staff_id)
    if found is None:
        raise LookupError("no such account")
    return found


def find_account(email: str) -> DbStaff | None:
    """Return the account with this address, open or closed."""
    return db.session.scalar(select(DbStaff).where(DbStaff.email == email.strip().casefold()))


def list_accounts() -> list[DbStaff]:
    """Return all accounts by name, closed ones too."""
    return list(db.session.scalars(select(DbStaff).order_by(func.lower(DbStaff.name))))


def invite(
    email: str,
    *,
    name: str,
    roles: Collection[HeldRole],
    language: Language,
    by: By | None,
    now: datetime,
) -> DbStaff:
    """Make an account whose owner chooses the password by the link of a mail. by: None for a
    command. Raises AccountExists."""
    password = secrets.token_urlsafe(32)  # that nobody knows
    staff = add_account(
        email, name=name, roles=roles, language=language, password=password, by=by, now=now
    )
    send_invitation(staff, by=by, now=now)
    return staff


def send_invitation(staff: DbStaff, *, by: By | None, now: datetime) -> None:
    """Mail the link to choose a password; one that was mailed before opens nothing any more."""
    staff.invited_at_utc = now
    staff.fs_uniquifier = secrets.token_hex(32)
    db.session.commit()
    account_mail.invited(staff, invitations.make_link(staff), by=by or _command(staff), at=now)


def accept_invitation(staff: DbStaff, password: str, *, now: datetime) -> bool:
    """Give the invited account the password that its owner chose; returns False where the
    invitation was taken up, sent anew or closed since the account was read."""
    seen, id, by = staff.fs_uniquifier, staff.id, _owner(staff)
    hashed = hash_password(password)
    # What was read is forgotten: the account is read anew once it has the password.
    db.session.rollback()
    return accounts.take_up_invitation(
        current_office(), by, id, seen=seen, hashed_password=hashed, at=now
    )


def rename(staff: DbStaff, *, name: str, language: Language, now: datetime) -> None:
    """Change how the owner is called, and in which language the site writes to them."""
    staff.name, staff.language = clean_line(name), language
    _write(staff, now, {"account": "name and language"}, by=_owner(staff))


def add_account(
    email: str,
    *,
    name: str,
    roles: Collection[HeldRole],
    language: Language,
    password: str,
    by: By | None = None,
    now: datetime,
) -> DbStaff:
    """Make an account. now: aware. by: None for a command. Raises AccountExists."""
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
        roles=[
            DbStaffRole(name=each.role.value, meeting_id=each.meeting_id)
            for each in sorted(set(roles))
        ],
    )
    db.session.add(staff)
    held = ", ".join(str(each) for each in sorted(set(roles)))
    _write(staff, now, {"account": "opened", "roles": held}, by=by)
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
        staff.mf_recovery_codes = None
        staff.webauthn.clear()
        facts["second_factor"] = "off"
    end_all_sessions(staff, now)
    _write(staff, now, facts)


def close_account(staff: DbStaff, *, now: datetime) -> None:
    """Close the account: nobody signs in to it any more. Its row stays, histories name it."""
    staff.active = False
    staff.fs_uniquifier = secrets.token_hex(32)
    end_all_sessions(staff, now)
    _write(staff, now, {"account": "closed"})


def _write(staff: DbStaff, now: datetime, facts: dict[str, str], *, by: By | None = None) -> None:
    """Write the account, and then its line of history. by: None where a command did it."""
    db.session.commit()
    accounts.record(
        current_office(),
        by or _command(staff),
        Event.ACCOUNT_CHANGED,
        at=now,
        account_id=staff.id,
        facts=facts,
    )


def _command(staff: DbStaff) -> By:
    return By(actor=Actor.SECRETARIAT, staff_id=staff.id, name="flask staff")


def _owner(staff: DbStaff) -> By:
    return By(actor=Actor.SECRETARIAT, staff_id=staff.id, name=staff.name)
