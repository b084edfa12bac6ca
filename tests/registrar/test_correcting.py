"""Corrections: the delegate's own, what a nominated delegate adds, and the desk's amendment."""

from datetime import datetime

import pytest

from registration.domain.papers import FileRole, LetterStatus
from registration.domain.refusals import (
    CameSecond,
    ChangesClosed,
    LinkExpired,
    NotPermitted,
    PassportMissing,
    SamePersonAlreadyThere,
)
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.links.tokens import digest
from registration.registrar import correcting, entering, linking, receiving
from registration.store import reading
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.registrar.moving import (
    accept,
    amend,
    correct,
    decide,
    find_letter,
    list_blobs,
    list_letters,
    list_new_mails,
    moved,
)

NEW = "nueva@example.org"
STRANGER = "stranger@example.net"


def test_returned_entry_that_is_corrected_is_submitted_and_everybody_told(guide: Guide) -> None:
    entry = guide.submit()
    decide(guide, entry, "return_", "The photo is dark")
    before = guide.list_mails(entry.id)
    guide.send_passport(entry.id, b"a better picture")

    after = moved(correct(guide, entry, position="Asesora"))

    assert (after.state, after.seat_number, after.reason) == (State.SUBMITTED, 1, None)
    assert after.particulars.position == "Asesora"
    assert after.passport != entry.passport
    assert list_new_mails(guide, entry, before) == [
        ("received", "p0@example.org"),
        ("staff_new_entry", "CRMST@iom.int"),
    ]


def test_submitted_entry_is_corrected_without_a_mail_and_keeps_its_passport(guide: Guide) -> None:
    entry = guide.submit()
    before = guide.list_mails(entry.id)

    after = moved(correct(guide, entry, institution="Otra institución"))

    assert (after.state, after.passport, after.version) == (State.SUBMITTED, entry.passport, 3)
    assert list_new_mails(guide, entry, before) == []
    with guide.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(entry.id))[0]
    assert line.details == {"old_institution": entry.particulars.institution}


def test_who_waits_corrects_and_waits_on(guide: Guide) -> None:
    guide.submit(), guide.submit()
    waiting = guide.submit(join_reserve=True)

    assert moved(correct(guide, waiting, position="Asesora")).state is State.RESERVE


def test_invited_delegate_corrects_nothing_and_late_ones_neither(guide: Guide) -> None:
    entry, other = guide.submit(), guide.submit()
    guide.approve(entry)
    assert isinstance(correct(guide, entry, position="Asesora"), NotPermitted)
    guide.now = guide.meeting.changes_until
    assert correct(guide, other, position="Asesora") == ChangesClosed(guide.now)


def test_of_two_corrections_from_one_page_the_second_learns_of_the_first(guide: Guide) -> None:
    entry = guide.submit()
    moved(correct(guide, entry, position="Asesora"))

    answer = correcting.correct(
        guide.office,
        entry.id,
        entry.particulars,
        version=entry.version,
        arrived_at=guide.now,
    )

    assert isinstance(answer, CameSecond)
    assert guide.get(entry.id).particulars.position == "Asesora"


def test_new_address_is_used_only_once_its_own_link_confirmed_it(guide: Guide) -> None:
    entry = guide.submit()
    old_digest = _link_digest(guide, entry)

    after = moved(correct(guide, entry, email=NEW))

    assert (after.particulars.email, after.new_email) == ("p0@example.org", NEW)
    assert ("confirm_new_address", NEW) in guide.list_mails(entry.id)
    assert _link_digest(guide, entry) == old_digest
    confirmed = moved(_confirm_address(guide, entry, NEW))
    assert (confirmed.particulars.email, confirmed.new_email) == (NEW, None)
    assert confirmed.link_generation == entry.link_generation + 1
    assert ("address_changed", "p0@example.org") in guide.list_mails(entry.id)
    assert ("link_again", NEW) in guide.list_mails(entry.id)
    assert not _opens(guide, old_digest)
    assert _opens(guide, digest(guide.office.tokens.of_registration(entry.id, 2)))
    assert guide.list_events(entry.id)[-1] == "email_changed"


def test_link_for_one_address_does_not_confirm_another_entered_later(guide: Guide) -> None:
    entry = guide.submit()
    correct(guide, entry, email=STRANGER)
    first = digest(guide.office.tokens.of_new_address(entry.id, STRANGER, 1))
    assert _find_by_new_address(guide, first)

    correct(guide, entry, email=NEW)

    assert not _find_by_new_address(guide, first)
    assert _confirm_address(guide, entry, STRANGER) == LinkExpired()
    assert moved(_confirm_address(guide, entry, NEW)).particulars.email == NEW
    assert _confirm_address(guide, entry, NEW) == LinkExpired()


def test_link_for_an_address_dies_when_the_old_one_is_entered_again(guide: Guide) -> None:
    """A mistyped address belongs to a stranger, who has the mail."""
    entry = guide.submit()
    correct(guide, entry, email=STRANGER)

    moved(correct(guide, entry, email="p0@example.org"))

    assert guide.get(entry.id).new_email is None
    assert _confirm_address(guide, entry, STRANGER) == LinkExpired()


def test_form_drawn_before_an_address_was_confirmed_comes_second(guide: Guide) -> None:
    """It would put the old address back in force."""
    entry = guide.submit()
    correct(guide, entry, email=NEW)
    drawn = guide.get(entry.id)
    moved(_confirm_address(guide, entry, NEW))

    answer = correcting.amend(
        guide.office,
        entry.id,
        drawn.particulars,
        version=drawn.version,
        by=REVIEWER,
        reason="",
        arrived_at=guide.now,
    )

    assert isinstance(answer, CameSecond)
    assert guide.get(entry.id).particulars.email == NEW


@pytest.mark.parametrize("email", ["p0+rcm@example.org", "p0@EXAMPLE.org"])
def test_tag_is_another_mailbox_and_case_is_not(guide: Guide, email: str) -> None:
    entry = guide.submit()

    after = moved(correct(guide, entry, email=email))

    assert after.new_email == (email if "+" in email else None)


def test_address_that_makes_two_of_one_person_is_not_put_in_force(guide: Guide) -> None:
    one = guide.submit()
    twin = guide.make_person(
        given_names=one.particulars.given_names, surnames=one.particulars.surnames
    )
    other = guide.submit("pa", particulars=twin)
    correct(guide, other, email=one.particulars.email)

    answer = _confirm_address(guide, other, one.particulars.email)

    assert answer == SamePersonAlreadyThere()
    assert guide.get(other.id).particulars.email == "p1@example.org"


def test_withdrawn_entry_takes_no_new_address(guide: Guide) -> None:
    from tests.registrar.moving import withdraw

    entry = guide.submit()
    correct(guide, entry, email=NEW)
    withdraw(guide, entry)

    assert _confirm_address(guide, entry, NEW) == LinkExpired()


def test_nominated_delegate_completes_and_the_address_counts_as_confirmed(guide: Guide) -> None:
    application = guide.apply(with_passport=False)
    nominated = moved(
        entering.nominate(guide.office, application, by=FOCAL_POINT, arrived_at=guide.now)
    )
    assert (nominated.state, nominated.seat_number) == (State.NOMINATED, 1)
    assert nominated.confirmed_at is None
    assert guide.list_mails(nominated.id) == [("nominated", "p0@example.org")]
    assert _complete(guide, nominated) == PassportMissing()
    guide.send_passport(nominated.id)

    after = moved(_complete(guide, nominated))

    assert (after.state, after.seat_number) == (State.SUBMITTED, 1)
    assert after.confirmed_at == guide.now
    assert after.passport is not None
    assert [each[0] for each in guide.list_mails(nominated.id)] == [
        "nominated",
        "received",
        "staff_new_entry",
    ]
    with guide.office.database.reading() as session:
        consented = session.connection().exec_driver_sql(
            "SELECT count(*) FROM registration WHERE consented_at_utc IS NOT NULL"
        )
        assert consented.scalar() == 1


def test_amendment_that_changes_the_letter_replaces_it(guide: Guide) -> None:
    entry = guide.approve(guide.submit())
    accepted = moved(accept(guide, entry))
    assert accepted.state is State.ACCEPTED
    before = guide.list_mails(entry.id)

    after = moved(amend(guide, entry, reason="As in the passport", surnames="Solano"))

    newest, oldest = list_letters(guide, entry)
    assert after.state is State.INVITED
    assert (newest.number, newest.status) == (f"{entry.reference}/2", LetterStatus.VALID)
    assert (oldest.status, oldest.newest_number) == (LetterStatus.REPLACED, newest.number)
    assert newest.full_name == after.full_name == "Persona A Solano"
    assert list_new_mails(guide, entry, before) == [("letter_reissued", "p0@example.org")]


def test_amendment_that_leaves_the_letters_words_alone_replaces_nothing(guide: Guide) -> None:
    entry = guide.approve(guide.submit())
    accept(guide, entry)
    before, blobs = guide.list_mails(entry.id), list_blobs(guide)

    after = moved(amend(guide, entry, copy_to="asistente@example.org"))

    assert after.state is State.ACCEPTED
    assert len(list_letters(guide, entry)) == 1
    assert list_blobs(guide) == blobs
    assert list_new_mails(guide, entry, before) == [("amended", "p0@example.org")]


def test_address_that_the_desk_mends_is_in_force_at_once(guide: Guide) -> None:
    entry = guide.submit()
    correct(guide, entry, email=STRANGER)
    old_digest = _link_digest(guide, entry)
    before = guide.list_mails(entry.id)

    after = moved(amend(guide, entry, email=NEW))

    assert (after.particulars.email, after.new_email) == (NEW, None)
    assert after.link_generation == 2
    assert not _opens(guide, old_digest)
    assert _confirm_address(guide, entry, STRANGER) == LinkExpired()
    assert list_new_mails(guide, entry, before) == [
        ("address_changed", "p0@example.org"),
        ("amended", NEW),
    ]


def test_unconfirmed_address_that_the_desk_mends_is_asked_again(guide: Guide) -> None:
    application = guide.apply()
    guide.register(application)
    entry = guide.get(application.entry)

    moved(amend(guide, entry, email=NEW))

    assert ("confirm_address", NEW) in guide.list_mails(entry.id)
    assert not any(each[0] == "amended" for each in guide.list_mails(entry.id))


def test_refused_amendment_leaves_no_letter_behind(guide: Guide) -> None:
    entry, other = guide.approve(guide.submit()), guide.submit()
    blobs = list_blobs(guide)
    person = other.particulars

    answer = amend(
        guide,
        entry,
        email=person.email,
        given_names=person.given_names,
        surnames=person.surnames,
    )

    assert answer == SamePersonAlreadyThere()
    assert list_blobs(guide) == blobs
    assert find_letter(guide, entry).issue == 1


def test_passport_that_the_sweep_took_first_is_not_named(guide: Guide) -> None:
    from registration.registrar import sweeping

    entry = guide.submit()
    guide.send_passport(entry.id, b"a better picture")
    guide.wait(hours=3)
    sweeping.sweep_files(guide.office, now=guide.now)

    after = moved(correct(guide, entry, position="Asesora"))

    assert after.passport == entry.passport
    assert receiving.find_received(guide.office, entry.id, FileRole.PASSPORT) is None


def _complete(guide: Guide, entry: Registration) -> object:
    now = guide.get(entry.id)
    return correcting.complete(
        guide.office, entry.id, now.particulars, version=now.version, arrived_at=guide.now
    )


def _confirm_address(guide: Guide, entry: Registration, address: str) -> object:
    at: datetime = guide.now
    return linking.confirm_new_address(guide.office, entry.id, address, arrived_at=at)


def _link_digest(guide: Guide, entry: Registration) -> bytes:
    generation = guide.get(entry.id).link_generation
    return digest(guide.office.tokens.of_registration(entry.id, generation))


def _opens(guide: Guide, link: bytes) -> bool:
    with guide.office.database.reading() as session:
        return reading.find_by_link(session, link) is not None


def _find_by_new_address(guide: Guide, link: bytes) -> bool:
    with guide.office.database.reading() as session:
        return reading.find_by_new_address(session, link) is not None
