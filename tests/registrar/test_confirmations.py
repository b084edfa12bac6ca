"""How the address was confirmed to which the letter went, as the acceptance keeps it."""

from collections.abc import Callable

import pytest

from registration.domain.acceptances import Confirmation, ConfirmedHow, find_confirmation
from registration.domain.registrations import Registration
from registration.registrar import correcting, entering, linking
from registration.store.tables.letters import DbAcceptance
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.registrar.moving import accept, amend, correct, moved

NEW = "nueva@example.org"


def by_link(guide: Guide) -> Registration:
    return guide.submit()


def by_secretariat(guide: Guide) -> Registration:
    application = guide.apply()
    return moved(
        entering.enter(
            guide.office, application, by=REVIEWER, reason="By e-mail", arrived_at=guide.now
        )
    )


def by_completing(guide: Guide) -> Registration:
    application = guide.apply()
    nominated = moved(
        entering.nominate(guide.office, application, by=FOCAL_POINT, arrived_at=guide.now)
    )
    guide.send_passport(nominated.id)
    guide.wait(hours=1)
    return moved(
        correcting.complete(
            guide.office,
            nominated.id,
            nominated.particulars,
            version=nominated.version,
            arrived_at=guide.now,
        )
    )


def by_a_link_of_its_own(guide: Guide) -> Registration:
    entry = guide.submit()
    guide.wait(hours=1)
    moved(correct(guide, entry, email=NEW))
    guide.wait(hours=1)
    return moved(linking.confirm_new_address(guide.office, entry.id, NEW, arrived_at=guide.now))


def by_amending(guide: Guide) -> Registration:
    entry = guide.submit()
    guide.wait(hours=1)
    return moved(amend(guide, entry, reason="A misprint", email=NEW))


@pytest.mark.parametrize(
    ("come", "how", "email"),
    [
        (by_link, ConfirmedHow.LINK, "p0@example.org"),
        (by_secretariat, ConfirmedHow.SECRETARIAT, "p0@example.org"),
        (by_completing, ConfirmedHow.COMPLETED, "p0@example.org"),
        (by_a_link_of_its_own, ConfirmedHow.NEW_ADDRESS, NEW),
        (by_amending, ConfirmedHow.AMENDED, NEW),
    ],
)
def test_acceptance_keeps_how_and_when_the_address_was_confirmed(
    guide: Guide, come: Callable[[Guide], Registration], how: ConfirmedHow, email: str
) -> None:
    entry = come(guide)
    confirmed_at = guide.now
    guide.wait(days=1)
    guide.approve(guide.get(entry.id))
    guide.wait(days=1)

    after = moved(accept(guide, entry))

    assert after.particulars.email == email
    with guide.office.database.reading() as session:
        row = session.query(DbAcceptance).one()
    assert (row.confirmed_how, row.confirmed_at_utc) == (how.value, confirmed_at)


def test_correction_of_anything_else_leaves_the_confirmation_alone(guide: Guide) -> None:
    entry = guide.submit()
    confirmed_at = guide.now
    guide.wait(hours=1)
    moved(amend(guide, entry, reason="A misprint", position="Asesora"))
    guide.approve(guide.get(entry.id))

    moved(accept(guide, entry))

    with guide.office.database.reading() as session:
        row = session.query(DbAcceptance).one()
    assert (row.confirmed_how, row.confirmed_at_utc) == ("link", confirmed_at)


def test_history_without_such_a_line_tells_nothing() -> None:
    assert find_confirmation([]) == Confirmation(ConfirmedHow.UNKNOWN, None)
