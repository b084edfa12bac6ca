"""The pages that anybody may read: meetings, privacy, accessibility, verification of a letter."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

# The views register themselves on the blueprint, so they come after it.
from registration.public import (  # noqa: E402
    agenda,  # noqa: F401
    calls,  # noqa: F401
    documents,  # noqa: F401
    meetings,  # noqa: F401
    participants,  # noqa: F401
    roadmap,  # noqa: F401
    verification,  # noqa: F401
)
