"""Whether the process lives, and whether it can do its work."""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registration.store.database import db

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> Response:
    """Answer 200 as long as the process answers."""
    return Response("live\n", mimetype="text/plain")


@blueprint.get("/ready")
def ready() -> Response:
    """Answer 200 if the database answers, else 503."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("the database does not answer\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
