"""The site's table of contents: what it is made of, and in which order."""

from pathlib import Path

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from config import Settings
from registration import delegate, public, secretariat
from registration.store.database import db
from registration.web import (
    arrival,
    assets,
    current_meeting,
    errors,
    headers,
    health,
    language,
    templates,
)

ROOT = Path(__file__).parents[1]
#: The largest body we read, in bytes: two files of 10 MB each, and the fields.
LARGEST_BODY = 22 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Return the site, ready to serve. Reads nothing of the environment."""
    app = Flask(
        "registration", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        BOOTSTRAP_SERVE_LOCAL=True,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
    )
    _set_up_web(app, settings)
    _set_up_pages(app)
    return app


def _set_up_web(app: Flask, settings: Settings) -> None:
    arrival.init_app(app)
    headers.init_app(app, settings.base_url)
    db.init_app(app)
    language.init_app(app)
    current_meeting.init_app(app)
    CSRFProtect(app)
    Bootstrap5(app)
    assets.init_app(app)
    templates.init_app(app)
    errors.init_app(app)


def _set_up_pages(app: Flask) -> None:
    app.register_blueprint(health.blueprint)
    app.register_blueprint(public.blueprint, url_prefix="/<language:lang>")
    app.register_blueprint(delegate.blueprint, url_prefix="/<language:lang>")
    app.register_blueprint(secretariat.blueprint, url_prefix="/<language:lang>/secretariat")
