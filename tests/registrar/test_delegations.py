"""A delegation at the desk: its focal point hears what concerns it, and its link can be revoked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from registration.domain.desk_refusals import NoFocalPoint
from registration.domain.ids import DelegationKey
from registration.domain.meeting import Addressee, Admission
from registration.domain.refusals import OnlyByLink
from registration.links.tokens import digest
from registration.registrar import delegations, erasing
from registration.store import reading
from registration.store.reading import DelegationRow, FocalPoint
from registration.store.tables.mail import DbMail
from tests.builders import RCM
from tests.offices import REVIEWER, Guide, load_meeting
from tests.registrar.moving import decide, withdraw

CR = DelegationKey("cr")
MARTA = FocalPoint(name="Marta Solís", email="marta@example.org", language="es")


def test_link_goes_to_the_focal_point_on_record_alone(guide: Guide) -> None:
    assert _send(guide) == NoFocalPoint()

    _name(guide)
    row = _send(guide)

    assert isinstance(row, DelegationRow)
    assert row.link_sent_at == guide.now
    assert _list_mails(guide) == [("focal_point_link", "marta@example.org")]
    assert _list_events(guide) == ["delegation_changed", "link_sent"]


def test_revoked_link_finds_no_delegation(guide: Guide) -> None:
    before = _row(guide)
    old = guide.office.tokens.of_delegation(before.id, before.link_generation)

    delegations.revoke_link(guide.office, RCM, CR, by=REVIEWER, at=guide.now)

    after = _row(guide)
    new = guide.office.tokens.of_delegation(after.id, after.link_generation)
    assert [_find(guide, old), _find(guide, new)] == [None, after]
    assert _list_events(guide) == ["link_revoked"]


def test_another_focal_point_revokes_the_link_and_the_same_one_does_not(guide: Guide) -> None:
    _name(guide)
    _name(guide)
    same = _row(guide).link_generation

    other = FocalPoint(name="Luis Mora", email="luis@example.org", language="es")
    delegations.name_focal_point(guide.office, RCM, CR, other, by=REVIEWER, at=guide.now)

    assert (same, _row(guide).link_generation) == (1, 2)


@pytest.mark.parametrize(
    ("move", "state"),
    [("approve", "invited"), ("return_", "returned"), ("decline", "declined")],
)
def test_focal_point_hears_of_what_becomes_of_its_delegates(
    guide: Guide, move: str, state: str
) -> None:
    entry, other = guide.submit("cr"), guide.submit("pa")
    _name(guide)

    for each in (entry, other):
        guide.approve(each) if move == "approve" else decide(guide, each, move, "Falta la firma.")

    assert _list_told(guide) == [("marta@example.org", {"state": state})]


def test_focal_point_hears_of_a_withdrawal_and_not_of_its_reason(guide: Guide) -> None:
    entry = guide.submit("cr")
    _name(guide)

    withdraw(guide, entry, reason="Motivos de salud.")

    assert _list_told(guide) == [("marta@example.org", {"state": "withdrawn"})]


def test_nobody_is_told_where_no_focal_point_is_on_record(guide: Guide) -> None:
    guide.approve(guide.submit("cr"))

    assert _list_told(guide) == []


def test_delegation_by_link_alone_refuses_the_public_form(guide: Guide) -> None:
    _admit(guide, Admission.LINK, CR)

    refused = guide.register(guide.apply("cr"))
    through_the_link = guide.submit("cr", admitted=True)

    assert refused == OnlyByLink()
    assert (through_the_link.seat_number, guide.submit("pa").seat_number) == (1, 1)


def test_meeting_is_opened_and_closed_in_one_step_and_stays_so_when_loaded_again(
    guide: Guide,
) -> None:
    _admit(guide, Admission.OPEN, CR)
    _admit(guide, Admission.LINK)
    load_meeting(guide.office)
    closed = {each.admission for each in _rows(guide)}

    _admit(guide, Admission.OPEN)

    assert (closed, {each.admission for each in _rows(guide)}) == (
        {Admission.LINK},
        {Admission.OPEN},
    )


def test_addressee_and_head_are_the_delegation_s_own(guide: Guide) -> None:
    delegations.address_letters(
        guide.office, RCM, CR, Addressee.INSTITUTION, by=REVIEWER, at=guide.now
    )
    delegations.lead(guide.office, RCM, CR, leads=True, by=REVIEWER, at=guide.now)

    assert guide.meeting.get_delegation("cr").addressee is Addressee.INSTITUTION
    assert guide.meeting.get_delegation("pa").addressee is Addressee.PERSON
    assert [each.key for each in _rows(guide) if each.has_head] == ["cr"]


def test_erasure_of_the_meeting_forgets_the_focal_point(guide: Guide) -> None:
    guide.submit("cr")
    _name(guide)
    _send(guide)

    erasing.run_due(guide.office, now=guide.now + timedelta(days=3650))

    assert (_row(guide).focal_point, _list_mails(guide)) == (None, [])


def _name(guide: Guide) -> None:
    delegations.name_focal_point(guide.office, RCM, CR, MARTA, by=REVIEWER, at=guide.now)


def _send(guide: Guide) -> object:
    return delegations.send_link(guide.office, RCM, CR, by=REVIEWER, at=guide.now)


def _admit(guide: Guide, admission: Admission, key: DelegationKey | None = None) -> None:
    delegations.admit(guide.office, RCM, admission, key=key, by=REVIEWER, at=guide.now)


def _row(guide: Guide) -> DelegationRow:
    return next(each for each in _rows(guide) if each.key == CR)


def _rows(guide: Guide) -> list[DelegationRow]:
    with guide.office.database.reading() as session:
        rows = reading.list_delegations(session, RCM)
    return [row for row in rows if not row.unlimited]


def _find(guide: Guide, token: str) -> DelegationRow | None:
    with guide.office.database.reading() as session:
        return reading.find_delegation_by_link(session, digest(token))


def _list_events(guide: Guide) -> list[str]:
    with guide.office.database.reading() as session:
        lines = reading.list_delegation_lines(session, RCM, CR)
    return [line.event.value for line in reversed(lines)]


def _list_mails(guide: Guide) -> list[tuple[str, str]]:
    query = select(DbMail.occasion, DbMail.recipient).where(DbMail.registration_id.is_(None))
    with guide.office.database.reading() as session:
        return [(occasion, recipient) for occasion, recipient in session.execute(query)]


def _list_told(guide: Guide) -> list[tuple[str, dict[str, str]]]:
    query = select(DbMail.recipient, DbMail.facts).where(DbMail.occasion == "focal_point_told")
    with guide.office.database.reading() as session:
        return [(recipient, facts) for recipient, facts in session.execute(query)]
