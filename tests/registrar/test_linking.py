"""The private link, asked for again: to the address on the entry alone, once in ten minutes."""

import threading

from registration.registrar import linking
from tests.builders import RCM
from tests.offices import Guide
from tests.registrar.moving import withdraw


def _ask(guide: Guide, address: str) -> None:
    linking.send_link_again(guide.office, RCM, address, arrived_at=guide.now)


def _count(guide: Guide, id: object) -> int:
    mails = guide.list_mails(id)  # type: ignore[arg-type]  # a registration's id
    return sum(occasion == "link_again" for occasion, _ in mails)


def test_link_goes_to_the_stored_address_however_it_was_typed(guide: Guide) -> None:
    entry = guide.submit()

    _ask(guide, " P0+tag@Example.org ")

    assert guide.list_mails(entry.id).count(("link_again", "p0@example.org")) == 1
    assert ("link_again", " P0+tag@Example.org ") not in guide.list_mails(entry.id)
    assert guide.list_events(entry.id)[-1] == "link_asked"
    assert guide.get(entry.id).version == entry.version


def test_link_goes_out_once_in_ten_minutes(guide: Guide) -> None:
    entry = guide.submit()
    for minutes, expected in ((0, 1), (9, 1), (1, 2), (0, 2)):
        guide.wait(minutes=minutes)
        _ask(guide, "p0@example.org")
        assert _count(guide, entry.id) == expected


def test_two_who_ask_at_once_get_one_mail(guide: Guide) -> None:
    entry = guide.submit()
    barrier = threading.Barrier(4)

    def ask() -> None:
        barrier.wait()
        _ask(guide, "p0@example.org")

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert _count(guide, entry.id) == 1


def test_each_entry_of_a_shared_mailbox_has_its_own_mail(guide: Guide) -> None:
    shared = guide.make_person(email="ministry@example.org")
    other = guide.make_person(email="ministry@example.org")
    entries = [guide.submit(particulars=shared), guide.submit(particulars=other)]

    _ask(guide, "ministry@example.org")

    assert [_count(guide, each.id) for each in entries] == [1, 1]


def test_final_entries_and_strangers_get_no_mail(guide: Guide) -> None:
    entry = guide.submit()
    withdraw(guide, entry)
    before = guide.list_mails(entry.id)

    _ask(guide, "p0@example.org")
    _ask(guide, "nobody@example.org")

    assert guide.list_mails(entry.id) == before
