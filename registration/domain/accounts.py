"""The accounts of the staff, as pages and commands read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from registration.domain.ids import Language
from registration.domain.roles import HeldRole


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account. app: whether the code of an app is asked for. codes: recovery codes left.

    invited_at: when the invitation went out that was not taken up yet. signed_in_at: the last time.
    """

    id: int
    name: str
    email: str
    language: Language
    is_open: bool
    roles: tuple[HeldRole, ...]
    app: bool
    passkeys: int
    codes: int
    invited_at: datetime | None
    signed_in_at: datetime | None

    @property
    def has_second_factor(self) -> bool:
        return self.app or self.passkeys > 0


@dataclass(frozen=True)
class SignedIn:
    """One browser that is signed in. browser: "Firefox, Windows", or "" where it did not say."""

    id: UUID
    browser: str
    started_at: datetime
