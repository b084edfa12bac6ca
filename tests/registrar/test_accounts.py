"""Accounts of staff: their own chain, and mails whose text the database does not tell."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import text

from registration.domain.events import Event
from registration.domain.roles import LastAdministrator
from registration.mail.ready import unlock_ready
from registration.registrar import accounts
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading.accounts import list_accounts, list_doings
from registration.store.tables.accounts import DbStaff, DbStaffRole
from registration.store.tables.mail import DbMail
from tests.offices import OPEN_DAY, REVIEWER, Guide, make_office

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


def test_two_administrators_who_close_each_other_leave_one(database_url: str) -> None:
    office = make_office(database_url)
    ids = [_add_administrator(office, name) for name in ("ada", "eva")]
    start = Barrier(2)

    def close(id: int) -> LastAdministrator | None:
        start.wait(timeout=30)
        return accounts.close(office, REVIEWER, id, at=OPEN_DAY)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(close, ids))

    with office.database.reading() as session:
        found = {each.id: each.is_open for each in list_accounts(session)}
        done = list_doings(session, 1, limit=1)
        older = list_doings(session, 1, before=done[0].line.id, limit=5)
    office.database.dispose()
    assert sorted(map(str, results)) == ["LastAdministrator()", "None"]
    assert sorted(found.values()) == [False, True]
    assert (done[0].line.facts, older) == ({"account": "closed"}, [])


def _add_administrator(office: Office, name: str) -> int:
    role = DbStaffRole(name="administrator", meeting_id="")
    row = DbStaff(
        email=f"{name}@example.org",
        name=name,
        language="es",
        active=True,
        fs_uniquifier=name,
        made_at_utc=OPEN_DAY,
        roles=[role],
    )
    with office.database.writing() as session:
        session.add(row)
        session.flush()
        return row.id
