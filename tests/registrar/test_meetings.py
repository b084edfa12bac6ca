"""Loading a meeting's file: again, with other seats, without a delegation."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registration.domain.ids import DelegationKey, MeetingId
from registration.domain.refusals import UnknownDelegation
from registration.links.tokens import digest
from registration.meetings.definition import Definition, read_definition
from registration.registrar import delegations, meetings
from registration.store import reading
from tests.builders import RCM
from tests.offices import MEETINGS, REVIEWER, Guide, load_meeting
from tests.registrar.moving import withdraw

SOURCE = (MEETINGS / f"{RCM}.toml").read_text(encoding="utf-8")


def test_loading_the_same_file_again_changes_nothing(guide: Guide) -> None:
    entry = guide.submit()
    before = _list_rows(guide)

    load_meeting(guide.office)

    assert _list_rows(guide) == before
    assert guide.get(entry.id) == entry


def test_delegations_and_seats_are_those_of_the_file(guide: Guide) -> None:
    with guide.office.database.reading() as session:
        rows = [
            reading.find_delegation(session, RCM, each.key) for each in guide.meeting.delegations
        ]

    assert all(row is not None and len(row.labels) == 2 for row in rows)
    assert len({row.id for row in rows if row}) == len(guide.meeting.delegations) == 13


def test_seat_that_somebody_holds_is_not_taken_away(guide: Guide) -> None:
    guide.submit("cr")
    second = guide.submit("cr")
    before = _list_rows(guide)
    fewer = _change("cr", "seats = 2", "seats = 1")

    with pytest.raises(IntegrityError):
        _load(guide, fewer)

    assert _list_rows(guide) == before
    withdraw(guide, second)
    _load(guide, fewer)
    with guide.office.database.reading() as session:
        row = reading.find_delegation(session, RCM, "cr")
    assert row is not None
    assert row.labels == (None,)


def test_more_seats_are_free_at_once(guide: Guide) -> None:
    guide.submit("cr"), guide.submit("cr")

    _load(guide, _change("cr", "seats = 2", "seats = 3"))

    assert guide.submit("cr").seat_number == 3


def test_language_that_somebody_reads_stays_in_the_file(guide: Guide) -> None:
    entry = guide.submit("cr", particulars=guide.make_person(language="fr"))
    before = _list_rows(guide)

    with pytest.raises(meetings.LanguageInUse) as refused:
        _load(guide, _without("fr"))

    assert refused.value.languages == ["fr"]
    assert _list_rows(guide) == before
    assert guide.get(entry.id) == entry
    _load(guide, _without("pt"))
    assert guide.meeting.languages == ("en", "es", "fr")


def test_language_of_a_focal_point_stays_too(guide: Guide) -> None:
    person = reading.FocalPoint(name="Marta Solís", email="marta@example.org", language="pt")
    delegations.name_focal_point(
        guide.office, RCM, DelegationKey("cr"), person, by=REVIEWER, at=guide.now
    )

    with pytest.raises(meetings.LanguageInUse):
        _load(guide, _without("pt"))


def test_delegation_that_the_file_has_dropped_takes_nobody(guide: Guide) -> None:
    application = guide.apply("cr")

    _load(guide, _drop("cr"))

    assert guide.register(application) == UnknownDelegation()
    with guide.office.database.reading() as session:
        assert reading.find_delegation(session, RCM, "cr") is None


def test_delegation_with_entries_is_not_dropped(guide: Guide) -> None:
    entry = guide.submit("cr")

    with pytest.raises(IntegrityError):
        _load(guide, _drop("cr"))

    assert guide.get(entry.id) == entry


def test_link_of_a_delegation_finds_it_and_differs_from_the_others(guide: Guide) -> None:
    links = [meetings.find_delegation_link(guide.office, RCM, each) for each in ("cr", "pa")]

    assert links[0] != links[1]
    token = str(links[0]).rpartition("/")[2]
    with guide.office.database.reading() as session:
        row = reading.find_delegation_by_link(session, digest(token))
    assert row is not None
    assert row.key == "cr"
    assert meetings.find_delegation_link(guide.office, RCM, "xx") is None


def test_meetings_are_listed_in_the_order_in_which_they_came(guide: Guide) -> None:
    load_meeting(guide.office, as_id=MeetingId("a-later-one"))
    load_meeting(guide.office)

    with guide.office.database.reading() as session:
        listed = [source.id for source in reading.list_meeting_sources(session)]

    assert listed == [RCM, "a-later-one"]


def _load(guide: Guide, source: str) -> None:
    definition = read_definition(source, name=RCM)
    assert isinstance(definition, Definition), definition
    meetings.load(guide.office, definition, source, meeting_id=RCM, rolled_weeks=0, now=guide.now)


def _change(key: str, old: str, new: str) -> str:
    """Return the file with one line of the delegation changed."""
    start = SOURCE.index(f'key = "{key}"')
    at = SOURCE.index(old, start)
    return SOURCE[:at] + new + SOURCE[at + len(old) :]


def _drop(key: str) -> str:
    """Return the file without the delegation."""
    at = SOURCE.index(f'key = "{key}"')
    start = SOURCE.rindex("[[delegations]]", 0, at)
    return SOURCE[:start] + SOURCE[SOURCE.index("[[delegations]]", at) :]


def _without(language: str) -> str:
    """Return the file without the language and the texts in it."""
    source = SOURCE.replace(f', "{language}"', "", 1)
    source = re.sub(rf', {language} = "[^"\n]*"', "", source)
    long = rf'^{language} = (?:"""(?:.*?)"""|"[^"\n]*")\n'
    return re.sub(long, "", source, flags=re.DOTALL | re.MULTILINE)


def _list_rows(guide: Guide) -> list[object]:
    """Return every row of meetings, but for the moment at which they were loaded."""
    columns = "id, position, source, rolled_weeks"
    with guide.office.database.reading() as session:
        return [
            [tuple(row) for row in session.execute(text(query))]
            for query in (
                f"SELECT {columns} FROM meeting ORDER BY id",
                "SELECT * FROM delegation ORDER BY id",
                "SELECT * FROM seat ORDER BY delegation_id, number",
            )
        ]
