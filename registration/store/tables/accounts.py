"""The accounts of staff. Flask-Security reads and writes them, through its datastore."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask_security import RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registration.domain.roles import Role
from registration.store.tables.base import Base, listed


class DbStaffRole(Base, RoleMixin):
    """One role of one member of the staff. `name` is what Flask-Security calls it.

    meeting_id: of the meeting for which it is held, or "" where for every one.
    """

    __tablename__ = "staff_role"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(primary_key=True, default="", server_default="")

    __table_args__ = (CheckConstraint(f"name IN ({listed(Role)})", name="name"),)


class DbStaff(Base, UserMixin):
    """One member of the staff.

    email: in lower case, what they sign in with. language: of their pages and mails.
    active: False once the account is closed; the row stays, for the histories name it.
    fs_uniquifier: a random text that sessions carry; a new one ends them all.
    tf_totp_secret: encrypted. totp_step: the last 30-second step whose code was used (T42).
    mf_recovery_codes: each for one use. fs_webauthn_user_handle: what passkeys call the account.
    invited_at_utc: when the invitation went out.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    made_at_utc: Mapped[datetime]
    mf_recovery_codes: Mapped[list[Any] | None] = mapped_column(JSON)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]  # none yet
        unique=True
    )
    invited_at_utc: Mapped[datetime | None]

    roles: Mapped[list[DbStaffRole]] = relationship(  # type: ignore[assignment]  # ours is narrower
        cascade="all, delete-orphan", order_by=[DbStaffRole.meeting_id, DbStaffRole.name]
    )
    webauthn: Mapped[list["DbStaffPasskey"]] = relationship(  # type: ignore[assignment]  # narrower
        cascade="all, delete-orphan", order_by="DbStaffPasskey.id"
    )


class DbStaffSession(Base):
    """One signed-in browser. The signed cookie names the row, and the row can be ended here: a
    cookie kept from before the sign-out opens nothing (T39).

    browser: its family and system, as "Firefox, Windows", so that its owner knows it again.
    """

    __tablename__ = "staff_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    started_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime]
    ended_at_utc: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(default="", server_default="")


class DbStaffPasskey(Base, WebAuthnMixin):
    """A passkey of one account. The names of the columns are Flask-Security's."""

    __tablename__ = "staff_passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[Any] | None] = mapped_column(JSON)
    extensions: Mapped[str | None]
    name: Mapped[str]
    usage: Mapped[str]
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    create_datetime: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    lastuse_datetime: Mapped[datetime]


class DbStaffPlace(Base):
    """A browser from which an account signed in before. digest: of the secret in its cookie."""

    __tablename__ = "staff_place"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    first_seen_at_utc: Mapped[datetime]

    __table_args__ = (UniqueConstraint("staff_id", "digest"),)
