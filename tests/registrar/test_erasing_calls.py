"""What was sent to calls is erased with its meeting, and its histories are held against it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from registration.domain.retention import Kind, Remaining
from registration.domain.submissions import Stand
from registration.registrar import erasing, selecting
from registration.registrar.auditing import list_flaws
from registration.registrar.office import Office
from registration.registrar.sending import send
from registration.store.reading import holdings
from registration.store.reading.flaws import Flaw
from registration.store.tables import Base
from registration.store.tables.calls import DbSubmission
from tests.builders import RCM
from tests.offices import OPEN_DAY, REVIEWER
from tests.senders import load_calls, make_sending, read, send_to_call

#: 90 days after the meeting.
ALL = datetime(2022, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _calls(office: Office) -> None:
    load_calls(office)


def test_nothing_personal_stays_of_what_was_sent(office: Office) -> None:
    returned = send_to_call(office, at=OPEN_DAY)
    selecting.return_submission(
        office,
        returned.id,
        version=returned.version,
        by=REVIEWER,
        reason="Marta, falta el grupo.",
        arrived_at=OPEN_DAY,
    )
    chosen = send_to_call(office, "co-chairs", "cr@example.org", at=OPEN_DAY, delegation="cr")
    selecting.choose(office, chosen.id, version=chosen.version, by=REVIEWER, arrived_at=OPEN_DAY)
    send(office, make_sending("news", "other@example.org"), arrived_at=OPEN_DAY)

    assert erasing.run_due(office, now=ALL) == 1
    assert erasing.run_due(office, now=ALL) == 0

    with office.database.reading() as session:
        assert holdings.count_held(session, RCM) == dict.fromkeys(Kind, 0)
        record = holdings.list_erasures(session, RCM)[0]
        everything = " ".join(
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            if table.name != "meeting"
            for row in session.execute(select(table))
        )
    assert record.erased[Kind.SUBMISSION] == 3
    assert record.remains[Remaining.SUBMISSION] == 3
    for each in (
        "Marta",
        "Solís",
        "marta@",
        "cr@",
        "other@",
        "Red de Mujeres",
        "Porque",
        "presidir",
    ):
        assert each not in everything
    after = read(office, chosen.id)
    assert (after.stand, after.reference, after.erased_at) == (Stand.CHOSEN, chosen.reference, ALL)
    assert list_flaws(office) == []


def test_stand_that_was_changed_beside_the_history_is_found(office: Office) -> None:
    submission = send_to_call(office, at=OPEN_DAY)
    assert list_flaws(office) == []

    with office.database.writing() as session:
        session.execute(
            update(DbSubmission)
            .where(DbSubmission.id == submission.id)
            .values(stand=Stand.CHOSEN.value)
        )

    flaws = list_flaws(office)
    assert [(each.chain, each.flaw) for each in flaws] == [
        (f"submission:{submission.id}", Flaw.STATE_DIFFERS)
    ]
