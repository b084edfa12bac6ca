"""The pages of calls: what people are invited to send, the form, and what became of it."""

from flask import Blueprint

#: Pages under /<lang>/.
blueprint = Blueprint("calls", __name__)

# The views register themselves on the blueprint, so they come after it.
from registration.calls import (  # noqa: E402, F401
    answering,
    attaching,
    leaving,
    published,
    sending,
    showing,
    submitted,
)
