"""The ready text of an account mail on its way through the outbox: it may hold a reset link, so the
row keeps it locked."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from registration.mail.facts import ReadyText
from registration.vault.boxes import Vault


@dataclass(frozen=True)
class LockedReady:
    """The text as columns of the mail's row. The key has one of its own: a rotation finds it."""

    facts: dict[str, str]
    facts_wrapped_key: bytes


def lock_ready(vault: Vault, ready: ReadyText, *, cause_id: UUID) -> LockedReady:
    """Return the text for the mail's row. cause_id: the history line it hangs on."""
    data = json.dumps([ready.subject, ready.text]).encode()
    locked = vault.lock(data, bound_to=f"ready:{cause_id}")
    facts = {"locked": base64.b64encode(locked.ciphertext).decode()}
    return LockedReady(facts, locked.wrapped_key)


def unlock_ready(
    vault: Vault, facts: Mapping[str, str], wrapped_key: bytes | None, *, cause_id: UUID
) -> ReadyText:
    """Return the text. Raises BoxWillNotOpen, or KeyError where the facts hold none."""
    data = vault.unlock(
        base64.b64decode(facts["locked"]), wrapped_key or b"", bound_to=f"ready:{cause_id}"
    )
    subject, text = json.loads(data)
    return ReadyText(subject=subject, text=text)
