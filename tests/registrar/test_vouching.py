"""Whether somebody is the delegation's: the focal point's word, and what the desk recorded."""

from registration.domain.nominations import NominatedBy, Standing, standing_of
from registration.domain.registrations import Registration
from registration.registrar.office import Office
from registration.registrar.vouching import vouch
from registration.store import reading
from tests.offices import FOCAL_POINT, Guide


def test_entry_that_came_by_itself_is_not_nominated(guide: Guide) -> None:
    assert standing_of(guide.submit("cr")) is Standing.NOT_NOMINATED


def test_focal_point_s_word_is_on_record_and_mails_nobody(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    before = guide.list_mails(entry.id)

    ours = vouch(office, entry.id, ours=True, by=FOCAL_POINT, arrived_at=guide.now)

    assert isinstance(ours, Registration)
    assert (standing_of(ours), ours.version) == (Standing.NOMINATED, entry.version)
    with office.database.reading() as session:
        nomination = reading.find_nomination(session, ours.nomination_id)
    assert nomination is not None
    assert nomination.how is NominatedBy.FOCAL_POINT
    assert nomination.delegation_id == entry.delegation_id
    assert guide.list_events(entry.id)[-1] == "vouched"
    assert guide.list_mails(entry.id) == before


def test_same_word_twice_is_one_line(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")

    for _ in range(2):
        vouch(office, entry.id, ours=True, by=FOCAL_POINT, arrived_at=guide.now)
    for _ in range(2):
        vouch(office, entry.id, ours=False, by=FOCAL_POINT, arrived_at=guide.now)

    assert guide.list_events(entry.id)[-2:] == ["vouched", "disowned"]
    assert standing_of(guide.get(entry.id)) is Standing.DISOWNED


def test_not_ours_can_be_taken_back(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    vouch(office, entry.id, ours=False, by=FOCAL_POINT, arrived_at=guide.now)

    vouch(office, entry.id, ours=True, by=FOCAL_POINT, arrived_at=guide.now)

    after = guide.get(entry.id)
    assert (standing_of(after), after.disowned_at) == (Standing.NOMINATED, None)
