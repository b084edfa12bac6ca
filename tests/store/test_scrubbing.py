"""Whether the database's account may write its files anew: on PostgreSQL the owner alone."""

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from registration.store.database import Database
from registration.store.scrubbing import may_scrub, scrub


def test_owner_of_the_database_may_scrub_it(database_url: str) -> None:
    database = Database(database_url)

    with database.engine.connect() as connection:
        assert may_scrub(connection)
    scrub(database, ["mail", "registration"])

    database.dispose()


def test_account_that_owns_no_database_is_told_so(postgresql_url: str) -> None:
    """VACUUM would only warn, and the record would say what was not done."""
    owner = create_engine(postgresql_url)
    with owner.begin() as connection:
        connection.execute(text("CREATE ROLE stranger LOGIN PASSWORD 'stranger'"))
    url = make_url(postgresql_url).set(username="stranger", password="stranger")
    stranger = Database(url.render_as_string(hide_password=False))

    with pytest.raises(OperationalError):
        scrub(stranger, ["mail"])

    stranger.dispose()
    with owner.begin() as connection:
        connection.execute(text("DROP ROLE stranger"))
    owner.dispose()
