"""The ready text of an account mail on its way through the outbox: it may hold a reset link, so the
row keeps it locked."""

import base64
import json
from collections.abc import Mapping
from uuid import UUID

from registration.mail.facts import ReadyText
from registration.vault.boxes import Vault


def lock_ready(vault: Vault, ready: ReadyText, *, cause_id: UUID) -> dict[str, str]:
    """Return the text as facts for the mail's row. cause_id: the history line it hangs on."""
    data = json.dumps([ready.subject, ready.text]).encode()
    locked = vault.lock(data, bound_to=f"ready:{cause_id}")
    return {
        "locked": base64.b64encode(locked.ciphertext).decode(),
        "key": base64.b64encode(locked.wrapped_key).decode(),
    }


def unlock_ready(vault: Vault, facts: Mapping[str, str], *, cause_id: UUID) -> ReadyText:
    """Return the text. Raises BoxWillNotOpen, or KeyError where the facts hold none."""
    data = vault.unlock(
        base64.b64decode(facts["locked"]),
        base64.b64decode(facts["key"]),
        bound_to=f"ready:{cause_id}",
    )
    subject, text = json.loads(data)
    return ReadyText(subject=subject, text=text)
