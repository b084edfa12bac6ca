"""Papers swapped, changed or removed in SQL are found by the history that tells of them."""

import hashlib
from uuid import uuid4

import pytest

from registration.domain.papers import FileRole
from registration.domain.registrations import Registration
from registration.registrar import auditing, receiving
from registration.store import reading
from registration.store.reading.audit import list_flaws
from registration.store.reading.flaws import Flaw
from registration.store.tables.letters import DbAcceptance, DbLetter
from registration.store.writing import papers
from tests.letters.samples import draw_signature
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import accept, amend, list_letters, moved, send_scan, withdraw


@pytest.fixture
def workshop_url(workshop_sqlite_url: str) -> str:
    """One engine is enough for what is reckoned in Python; the last test asks the other."""
    return workshop_sqlite_url


@pytest.fixture
def entry(guide: Guide) -> Registration:
    """An entry that was amended and accepted: two letters, one acceptance with a drawing."""
    entry = guide.approve(guide.submit())
    guide.wait(hours=1)
    moved(amend(guide, entry, reason="As in the passport", surnames="Solano"))
    guide.wait(hours=1)
    return moved(accept(guide, entry, signature_png=draw_signature()))


def test_untouched_papers_have_no_flaw(guide: Guide, entry: Registration) -> None:
    other = guide.approve(guide.submit("pa"))
    send_scan(guide, other)
    moved(accept(guide, other, by=REVIEWER, reason="By post"))
    withdraw(guide, guide.approve(guide.submit("gt")))

    assert _find(guide) == []
    with guide.office.database.reading() as session:
        chains = [reading.chain_of_registration(other.id)]
        assert list_flaws(session, chains) == []


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ("letter SET sha256 = 'ab' WHERE issue = 1", Flaw.LETTER_DIFFERS),
        ("letter SET full_name = 'Somebody Else' WHERE issue = 2", Flaw.LETTER_DIFFERS),
        ("letter SET number = 'RCM-00000000/2' WHERE issue = 2", Flaw.LETTER_DIFFERS),
        ("letter SET issue = 3 WHERE issue = 2", Flaw.LETTER_DIFFERS),
        ("letter SET code_digest = x'00' WHERE issue = 2", Flaw.LETTER_DIFFERS),
        ("letter SET issued_at_utc = '2022-02-01 00:00:00' WHERE issue = 2", Flaw.LETTER_DIFFERS),
        ("letter SET withdrawn_at_utc = '2022-02-20 00:00:00'", Flaw.WITHDRAWAL_DIFFERS),
        (
            "letter SET file_id = (SELECT file_id FROM letter WHERE issue = 2) WHERE issue = 1",
            Flaw.LETTER_DIFFERS,
        ),
        ("acceptance SET letter_sha256 = 'ab'", Flaw.ACCEPTANCE_DIFFERS),
        (
            "acceptance SET letter_id = (SELECT id FROM letter WHERE issue = 1)",
            Flaw.ACCEPTANCE_DIFFERS,
        ),
        ("acceptance SET language = 'en'", Flaw.ACCEPTANCE_DIFFERS),
        ("""acceptance SET terms = '["I pay for all"]'""", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET typed_name = 'Somebody Else'", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET address = '203.0.113.9'", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET browser = 'Another'", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET \"by\" = 'secretariat'", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET entered_by = 'Luisa'", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET accepted_at_utc = '2022-02-14 15:12:00'", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET confirmed_how = 'secretariat'", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET confirmed_at_utc = NULL", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET signature_id = NULL", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET signed_letter_id = record_id", Flaw.ACCEPTANCE_DIFFERS),
        ("acceptance SET record_id = signature_id", Flaw.ACCEPTANCE_DIFFERS),
    ],
)
def test_changed_paper_is_found(guide: Guide, entry: Registration, change: str, flaw: Flaw) -> None:
    _execute(guide, f"UPDATE {change}")

    assert flaw in _find(guide)


def test_every_column_of_the_papers_is_held(entry: Registration) -> None:
    """A column that is added later is held too, or named here with the reason."""
    letters = {
        "id": "what points to it would point nowhere",
        "registration_id": "a letter of another chain is told of by none of its lines",
        "language": "what it says is bound by its bytes",
        "words_sha256": "tells the desk what to issue anew, nobody what is valid",
    }
    acceptances = {"id": "as above", "registration_id": "as above"}
    held = {"issue", "number", "full_name", "file_id", "sha256", "code_digest"}
    held |= {"issued_at_utc", "withdrawn_at_utc"}
    signed = {"letter_id", "letter_sha256", "language", "terms", "typed_name", "address"}
    signed |= {"browser", "by", "entered_by", "accepted_at_utc", "confirmed_how"}
    signed |= {"confirmed_at_utc", "signature_id", "signed_letter_id", "record_id"}

    assert {each.name for each in DbLetter.__table__.columns} == held | set(letters)
    assert {each.name for each in DbAcceptance.__table__.columns} == signed | set(acceptances)


def test_letter_moved_to_another_entry_is_found(guide: Guide, entry: Registration) -> None:
    other = guide.submit("pa")
    _execute(guide, f"UPDATE letter SET registration_id = '{other.id.hex}' WHERE issue = 2")

    assert {Flaw.LETTER_DIFFERS, Flaw.LETTER_UNTOLD} <= set(_find(guide))


def test_letter_that_no_line_tells_of_is_found(guide: Guide, entry: Registration) -> None:
    newest = list_letters(guide, entry)[0]
    with guide.office.database.writing() as session:
        papers.add_letter(
            session,
            id=uuid4(),
            registration_id=entry.id,
            issue=3,
            number=f"{entry.reference}/3",
            language="es",
            full_name="Somebody Else",
            file_id=newest.file_id,
            sha256="ab",
            code_digest=b"0" * 32,
            issued_at_utc=guide.now,
        )

    assert _find(guide) == [Flaw.LETTER_UNTOLD]


def test_removed_letter_and_acceptance_are_found(guide: Guide, entry: Registration) -> None:
    """Without the second letter the first would be said to be valid."""
    _execute(guide, "DELETE FROM mail")
    _execute(guide, "DELETE FROM acceptance")
    _execute(guide, "DELETE FROM letter WHERE issue = 2")

    assert _find(guide) == [Flaw.LETTER_DIFFERS, Flaw.ACCEPTANCE_DIFFERS]


def test_withdrawal_taken_back_in_the_table_is_found(guide: Guide, entry: Registration) -> None:
    withdraw(guide, entry)
    _execute(guide, "UPDATE letter SET withdrawn_at_utc = NULL")

    assert _find(guide) == [Flaw.WITHDRAWAL_DIFFERS]


def test_acceptance_that_no_line_tells_of_is_found(guide: Guide, entry: Registration) -> None:
    _execute(
        guide,
        f"INSERT INTO acceptance SELECT '{'0' * 32}', (SELECT id FROM letter WHERE issue = 1),"
        ' registration_id, letter_sha256, language, terms, typed_name, address, browser, "by",'
        " entered_by, accepted_at_utc, signature_id, signed_letter_id, record_id, confirmed_how,"
        " confirmed_at_utc FROM acceptance",
    )

    assert Flaw.ACCEPTANCE_UNTOLD in _find(guide)


@pytest.mark.parametrize("role", ["letter", "record", "signature"])
def test_file_that_was_swapped_in_the_storage_is_found(
    guide: Guide, entry: Registration, role: str
) -> None:
    """Locked with the right key for the right entry: it opens, and holds something else."""
    forged = receiving.lock_file(
        guide.office,
        entry.id,
        FileRole(role),
        receiving.ReceivedFile(name="", media_type="", pages=1, data=b"forged"),
        at=guide.now,
    )
    key = forged.wrapped_key.hex()
    _execute(
        guide,
        f"UPDATE locked_file SET blob = '{forged.blob}', wrapped_key = x'{key}'"
        f" WHERE id = (SELECT id FROM locked_file WHERE role = '{role}' LIMIT 1)",
    )

    assert _find(guide) == []
    assert _find_swapped(guide) == [Flaw.FILE_DIFFERS]


@pytest.mark.parametrize("role", ["letter", "record", "signature"])
def test_file_that_is_gone_is_found(guide: Guide, entry: Registration, role: str) -> None:
    with guide.office.database.reading() as session:
        query = f"SELECT blob FROM locked_file WHERE role = '{role}' LIMIT 1"
        blob = session.connection().exec_driver_sql(query).scalar_one()
    guide.office.vault.destroy(blob)

    assert _find_swapped(guide) == [Flaw.FILE_DIFFERS]


def test_what_an_erased_entry_has_lost_is_no_flaw(guide: Guide, entry: Registration) -> None:
    for role in ("letter", "record", "signature"):
        with guide.office.database.reading() as session:
            query = f"SELECT blob FROM locked_file WHERE role = '{role}'"
            blobs = session.connection().exec_driver_sql(query).scalars().all()
        for blob in blobs:
            guide.office.vault.destroy(blob)
    _execute(guide, "DELETE FROM history_detail")
    _execute(guide, "UPDATE letter SET full_name = ''")
    _execute(
        guide,
        "UPDATE acceptance SET typed_name = '', address = '', browser = '', terms = '[]',"
        " signature_id = NULL, signed_letter_id = NULL, entered_by = NULL",
    )
    _execute(guide, "UPDATE registration SET erased_at_utc = '2022-06-01 00:00:00'")

    assert _find(guide) == []
    assert _find_swapped(guide) == []


def test_erased_entry_is_still_held_to_what_remains(guide: Guide, entry: Registration) -> None:
    _execute(guide, "UPDATE registration SET erased_at_utc = '2022-06-01 00:00:00'")
    _execute(guide, "UPDATE letter SET sha256 = 'ab' WHERE issue = 2")
    _execute(guide, "UPDATE acceptance SET accepted_at_utc = '2022-02-01 00:00:00'")

    assert _find(guide) == [Flaw.LETTER_DIFFERS, Flaw.ACCEPTANCE_DIFFERS]


def test_letters_of_the_first_release_are_told_of_by_lines_without_their_numbers(
    guide: Guide, entry: Registration
) -> None:
    """Their lines bind nothing, and nothing is held against them."""
    _execute(
        guide,
        "UPDATE history_line SET facts = json_remove(facts, '$.letter', '$.letter_sha256',"
        " '$.letter_file', '$.code_sha256')",
    )

    assert set(_find(guide)) == {Flaw.CHANGED}


def test_nonsense_in_a_line_is_found_and_stops_nothing(guide: Guide, entry: Registration) -> None:
    _execute(guide, """UPDATE history_line SET facts = '{"letter": "x", "record": "y"}'""")

    assert Flaw.CHANGED in _find(guide)
    assert _find_swapped(guide) == []


def test_line_binds_what_was_issued_and_accepted(guide: Guide, entry: Registration) -> None:
    newest = list_letters(guide, entry)[0]
    with guide.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(entry.id))[0]
        acceptance = reading.find_acceptance(session, entry.id)
        assert acceptance is not None
        record = reading.get_file(session, acceptance.record_id)

    facts = line.facts
    assert (facts["letter"], facts["letter_sha256"]) == (newest.number, newest.sha256)
    data = receiving.unlock_file(guide.office, record)
    assert facts["record_sha256"] == hashlib.sha256(data).hexdigest()
    assert facts["signature_sha256"] == hashlib.sha256(draw_signature()).hexdigest()
    assert facts["confirmed_how"] == "link"
    assert not any("Persona" in each for each in facts.values())


def test_papers_read_from_postgresql_are_those_that_were_bound(
    workshop_postgresql_url: str,
) -> None:
    from tests.offices import make_office

    office = make_office(workshop_postgresql_url)
    guide = Guide(office)
    entry = guide.approve(guide.submit())
    guide.wait(microseconds=1)
    moved(accept(guide, entry, signature_png=draw_signature()))
    withdraw(guide, guide.approve(guide.submit("pa")))
    assert (_find(guide), _find_swapped(guide)) == ([], [])

    _execute(guide, "UPDATE acceptance SET typed_name = 'Somebody Else'")

    assert _find(guide) == [Flaw.ACCEPTANCE_DIFFERS]
    office.database.dispose()


def _find(guide: Guide) -> list[Flaw]:
    with guide.office.database.reading() as session:
        return [each.flaw for each in list_flaws(session)]


def _find_swapped(guide: Guide) -> list[Flaw]:
    return [each.flaw for each in auditing.list_swapped_files(guide.office)]


def _execute(guide: Guide, sql: str) -> None:
    with guide.office.database.writing() as session:
        session.connection().exec_driver_sql(sql)
