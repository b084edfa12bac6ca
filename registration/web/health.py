"""Whether the process lives, and whether it can do its work."""

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from registration.store import wrapping
from registration.store.database import db
from registration.web.office import current_office

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> Response:
    """Answer 200 as long as the process answers."""
    return Response("live\n", mimetype="text/plain")


@blueprint.get("/ready")
def ready() -> Response:
    """Answer 200 if the database answers and the process may lock what it is given, else 503."""
    try:
        is_retired = wrapping.is_retired(db.session(), current_office().vault.locking_key)
    except SQLAlchemyError:
        return Response("the database does not answer\n", status=503, mimetype="text/plain")
    if is_retired:
        sentence = "VAULT_KEYS began with a key that was retired since: start the process anew\n"
        return Response(sentence, status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
