"""The site's table of contents: what it is made of, and in which order."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from config import Settings
from registration import calls, delegate, public, secretariat
from registration.cli import database as database_commands
from registration.cli import history as history_commands
from registration.cli import jobs as jobs_commands
from registration.cli import letter as letter_commands
from registration.cli import mail as mail_commands
from registration.cli import meeting as meeting_commands
from registration.cli import rehearse, several
from registration.cli import retention as retention_commands
from registration.cli import staff as staff_commands
from registration.cli import vault as vault_commands
from registration.cli.doctor import doctor
from registration.jobs.bell import Bell
from registration.letters.certificates import open_certificate
from registration.letters.sealing import Seal
from registration.links.addresses import Addresses
from registration.links.tokens import Tokens
from registration.registrar.office import Office
from registration.store.database import Database, db
from registration.vault.boxes import Vault
from registration.vault.storage import open_storage
from registration.web import (
    arrival,
    assets,
    current_meeting,
    errors,
    guarding,
    headers,
    health,
    language,
    limits,
    page_addresses,
    peers,
    rendering,
    sign_in,
    templates,
)
from registration.web.receiving import LARGEST_BODY, LockedUploadRequest

ROOT = Path(__file__).parents[1]


def create_app(settings: Settings) -> Flask:
    """Return the site, ready to serve. Reads nothing of the environment."""
    app = Flask(
        "registration", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.request_class = LockedUploadRequest
    app.jinja_environment = rendering.HouseEnvironment
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        BOOTSTRAP_SERVE_LOCAL=True,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
    )
    app.extensions["office"] = open_office(settings)
    _set_up_web(app, settings)
    _set_up_pages(app)
    _set_up_commands(app)
    return app


def open_office(settings: Settings) -> Office:
    """Return the registrar's tools as the settings say."""
    vault = Vault(settings.vault_keys, open_storage(settings.storage_url))
    return Office(
        database=Database(settings.database_url, locking_key=vault.locking_key),
        vault=vault,
        tokens=Tokens(settings.link_key),
        addresses=Addresses(settings.base_url),
        seal=open_seal(settings),
        ring=Bell(settings.queue_url).ring,
    )


def open_seal(settings: Settings) -> Seal:
    """Return the seal of the settings. Raises BadSealCertificate."""
    return Seal(
        open_certificate(
            settings.seal_certificate,
            settings.seal_password,
            settings.data_dir,
            now=datetime.now(UTC),
        )
    )


def _set_up_web(app: Flask, settings: Settings) -> None:
    arrival.init_app(app)
    peers.init_app(app, settings.base_url)
    headers.init_app(app, settings.base_url)
    db.init_app(app)
    limits.init_app(app, settings)
    language.init_app(app)
    current_meeting.init_app(app)
    CSRFProtect(app)
    Bootstrap5(app)
    assets.init_app(app)
    rendering.init_app(app)
    page_addresses.init_app(app)
    templates.init_app(app)
    errors.init_app(app)
    guarding.init_app(app)
    sign_in.init_app(app, settings)


def _set_up_pages(app: Flask) -> None:
    app.register_blueprint(health.blueprint)
    app.register_blueprint(public.blueprint, url_prefix="/<language:lang>")
    app.register_blueprint(delegate.blueprint, url_prefix="/<language:lang>")
    app.register_blueprint(delegate.doorstep)
    app.register_blueprint(calls.blueprint, url_prefix="/<language:lang>")
    app.register_blueprint(secretariat.blueprint, url_prefix="/<language:lang>/secretariat")


def _set_up_commands(app: Flask) -> None:
    app.cli.add_command(database_commands.group)
    app.cli.add_command(doctor)
    app.cli.add_command(history_commands.group)
    app.cli.add_command(jobs_commands.group)
    app.cli.add_command(letter_commands.group)
    app.cli.add_command(mail_commands.group)
    app.cli.add_command(meeting_commands.group)
    app.cli.add_command(rehearse.command)
    app.cli.add_command(retention_commands.group)
    app.cli.add_command(several.command)
    app.cli.add_command(staff_commands.group)
    app.cli.add_command(vault_commands.group)
