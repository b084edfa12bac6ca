"""The accounts of staff. Flask-Security reads and writes them, through its datastore."""

from datetime import datetime
from uuid import UUID

from flask_security import RoleMixin, UserMixin
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registration.domain.roles import Role
from registration.store.tables.base import Base, listed


class DbStaffRole(Base, RoleMixin):
    """One role of one member of the staff. `name` is what Flask-Security calls it."""

    __tablename__ = "staff_role"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (CheckConstraint(f"name IN ({listed(Role)})", name="name"),)


class DbStaff(Base, UserMixin):
    """One member of the staff.

    email: in lower case, what they sign in with. language: of their pages and mails.
    active: False once the account is closed; the row stays, for the histories name it.
    fs_uniquifier: a random text that sessions carry; a new one ends them all.
    tf_totp_secret: encrypted. totp_step: the last 30-second step whose code was used (T42).
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

    roles: Mapped[list[DbStaffRole]] = relationship(  # type: ignore[assignment]  # ours is narrower
        cascade="all, delete-orphan", order_by=DbStaffRole.name
    )


class DbStaffSession(Base):
    """One signed-in browser. The signed cookie names the row, and the row can be ended here: a
    cookie kept from before the sign-out opens nothing (T39)."""

    __tablename__ = "staff_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    started_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime]
    ended_at_utc: Mapped[datetime | None]
