"""The pages of the desks: what waits, the entries, one entry and what is decided about it."""

from flask import Blueprint

blueprint = Blueprint("secretariat", __name__)

# The views register themselves on the blueprint, so they come after it.
from registration.secretariat import (  # noqa: E402, F401
    accepting,
    approving,
    arriving,
    at_door,
    batch,
    batch_words,
    correcting,
    deciding,
    door,
    door_missing,
    door_papers,
    door_signing,
    entering,
    entries,
    entry,
    erasing,
    files,
    home,
    moving,
    papers,
    reissuing,
    retention,
    template_words,
    travelling,
)
