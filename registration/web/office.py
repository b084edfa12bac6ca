"""The one writer as pages reach it."""

from flask import current_app

from registration.registrar.office import Office


def current_office() -> Office:
    """Return the office that `create_app` made."""
    office: Office = current_app.extensions["office"]
    return office
