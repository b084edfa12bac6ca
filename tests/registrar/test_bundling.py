"""The ZIP of passports: who is in it, that it is locked, what is recorded first."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from registration.domain.bundles import LeftOut
from registration.domain.events import Event
from registration.domain.openings import Why
from registration.domain.papers import Condition, HistoryLine
from registration.domain.registrations import Registration
from registration.language.translator import get_translator
from registration.registrar.bundling import Bundle, begin_zip, list_bundle
from registration.store import reading
from registration.store.tables.files import DbLockedFile
from registration.store.tables.registrations import DbRegistration
from tests.builders import RCM
from tests.locked_zips import WrongPassword, read_locked
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import moved, withdraw

PASSWORD = "abcd-efgh-jkmn-pqrs"


def test_it_holds_passports_of_paid_flights_alone_and_a_note(guide: Guide) -> None:
    morales = enter(guide, "cr", surnames="Morales Vargas", given_names="Ana Lucía")
    enter(guide, "cr", surnames="Acuña", given_names="José")
    enter(guide, "gt", surnames="Ñandú/..", given_names="=1+1")
    canadian = enter(guide, "ca", surnames="Tremblay", given_names="Luc")
    guide.submit("hn")

    files = read_locked(take(guide), PASSWORD)

    assert list(files) == [
        "CR-01 ACUNA Jose.jpg",
        "CR-02 MORALES VARGAS Ana Lucia.jpg",
        "GT-01 NANDU 1 1.jpg",
        "00 READ ME.txt",
    ]
    assert files["CR-02 MORALES VARGAS Ana Lucia.jpg"] == b"passport of Morales Vargas"
    assert b"Tremblay" not in b"".join(files.values())
    assert "3 copies of passports." in files["00 READ ME.txt"].decode("utf-8-sig")
    assert flight_lines(guide, canadian) == []
    assert len(flight_lines(guide, morales)) == 1


def test_another_password_opens_nothing(guide: Guide) -> None:
    enter(guide, "cr")
    data = take(guide)

    with pytest.raises(WrongPassword):
        read_locked(data, "abcd-efgh-jkmn-pqrt")
    assert b"passport of" not in data


def test_namesakes_do_not_overwrite_each_other(guide: Guide) -> None:
    for given_names in ("Ana", "Ana 李"):
        enter(guide, "cr", surnames="Mora", given_names=given_names)

    files = read_locked(take(guide), PASSWORD)

    assert list(files)[:2] == ["CR-01 MORA Ana.jpg", "CR-02 MORA Ana.jpg"]


def test_the_meetings_line_is_there_before_the_first_byte_and_names_nobody(guide: Guide) -> None:
    entry = enter(guide, "cr")

    begun = begin(guide, list_bundle(guide.office, RCM), language="es")

    (line,) = meeting_lines(guide)
    assert line.event is Event.EXPORTED
    assert line.facts == {
        "kind": "passports",
        "format": "zip",
        "language": "es",
        "number": "1",
    }
    assert line.staff_name == REVIEWER.name
    assert entry.full_name not in str(line)
    assert PASSWORD not in str(line)
    assert flight_lines(guide, entry) == []
    assert next(begun)


def test_each_opening_is_recorded_before_its_bytes_and_not_before_its_turn(guide: Guide) -> None:
    large = b"x" * 400_000
    first = enter(guide, "cr", surnames="Abarca", data=large)
    second = enter(guide, "cr", surnames="Zamora", data=large)

    begun = begin(guide, list_bundle(guide.office, RCM))

    assert flight_lines(guide, first) == []
    some = next(begun)
    assert b"ABARCA" in some
    assert len(flight_lines(guide, first)) == 1
    assert flight_lines(guide, second) == []
    while b"ZAMORA" not in some:
        assert flight_lines(guide, second) == []
        some = next(begun)
    assert len(flight_lines(guide, second)) == 1


def test_who_has_no_copy_that_opens_is_left_out_and_told(guide: Guide) -> None:
    enter(guide, "cr", surnames="Buena")
    for surname, condition in (("Espera", Condition.WAITING), ("Falla", Condition.FAILED)):
        set_condition(guide, enter(guide, "gt", surnames=surname), condition)
    bare = enter(guide, "hn", surnames="Nada")
    drop_passport(guide, bare)
    lost = enter(guide, "pa", surnames="Perdida")
    guide.office.vault.destroy(find_blob(guide, lost))

    bundle = list_bundle(guide.office, RCM)
    files = read_locked(take(guide, bundle, language="es"), PASSWORD)

    told = {each.particulars.surnames: why for each, why in bundle.left_out}
    assert told == {
        "Espera": LeftOut.WAITING,
        "Falla": LeftOut.FAILED,
        "Nada": LeftOut.NO_COPY,
    }
    assert [name[:11] for name in files] == ["CR-01 BUENA", "00 LEAME.tx"]
    note = files["00 LEAME.txt"].decode("utf-8-sig")
    assert "1 copia de pasaporte." in note
    for each in ("Espera", "Falla", "Perdida", bare.full_name):
        assert each in note
    assert "No se pudo abrir la copia." in note
    assert len(flight_lines(guide, lost)) == 1


def test_who_withdraws_while_it_is_made_is_not_in_it(guide: Guide) -> None:
    enter(guide, "cr", surnames="Queda")
    gone = enter(guide, "gt", surnames="Retirada")
    bundle = list_bundle(guide.office, RCM)

    moved(withdraw(guide, gone))
    files = read_locked(take(guide, bundle), PASSWORD)

    assert not [name for name in files if "RETIRADA" in name]
    assert "Retirada" in files["00 READ ME.txt"].decode()
    assert flight_lines(guide, gone) == []


def test_who_was_erased_is_neither_in_it_nor_named_as_left_out(guide: Guide) -> None:
    erased, entry = enter(guide, "cr"), enter(guide, "gt")
    with guide.office.database.writing() as session:
        session.execute(
            update(DbRegistration)
            .where(DbRegistration.id == erased.id)
            .values(erased_at_utc=guide.now)
        )

    bundle = list_bundle(guide.office, RCM)

    assert [each.registration.id for each in bundle.copies] == [entry.id]
    assert bundle.left_out == ()


def test_names_in_the_zip_are_ascii_whatever_people_are_called(guide: Guide) -> None:
    enter(guide, "cr", surnames="Ōé", given_names="李")
    enter(guide, "bz", surnames="Łukasz Strauß", given_names="Søren Ása")
    nameless = enter(guide, "gt", surnames="王", given_names="李")

    files = read_locked(take(guide), PASSWORD)

    assert all(name.isascii() for name in files)
    assert list(files)[:3] == [
        "BZ-01 LUKASZ STRAUSS Soeren Asa.jpg",
        "CR-01 OE.jpg",
        f"GT-01 {nameless.reference}.jpg",
    ]


# builders


def enter(guide: Guide, key: str, *, data: bytes | None = None, **person: str) -> Registration:
    """Return an approved entry with a passport of its own."""
    particulars = guide.make_person(**person)
    application = guide.apply(key, particulars=particulars, with_passport=False)
    guide.send_passport(application.entry, data or f"passport of {particulars.surnames}".encode())
    guide.register(application)
    moved(guide.confirm(application.entry))
    return guide.approve(guide.get(application.entry))


def begin(guide: Guide, bundle: Bundle, language: str = "en") -> Iterator[bytes]:
    words = get_translator(language)
    return begin_zip(guide.office, bundle, PASSWORD, words, by=REVIEWER, arrived_at=guide.now)


def take(guide: Guide, bundle: Bundle | None = None, language: str = "en") -> bytes:
    return b"".join(begin(guide, bundle or list_bundle(guide.office, RCM), language))


def flight_lines(guide: Guide, entry: Registration) -> list[HistoryLine]:
    with guide.office.database.reading() as session:
        lines = reading.list_history(session, reading.chain_of_registration(entry.id))
    return [
        each
        for each in lines
        if each.event is Event.FILE_OPENED and each.facts["why"] == Why.FLIGHT.value
    ]


def meeting_lines(guide: Guide) -> list[HistoryLine]:
    with guide.office.database.reading() as session:
        return reading.list_history(session, reading.chain_of_meeting(RCM))


def set_condition(guide: Guide, entry: Registration, condition: Condition) -> None:
    with guide.office.database.writing() as session:
        session.execute(
            update(DbLockedFile)
            .where(DbLockedFile.id == entry.passport)
            .values(condition=condition.value)
        )


def find_blob(guide: Guide, entry: Registration) -> str:
    assert entry.passport is not None
    with guide.office.database.reading() as session:
        return reading.get_file(session, entry.passport).blob


def drop_passport(guide: Guide, entry: Registration) -> None:
    """Make it an entry without a copy, as one is whose passport was erased."""
    with guide.office.database.writing() as session:
        session.execute(
            update(DbRegistration).where(DbRegistration.id == entry.id).values(passport_id=None)
        )
