"""Keys of the vault that lock nothing more."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from registration.store.tables.base import Base


class DbRetiredKey(Base):
    """A key of the vault that a rotation retired. No row is written any more whose key it wrapped
    (`store.wrapping`). fingerprint: as the vault tells its keys apart; nothing of the key."""

    __tablename__ = "retired_key"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    retired_at_utc: Mapped[datetime]
