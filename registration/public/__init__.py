"""The pages that anybody may read: meetings, privacy, accessibility, verification of a letter."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

# The views register themselves on the blueprint, so they come after it.
from registration.public import meetings, verification  # noqa: E402, F401
