"""What the schema alone refuses, whatever the code does: raw SQL on both engines.

Each refusal names its constraint, and `store.violations` knows it where people can run into it.
PostgreSQL gives the name; SQLite gives it for a CHECK, the columns for a UNIQUE, nothing for a key.
"""

from uuid import uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from registration.domain.registrations import Registration
from registration.registrar.office import Office
from registration.store.tables.letters import DbAcceptance
from registration.store.tables.registrations import DbRegistration
from registration.store.violations import Violated, find_violated
from tests.offices import Guide, load_meeting
from tests.registrar.moving import accept, moved

OTHER_MEETING = "another-meeting"


@pytest.fixture
def two(guide: Guide) -> tuple[Registration, Registration]:
    """Two submitted delegates of Costa Rica: every seat is held."""
    return guide.submit("cr"), guide.submit("cr")


def test_third_seated_delegate_is_refused(
    guide: Guide, two: tuple[Registration, Registration]
) -> None:
    waiting = guide.submit("cr", join_reserve=True)

    held = _refuse(guide, waiting, "state = 'submitted', seat_number = 2")
    assert find_violated(held) is Violated.SEAT_HELD

    beyond = _refuse(guide, waiting, "state = 'submitted', seat_number = 3")
    _names_key(beyond, "fk_registration_delegation_id_seat_number_seat")


def test_seat_of_another_delegation_is_refused(
    guide: Guide, two: tuple[Registration, Registration]
) -> None:
    with guide.office.database.writing() as session:
        session.execute(
            text(
                "INSERT INTO seat (delegation_id, number)"
                " SELECT id, 3 FROM delegation WHERE key = 'pa'"
            )
        )
    waiting = guide.submit("cr", join_reserve=True)

    error = _refuse(guide, waiting, "state = 'submitted', seat_number = 3")

    _names_key(error, "fk_registration_delegation_id_seat_number_seat")


def test_seat_number_stands_exactly_with_a_state_that_holds_one(guide: Guide) -> None:
    entry = guide.submit("cr")
    for change in (
        "seat_number = NULL",
        "state = 'invited', seat_number = NULL",
        "state = 'withdrawn'",
        "state = 'reserve'",
        "state = 'unconfirmed'",
    ):
        error = _refuse(guide, entry, change)
        assert "ck_registration_seat_exactly_when_seated" in str(error.orig), change
        assert find_violated(error) is None


def test_two_live_entries_of_one_person_are_refused(
    guide: Guide, two: tuple[Registration, Registration]
) -> None:
    one, other = two

    error = _refuse(guide, other, _person_of(one))

    assert find_violated(error) is Violated.PERSON_THERE
    _change(guide, one, "state = 'withdrawn', seat_number = NULL")
    _change(guide, other, _person_of(one))


def test_delegation_of_another_meeting_is_refused_even_without_a_seat(
    guide: Guide, office: Office
) -> None:
    load_meeting(office, as_id=OTHER_MEETING)  # type: ignore[arg-type]  # a meeting's id
    application = guide.apply("cr")
    guide.register(application)

    error = _refuse(guide, guide.get(application.entry), f"meeting_id = '{OTHER_MEETING}'")

    _names_key(error, "fk_registration_meeting_id_delegation_id_delegation")


def test_same_id_twice_is_refused(guide: Guide) -> None:
    guide.submit("cr")
    other = {
        "reference": "'RCM-1'",
        "link_digest": "'a'",
        "canonical_name": "'another'",
        "seat_number": "NULL",
        "state": "'lapsed'",
    }
    columns = [column.name for column in DbRegistration.__table__.columns]
    values = ", ".join(other.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)

    error = _refuse_sql(
        guide, f"INSERT INTO registration ({names}) SELECT {values} FROM registration"
    )

    assert find_violated(error) is Violated.ENTRY_THERE


_ERASURE = (
    "INSERT INTO erasure (id, meeting_id, scope, reason, erased, remains, erased_at_utc) VALUES"
    " ('0123456789abcdef0123456789abcdef', 'rcm-imrf-2022', '%s', '%s', '{}', '{}', '2022-01-01')"
)
# What each statement would break, by the name or, on SQLite, the column that the database gives.
BREAKING = {
    "UPDATE registration SET version = 0": "ck_registration_version",
    "UPDATE registration SET state = 'approved', seat_number = NULL": "ck_registration_state",
    "UPDATE registration SET reference = 'RCM-1'": "reference",
    "UPDATE registration SET link_digest = 'a'": "link_digest",
    "UPDATE registration SET new_email_digest = 'a'": "new_email_digest",
    "UPDATE letter SET issue = 0": "ck_letter_issue",
    "UPDATE locked_file SET role = 'photo'": "ck_locked_file_role",
    "UPDATE locked_file SET blob = 'a'": "blob",
    "UPDATE mail SET status = 'lost'": "ck_mail_status",
    "UPDATE mail SET message_id = 'a'": "message_id",
    "UPDATE delegation SET admission = 'all'": "ck_delegation_admission",
    "UPDATE delegation SET key = 'cr'": "key",
    "UPDATE delegation SET link_digest = 'a'": "link_digest",
    "UPDATE meeting SET rolled_weeks = -1": "ck_meeting_rolled_weeks",
    "UPDATE seat SET number = 0 WHERE number = 2": "ck_seat_number",
    "UPDATE seat SET label = 'ppt'": "label",
    "UPDATE history_line SET number = 0 WHERE number = 1": "ck_history_line_number",
    "UPDATE history_line SET number = 1": "history_line",
    "INSERT INTO staff_role (staff_id, name) VALUES (1, 'king')": "ck_staff_role_name",
    _ERASURE % ("entry", "request"): "ck_erasure_entry_exactly_of_one",
    _ERASURE % ("submission", "request"): "ck_erasure_submission_exactly_of_one",
    _ERASURE % ("country", "request"): "ck_erasure_scope",
    _ERASURE % ("meeting", "because"): "ck_erasure_reason",
}


def test_schema_refuses_what_no_code_of_ours_writes(
    guide: Guide, two: tuple[Registration, Registration]
) -> None:
    guide.approve(two[0])

    for sql, name in BREAKING.items():
        error = _refuse_sql(guide, sql)
        assert name in str(error.orig), sql
        assert find_violated(error) is None, sql


def test_same_issue_number_code_or_mail_twice_is_refused(
    guide: Guide, two: tuple[Registration, Registration]
) -> None:
    guide.approve(two[0])
    letter = (
        "INSERT INTO letter (id, registration_id, issue, number, language, full_name, file_id,"
        " sha256, code_digest, issued_at_utc) SELECT '{id}', registration_id, {issue}, {number},"
        " language, full_name, file_id, sha256, {code}, issued_at_utc FROM letter"
    )
    new = f"'{uuid4().hex}'"

    issue = _refuse_sql(guide, _letter(letter, issue="issue", number=new, code="'a'"))
    assert find_violated(issue) is Violated.LETTER_ISSUED
    number = _refuse_sql(guide, _letter(letter, issue="2", number="number", code="'a'"))
    assert "number" in str(number.orig)
    code = _refuse_sql(guide, _letter(letter, issue="2", number=new, code="code_digest"))
    assert "code_digest" in str(code.orig)
    mail = _refuse_sql(
        guide,
        "INSERT INTO mail (id, cause_id, occasion, recipient, language, facts, status, attempts,"
        f" made_at_utc, due_at_utc) SELECT '{uuid4().hex}', cause_id, occasion, recipient,"
        " language, facts, status, attempts, made_at_utc, due_at_utc FROM mail"
        " WHERE occasion = 'invited'",
    )
    assert "recipient" in str(mail.orig)


def test_second_acceptance_of_one_letter_is_refused(guide: Guide) -> None:
    moved(accept(guide, guide.approve(guide.submit())))
    columns = [column.name for column in DbAcceptance.__table__.columns if column.name != "id"]
    names = ", ".join(f'"{name}"' for name in columns)

    error = _refuse_sql(
        guide,
        f"INSERT INTO acceptance (id, {names}) SELECT '{uuid4().hex}', {names} FROM acceptance",
    )

    assert find_violated(error) is Violated.LETTER_ACCEPTED


def test_error_whose_values_name_a_constraint_is_not_taken_for_it(guide: Guide) -> None:
    """PostgreSQL quotes the values, and a value may be what somebody typed."""
    one, other = guide.submit("cr"), guide.submit("pa")
    name = "canonical_name = ': registration.id pk_registration'"
    _change(guide, one, f"{name}, canonical_email = 'x'")

    error = _refuse(guide, other, f"{name}, canonical_email = 'x'")

    assert find_violated(error) is Violated.PERSON_THERE


def _letter(sql: str, **values: str) -> str:
    return sql.format(id=uuid4().hex, **values)


def _person_of(entry: Registration) -> str:
    return (
        f"canonical_email = '{entry.particulars.email}',"
        f" canonical_name = '{entry.full_name.casefold()}'"
    )


def _change(guide: Guide, entry: Registration, change: str) -> None:
    with guide.office.database.writing() as session:
        session.execute(_update(session.connection(), entry, change))


def _refuse(guide: Guide, entry: Registration, change: str) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught:
        _change(guide, entry, change)
    return caught.value


def _update(connection: Connection, entry: Registration, change: str) -> object:
    id = entry.id.hex if connection.dialect.name == "sqlite" else str(entry.id)
    return text(f"UPDATE registration SET {change} WHERE id = '{id}'")


def _refuse_sql(guide: Guide, sql: str) -> IntegrityError:
    with (
        pytest.raises(IntegrityError) as caught,
        guide.office.database.writing() as session,
    ):
        session.execute(text(sql))
    return caught.value


def _names_key(error: IntegrityError, name: str) -> None:
    """SQLite says of a foreign key only that there is one."""
    assert name in str(error.orig) or str(error.orig) == "FOREIGN KEY constraint failed"
    assert find_violated(error) is None
