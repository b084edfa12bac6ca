"""Issuing a letter anew at the desk, and seeing which letters a newer file has left behind."""

import pytest

from registration.domain.states import State
from registration.store import reading
from tests.desks import LIST, entry_path, make_guide, open_desk, submit
from tests.offices import Guide
from tests.pages import Pages
from tests.registrar.moving import accept, moved
from tests.sites import Site

LEFT_BEHIND = "This letter no longer says what the meeting's file says"


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_letter_is_issued_anew_with_a_reason(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    moved(accept(guide, entry))
    path = entry_path(entry, "reissue")

    without = desk.post(path, {"reason": ""})
    answer = desk.post(path, {"reason": "El hotel cambió"}, status=303)

    assert "Write why the letter is issued anew" in without.text
    assert "This person has accepted the letter of before" in without.text
    said = desk.get(answer.response.location).text
    assert f"Issued: letter {entry.reference}/2. It is on its way." in said
    assert "Luisa Pérez issued the letter anew: “El hotel cambió”" in said
    assert guide.get(entry.id).state is State.INVITED


def test_letters_left_behind_by_a_newer_file_are_listed(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = guide.approve(submit(guide))
    assert "Every letter says what the meeting's file says." in desk.get(f"{LIST}letters").text
    assert LEFT_BEHIND not in desk.get(entry_path(entry)).text

    _change_file(site)

    listed = desk.get(f"{LIST}letters").text
    assert entry.full_name in listed
    assert f"{entry.reference}/1" in listed
    assert LEFT_BEHIND in desk.get(entry_path(entry)).text
    desk.post(entry_path(entry, "reissue"), {"reason": "Otro hotel"}, status=303)
    assert entry.full_name not in desk.get(f"{LIST}letters").text
    assert LEFT_BEHIND not in desk.get(entry_path(entry)).text


def test_entry_without_a_letter_has_none_to_issue_anew(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)

    desk.get(entry_path(entry, "reissue"), status=404)

    assert "reissue" not in desk.get(entry_path(entry)).html


def test_form_drawn_before_somebody_else_moved_is_refused(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    form = desk.get(entry_path(entry, "reissue")).forms[-1]
    moved(accept(guide, entry))

    answer = desk.client.post(
        entry_path(entry, "reissue"), data={**form.fields, "reason": "Otro hotel"}
    )

    assert answer.status_code == 409
    assert "was faster" in answer.text


def _change_file(site: Site) -> None:
    with site.office.database.writing() as session:
        source = reading.list_meeting_sources(session)[0].source
        changed = source.replace('contact = "', 'contact = "x', 1)
        assert changed != source
        session.connection().exec_driver_sql("UPDATE meeting SET source = ?", (changed,))
