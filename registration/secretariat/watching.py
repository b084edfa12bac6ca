"""Whether somebody moved the entry while its page was open: asked by the page's script."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from registration.domain.ids import RegistrationId
from registration.secretariat import blueprint
from registration.secretariat.finding import get_entry
from registration.secretariat.history_words import tell
from registration.store import reading
from registration.store.database import db
from registration.web.templates import short_moment
from registration.web.words import gettext


@blueprint.get("/entry/<reference>/version")
def version(reference: str) -> ResponseReturnValue:
    """Answer with the entry's version and, where the page has an older one, who moved it and when.

    The page tells its own in `seen`.
    """
    registration = get_entry(reference)
    seen = request.args.get("seen", registration.version, type=int)
    said = "" if seen == registration.version else _say_last_move(registration.id)
    return jsonify(version=registration.version, sentence=said)


def _say_last_move(id: RegistrationId) -> str:
    line = reading.find_last_move(db.session(), reading.chain_of_registration(id))
    if line is None:
        return ""
    (told,) = tell([line])
    # Translators: who did what to an entry, and when
    return gettext(
        "%(who)s %(what)s (%(moment)s).", who=told.who, what=told.text, moment=short_moment(told.at)
    )
