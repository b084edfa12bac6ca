"""The pages of the desks: what waits, the entries, one entry and what is decided about it."""

from flask import Blueprint

blueprint = Blueprint("secretariat", __name__)

# The views register themselves on the blueprint, so they come after it.
from registration.secretariat import (  # noqa: E402, F401
    accepting,
    account_words,
    approving,
    arriving,
    batch,
    batch_words,
    correcting,
    dates,
    deciding,
    delegation_moves,
    delegations,
    door,
    entering,
    entries,
    entry,
    erasing,
    exporting,
    files,
    home,
    host,
    importing,
    messages,
    moving,
    nominating,
    noting,
    own_account,
    papers,
    reissuing,
    reminders,
    replacing,
    retention,
    staff_account,
    staffing,
    template_words,
    texts,
    travelling,
    watching,
    welcoming,
)
