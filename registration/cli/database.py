"""`flask database`: the schema."""

import click
from flask.cli import AppGroup

from registration.store.migrations import upgrade as upgrade_schema
from registration.web.office import current_office

group = AppGroup("database", help="The database: bring its schema to this release.")


@group.command()
def upgrade() -> None:
    """Bring the schema to this release. Safe to run at every start, and by several at once."""
    upgrade_schema(current_office().database.url)
    click.echo("The database has the schema of this release.")
