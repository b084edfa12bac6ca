"""A rotation wraps every key anew, touches no file, and leaves nothing that needs an old key."""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import inspect, select, text

from registration.domain.events import By
from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole
from registration.domain.states import Actor
from registration.mail import outbox
from registration.registrar import rotating
from registration.registrar.accounts import queue_account_mail
from registration.registrar.office import Office
from registration.registrar.receiving import ReceivedFile, lock_file, receive_file, unlock_file
from registration.store import reading, wrapping
from registration.store.database import Database
from registration.store.reading import wrapped_keys
from registration.store.tables.files import DbLockedFile, DbPassportReading
from registration.store.tables.mail import DbMail
from registration.store.tables.travel import DbNeeds, DbStay, DbTicket, DbTravel
from registration.store.wrapping import KeyRetired
from registration.store.writing import papers
from registration.vault.boxes import BadVaultKeys, Vault, make_key
from registration.vault.checking import VaultKeyLost, check_keys
from registration.vault.storage import StorageFailed, open_storage
from tests.offices import OPEN_DAY, Guide, load_meeting, make_office
from tests.registrar.moving import accept, list_blobs, moved, send_scan

OLD, NEW = make_key(), make_key()
#: How a wrapped key looks in a row, and in Base64 within one: Fernet's version and the first bytes
#: of its time.
TOKEN = re.compile(rb"gAAAAA[\w-]{100,}={0,2}")
HIDDEN_TOKEN = re.compile(rb"Z0FBQUFB[\w+/]{130,}={0,2}")
STAFF = By(actor=Actor.SECRETARIAT, staff_id=1, name="Luisa Pérez")


@pytest.fixture
def storage_url(tmp_path: Path) -> str:
    return (tmp_path / "files").as_uri()


@pytest.fixture
def before(database_url: str, storage_url: str) -> Iterator[Office]:
    """The office as it was started before the rotation, with the old key alone."""
    office = open_office(database_url, storage_url, OLD)
    check_keys(office.vault)
    load_meeting(office)
    yield office
    office.database.dispose()


@pytest.fixture
def office(before: Office, storage_url: str) -> Iterator[Office]:
    """An office of the overlap: the new key in front, the old one behind it."""
    office = open_office(before.database.url, storage_url, NEW, OLD)
    yield office
    office.database.dispose()


@pytest.fixture
def after(before: Office, storage_url: str) -> Iterator[Office]:
    """An office as it is started when the old key is gone."""
    office = open_office(before.database.url, storage_url, NEW)
    yield office
    office.database.dispose()


def test_rotation_wraps_whatever_a_whole_journey_locked(
    before: Office, office: Office, after: Office
) -> None:
    lock_one_of_each(before)
    assert list_tokens(before)

    rotate(office)

    tokens = list_tokens(after)
    assert {after.vault.find_wrapping(each) for each in tokens} == {0}
    counted = sum(each.newest for each in rotating.count_wrapped_keys(after))
    assert counted == len(tokens)


def test_rotation_changes_no_byte_and_no_time_of_a_file(
    before: Office, office: Office, after: Office, tmp_path: Path
) -> None:
    lock_one_of_each(before)
    files = describe_files(tmp_path)
    assert len(files) >= 4

    rotate(office)

    assert describe_files(tmp_path) == files
    with after.database.reading() as session:
        for file in map(reading.papers.to_file, session.scalars(select(DbLockedFile))):
            assert unlock_file(after, file)


def test_old_key_may_go_after_the_rotation_and_not_before(
    before: Office, office: Office, after: Office
) -> None:
    Guide(before).submit()
    rotating.check_vault(office.vault, office.database)
    with pytest.raises(VaultKeyLost):
        rotating.check_vault(after.vault, after.database)

    assert rotate(office) == 1

    rotating.check_vault(after.vault, after.database)


def test_rotation_broken_off_is_taken_up_again(
    before: Office, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrapped_keys, "BATCH", 2)
    for _ in range(5):
        Guide(before).apply()
    for done, _ in enumerate(rotating.rotate(office, now=OPEN_DAY), start=1):
        if done == 2:
            break
    assert [(each.newest, each.older) for each in files_of(office)] == [(4, 1)]
    with pytest.raises(VaultKeyLost):
        check_keys(Vault([NEW], office.vault.storage))

    rotate(office)

    assert [(each.newest, each.older) for each in files_of(office)] == [(5, 0)]


def test_rotation_made_twice_writes_nothing_the_second_time(before: Office, office: Office) -> None:
    Guide(before).submit()
    rotate(office)
    tokens = list_tokens(office)

    rotate(office)

    assert list_tokens(office) == tokens


def test_process_started_before_locks_nothing_once_the_rotation_began(
    before: Office, office: Office
) -> None:
    next(iter(rotating.rotate(office, now=OPEN_DAY)), None)
    blobs = list_blobs(Guide(before))

    with pytest.raises(StorageFailed):
        Guide(before).apply()
    with pytest.raises(KeyRetired):
        queue_mail(before)

    assert list_blobs(Guide(before)) == blobs
    assert sum(each.older for each in rotating.count_wrapped_keys(office)) == 0
    Guide(office).apply()


def test_process_started_before_marks_its_mail_as_sent_all_the_same(
    before: Office, office: Office
) -> None:
    """The mail is with the server already: unmarked it would be sent once more."""
    mail = build_mail(before)
    rotate(office)

    assert outbox.mark_sent(before.database, mail, now=OPEN_DAY)

    with before.database.reading() as session:
        row = session.get(DbMail, mail.id)
        assert row is not None
        assert (row.status, row.wrapped_key) == ("sent", None)


def test_row_that_is_being_written_when_the_rotation_begins_is_waited_for(
    before: Office, office: Office
) -> None:
    locked = lock_file(before, entry(), FileRole.PASSPORT, PASSPORT, at=OPEN_DAY)
    rotation = Thread(target=rotate, args=[office])
    with before.database.writing() as session:
        papers.add_file(session, locked, kept=True)
        rotation.start()
        rotation.join(timeout=0.5)
        assert rotation.is_alive()
    rotation.join()

    assert [(each.newest, each.older) for each in files_of(office)] == [(1, 0)]


def test_mail_sent_meanwhile_gets_no_key_back(
    before: Office, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = build_mail(before)
    with before.database.reading() as session:
        kept = session.get_one(DbMail, mail.id).wrapped_key
    rewrap = office.vault.rewrap

    def send_first(wrapped_key: bytes) -> bytes:
        if wrapped_key == kept:
            assert outbox.mark_sent(before.database, mail, now=OPEN_DAY)
        return rewrap(wrapped_key)

    monkeypatch.setattr(office.vault, "rewrap", send_first)
    rotate(office)

    with office.database.reading() as session:
        row = session.get(DbMail, mail.id)
        assert row is not None
        assert row.wrapped_key is None


def test_key_that_nobody_opens_keeps_the_old_keys_needed(before: Office, office: Office) -> None:
    stranger = replace(before, vault=Vault([make_key()], before.vault.storage))
    receive_file(stranger, entry(), FileRole.PASSPORT, PASSPORT, arrived_at=OPEN_DAY)
    Guide(before).submit()

    assert rotate(office) is None

    with pytest.raises(VaultKeyLost):
        check_keys(Vault([NEW], office.vault.storage))
    assert [(each.newest, each.unknown) for each in files_of(office)] == [(1, 1)]


def test_rotation_with_a_key_missing_begins_nothing(before: Office, after: Office) -> None:
    Guide(before).submit()

    with pytest.raises(VaultKeyLost):
        rotate(after)

    Guide(before).apply("pa")


def test_retired_key_in_front_again_is_noticed_at_the_start(
    before: Office, office: Office, storage_url: str
) -> None:
    rotate(office)
    turned = open_office(before.database.url, storage_url, OLD, NEW)

    with pytest.raises(BadVaultKeys):
        rotating.check_vault(turned.vault, turned.database)
    turned.database.dispose()


def test_database_without_a_schema_is_no_reason_not_to_start(empty_database_url: str) -> None:
    office = open_office(empty_database_url, "memory://", OLD)

    rotating.check_vault(office.vault, office.database)
    office.database.dispose()


# builders

PASSPORT = ReceivedFile(
    name="pasaporte.jpg", media_type="image/jpeg", pages=1, data=b"a passport's picture"
)


def open_office(url: str, storage_url: str, *keys: str) -> Office:
    vault = Vault(keys, open_storage(storage_url))
    made = make_office(url)
    made.database.dispose()
    return replace(made, vault=vault, database=Database(url, locking_key=vault.locking_key))


def rotate(office: Office) -> int | None:
    for _ in rotating.rotate(office, now=OPEN_DAY):
        pass
    return rotating.end_rotation(office)


def entry() -> RegistrationId:
    return RegistrationId(uuid4())


def queue_mail(office: Office) -> None:
    queue_account_mail(
        office,
        STAFF,
        recipient="luisa@example.org",
        language="es",
        subject="Su código",
        text="123456",
        at=OPEN_DAY,
    )


def build_mail(office: Office) -> outbox.ClaimedMail:
    """Return a mail that is built, its bytes locked, and on its way."""
    queue_mail(office)
    mail = outbox.claim(office.database, now=OPEN_DAY)
    assert mail is not None
    locked = office.vault.lock(b"the message", bound_to=f"mail:{mail.id}")
    outbox.keep_built(office.database, mail, message_id="<1@x>", locked=locked, now=OPEN_DAY)
    return mail


def lock_one_of_each(office: Office) -> None:
    """Let a journey lock a passport, a letter, a scan, a record, mails, a reading and a journey."""
    guide = Guide(office)
    invited = guide.approve(guide.submit())
    send_scan(guide, invited)
    accepted = moved(accept(guide, invited))
    guide.apply("pa")
    build_mail(office)
    locked = office.vault.lock(b"P<UTO", bound_to=f"reading:{accepted.passport}")
    with office.database.writing() as session:
        session.add(
            DbPassportReading(
                file_id=accepted.passport,
                status="read",
                locked_bytes=locked.ciphertext,
                wrapped_key=locked.wrapped_key,
                tried_at_utc=datetime.now(UTC),
            )
        )
        boxes: list[tuple[type[DbTravel | DbNeeds | DbTicket | DbStay], dict[str, object]]] = [
            (DbTravel, {"visa": "unknown", "saved_at_utc": datetime.now(UTC)}),
            (DbNeeds, {"saved_at_utc": datetime.now(UTC)}),
            (DbTicket, {"status": "issued", "recorded_at_utc": datetime.now(UTC)}),
            (DbStay, {"recorded_at_utc": datetime.now(UTC)}),
        ]
        for table, columns in boxes:
            session.add(
                table(
                    registration_id=accepted.id,
                    locked_bytes=locked.ciphertext,
                    wrapped_key=office.vault.lock(b"{}", bound_to=table.__tablename__).wrapped_key,
                    **columns,
                )
            )


def files_of(office: Office) -> list[rotating.Tally]:
    counts = rotating.count_wrapped_keys(office)
    return [each for each in counts if each.column == "locked_file.wrapped_key"]


def list_tokens(office: Office) -> list[bytes]:
    """Return every wrapped key in the database, wherever it lies, in whichever column."""
    tokens: list[bytes] = []
    with office.database.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                for value in row:
                    data = bytes(value) if isinstance(value, bytes) else str(value).encode()
                    tokens += TOKEN.findall(data)
                    hidden = HIDDEN_TOKEN.findall(data)
                    tokens += [base64.b64decode(each) for each in hidden]
    return sorted(tokens)


def describe_files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.name: (path.stat().st_mtime_ns, path.read_bytes())
        for path in (folder / "files" / "files").iterdir()
    }


def test_every_column_for_locked_bytes_has_one_for_its_wrapped_key() -> None:
    """A new table that locks bytes is found by the rotation through the name of its column."""
    from registration.store.tables import Base

    names = {str(column) for column in wrapping.list_columns()}

    for table in Base.metadata.tables.values():
        if {"locked_bytes", "blob"} & set(table.c.keys()):
            assert f"{table.name}.wrapped_key" in names, f"{table.name} needs a wrapped_key"
    assert len(names) == 8, "a new one: lock_one_of_each of this test must fill it"
