"""The pages of delegates: the form, and the entry behind its private link with its papers."""

from flask import Blueprint

#: Pages under /<lang>/.
blueprint = Blueprint("delegate", __name__)
#: Private links, whose addresses name no language.
doorstep = Blueprint("doorstep", __name__)

# The views register themselves on the blueprints, so they come after them.
from registration.delegate import (  # noqa: E402, F401
    accepting,
    addresses,
    attending,
    confirming,
    correcting,
    delegation,
    entries,
    entry,
    links,
    listing,
    nominating,
    papers,
    registering,
    travelling,
    withdrawing,
)
