"""Accounts of staff: their own chain, and mails whose text the database does not tell."""

from sqlalchemy import text

from registration.domain.events import Event
from registration.mail.ready import unlock_ready
from registration.registrar import accounts
from registration.store import reading
from registration.store.tables.mail import DbMail
from tests.offices import OPEN_DAY, REVIEWER, Guide

LINK = "https://registration.example.org/es/reset/a-secret-token"


def test_what_staff_do_stands_in_their_own_chain(guide: Guide) -> None:
    accounts.record(
        guide.office,
        REVIEWER,
        Event.SIGN_IN_FAILED,
        at=OPEN_DAY,
        facts={"why": "password"},
        details={"address": "192.0.2.7"},
    )

    with guide.office.database.reading() as session:
        (line,) = reading.list_history(session, "staff:1")
    assert (line.event, line.facts) == (Event.SIGN_IN_FAILED, {"why": "password"})
    assert line.details == {"address": "192.0.2.7", "staff": "Luisa Pérez"}


def test_mail_about_an_account_is_locked_in_the_database(guide: Guide) -> None:
    rings = []
    office = guide.office.__class__(
        database=guide.office.database,
        vault=guide.office.vault,
        tokens=guide.office.tokens,
        addresses=guide.office.addresses,
        seal=guide.office.seal,
        ring=lambda: rings.append(1),
    )
    accounts.queue_account_mail(
        office,
        REVIEWER,
        recipient="luisa@example.org",
        language="es",
        subject="Contraseña nueva",
        text=f"Siga este enlace: {LINK}",
        at=OPEN_DAY,
    )

    with office.database.reading() as session:
        mail = session.query(DbMail).one()
        row = str(session.execute(text("SELECT * FROM mail")).one())
        lines = str(session.execute(text("SELECT * FROM history_line")).all())
    assert (mail.occasion, mail.recipient) == ("staff_account", "luisa@example.org")
    for secret in (LINK, "a-secret-token", "Contraseña"):
        assert secret not in row + lines
    ready = unlock_ready(office.vault, mail.facts, mail.facts_wrapped_key, cause_id=mail.cause_id)
    assert LINK in ready.text
    assert rings == [1]
