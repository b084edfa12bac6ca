"""Papers, bulk approvals and the door as the desks see them, in both languages."""

from datetime import UTC, datetime

import pytest

from registration.domain.ids import MeetingId
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.states import State
from registration.registrar import deciding
from registration.registrar.arriving import record_arrival
from registration.registrar.batching import work_on_due
from registration.registrar.doing import do_part
from registration.registrar.office import Moved
from registration.registrar.withdrawing import withdraw
from registration.store import reading
from tests.builders import RCM
from tests.desks import ENTRIES, make_guide, open_desk, submit
from tests.offices import OTHER_REVIEWER, REVIEWER, Guide, load_meeting
from tests.pages import Page, Pages
from tests.sites import Site

PAPERS = f"/en/secretariat/{RCM}/papers/"
APPROVE = f"/en/secretariat/{RCM}/approve"


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_ticked_entries_are_approved_and_the_page_says_what_came_of_each(
    desk: Pages, guide: Guide, site: Site
) -> None:
    first, second, third = (submit(guide, key) for key in ("cr", "pa", "gt"))
    batch = approve(desk, [first, second])
    waiting = desk.get(batch)
    moved = deciding.return_(
        site.office,
        second.id,
        version=second.version,
        by=OTHER_REVIEWER,
        reason="Falta el cargo.",
        arrived_at=guide.now,
    )
    assert isinstance(moved, Moved)

    work(site)

    assert '<meta http-equiv="refresh"' in waiting.html
    assert "Waiting for its turn, 2 in all" in waiting.text
    page = desk.get(batch)
    assert '<meta http-equiv="refresh"' not in page.html
    assert "1 registration was approved; the letter is on its way." in page.text
    assert f"{second.full_name} Panama Nothing was changed: Tomás Rivas was faster." in page.text
    assert guide.get(first.id).state is State.INVITED
    assert guide.get(third.id).state is State.SUBMITTED
    desk.get(batch.replace("/en/", "/es/"))


def test_reason_stays_that_of_the_day_when_the_entry_moves_on(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = submit(guide)
    batch = approve(desk, [entry])
    returned = deciding.return_(
        site.office,
        entry.id,
        version=entry.version,
        by=OTHER_REVIEWER,
        reason="Falta el cargo.",
        arrived_at=guide.now,
    )
    assert isinstance(returned, Moved)
    work(site)
    withdraw(
        site.office,
        entry.id,
        version=returned.registration.version,
        by=REVIEWER,
        arrived_at=guide.now,
        reason="Cambio",
    )

    assert "Tomás Rivas was faster. The registration was returned" in desk.get(batch).text


def test_all_that_match_are_approved_by_one_button(desk: Pages, guide: Guide, site: Site) -> None:
    entries = [submit(guide, key) for key in ("cr", "pa", "gt")]
    invited = guide.approve(submit(guide, "mx"))
    assert "All 4 that match" in desk.get(ENTRIES).text

    batch = approve(desk, [], all="1")
    while work(site):
        pass

    assert all(guide.get(each.id).state is State.INVITED for each in entries)
    assert guide.get(invited.id).version == invited.version
    page = desk.get(batch).text
    assert "3 registrations were approved" in page
    assert invited.full_name not in page


def test_nothing_ticked_is_said_and_nothing_done(desk: Pages, guide: Guide) -> None:
    submit(guide)

    answer = desk.client.post(APPROVE, data=form_of(desk.get(ENTRIES), APPROVE))

    assert answer.status_code == 303
    assert "No registration was chosen. Tick at least one." in desk.get(ENTRIES).text


def test_form_sent_twice_leads_to_one_batch(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    form = form_of(desk.get(ENTRIES), APPROVE)
    data = {**form, "chosen": f"{entry.reference}.{entry.version}"}

    answers = [desk.client.post(APPROVE, data=data) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert desk.get(PAPERS).text.count("Approval of 1 registration") == 1


@pytest.mark.parametrize(
    "chosen",
    ["RCM-00000000.2", "x", "RCM-00000000.-1", "RCM-00000000.٣", "'); DROP TABLE batch--.1"],
)
def test_made_up_choice_is_refused(desk: Pages, guide: Guide, chosen: str) -> None:
    submit(guide)
    data = {**form_of(desk.get(ENTRIES), APPROVE), "chosen": chosen}

    assert desk.client.post(APPROVE, data=data).status_code == 400


def test_version_on_the_screen_decides(desk: Pages, guide: Guide, site: Site) -> None:
    entry = submit(guide)
    data = {**form_of(desk.get(ENTRIES), APPROVE), "chosen": f"{entry.reference}.1"}

    batch = str(desk.client.post(APPROVE, data=data).location)
    work(site)

    assert guide.get(entry.id).state is State.SUBMITTED
    assert "Nothing was changed" in desk.get(batch).text


@pytest.mark.parametrize("kind", ["badges", "nameplates", "participants"])
def test_paper_is_made_opened_and_each_opening_recorded(
    desk: Pages, guide: Guide, site: Site, kind: str
) -> None:
    guide.approve(submit(guide))
    answer = desk.post(PAPERS, {}, form=f"{PAPERS}{kind}", status=303)
    batch = str(answer.response.location)
    early = desk.client.get(f"{batch}paper.pdf", base_url=site.url)

    work(site)
    page = desk.get(batch)
    paper = desk.client.get(f"{batch}paper.pdf", base_url=site.url)

    assert early.status_code == 404
    assert "The paper is ready" in page.text
    assert paper.data.startswith(b"%PDF-1.7")
    assert paper.headers["Cache-Control"] == "no-store"
    assert "attachment" in paper.headers["Content-Disposition"]
    with site.office.database.reading() as session:
        lines = reading.list_history(session, reading.chain_of_meeting(guide.meeting.id))
    assert [line.event.value for line in lines] == ["collection_opened", "batch_asked"]
    assert all(line.staff_name == "Luisa Pérez" for line in lines)
    desk.get(batch.replace("/en/", "/es/"))
    desk.get(PAPERS.replace("/en/", "/es/"))


def test_paper_for_nobody_is_not_made(desk: Pages) -> None:
    page = desk.post(PAPERS, {}, form=f"{PAPERS}badges", status=409)

    assert "There is nobody in this group yet." in page.text
    assert "Nothing yet." in page.text


def test_unknown_group_and_language_are_refused(desk: Pages, guide: Guide) -> None:
    guide.approve(submit(guide))

    page = desk.post(
        PAPERS, {"badges-whose": "everybody", "badges-language": "fr"}, form=f"{PAPERS}badges"
    )

    assert "Choose one of the groups in the list." in page.text


def test_batch_of_another_meeting_is_not_found(desk: Pages, guide: Guide, site: Site) -> None:
    guide.approve(submit(guide))
    answer = desk.post(PAPERS, {}, form=f"{PAPERS}badges", status=303)
    batch = str(answer.response.location)

    load_meeting(site.office, as_id=MeetingId("other-2022"))

    desk.get(batch.replace(RCM, "other-2022"), status=404)
    desk.get(f"{batch.replace(RCM, 'other-2022')}paper.pdf", status=404)


@pytest.mark.parametrize("language", ["en", "es"])
def test_door_sees_who_comes_and_nothing_else(guide: Guide, site: Site, language: str) -> None:
    entry = guide.approve(submit(guide, institution="Cancillería secreta"))
    door = open_desk(site, "door@example.org", roles=[Role.DOOR])
    path = door_path(site, entry, language)

    page = door.get(path)
    answer = door.client.post(path, data=form_of(page, path))
    after = door.get(path)

    assert entry.full_name in page.text
    assert "Costa Rica" in page.text
    assert entry.particulars.email not in page.html
    assert "passport" not in page.html
    assert f"/entry/{entry.reference}" not in page.html
    assert answer.status_code == 303
    assert {"en": "is recorded", "es": "quedó registrada"}[language] in after.text
    assert [form for form in after.forms if form.attributes["action"] == path] == []
    assert guide.list_events(entry.id)[-1] == "arrived"


def test_second_scan_at_the_door_says_when_the_first_was(guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide))
    door = open_desk(site, "door@example.org", roles=[Role.DOOR])
    path = door_path(site, entry)
    form = form_of(door.get(path), path)

    for _ in range(2):
        door.client.post(path, data=form)

    assert f"{entry.full_name} had come already: Today" in door.get(path).text
    assert guide.list_events(entry.id).count("arrived") == 1


def test_person_without_a_letter_is_sent_to_the_secretariat(guide: Guide, site: Site) -> None:
    entry = submit(guide)
    door = open_desk(site, "door@example.org", roles=[Role.DOOR])

    page = door.get(door_path(site, entry))

    assert "there is no letter in force" in page.text
    assert page.forms[-1].attributes["action"].endswith("sign-out")


def test_code_of_another_badge_opens_nothing(guide: Guide, site: Site) -> None:
    entry, other = guide.approve(submit(guide)), guide.approve(submit(guide, "pa"))
    door = open_desk(site, "door@example.org", roles=[Role.DOOR])
    code = site.office.tokens.of_door(other.id)

    for wrong in (
        f"{entry.reference}-{code}",
        entry.reference,
        f"{entry.reference}-",
        f"{entry.reference}-{site.office.tokens.of_door(entry.id)[:-1]}",
        f"RCM-00000000-{code}",
        "ñ-ñ",
    ):
        door.get(f"/en/secretariat/door/{wrong}", status=404)


def test_other_desks_do_not_check_in(guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide))
    for role in (Role.TRAVEL, Role.HOST):
        pages = open_desk(site, f"{role}@example.org", roles=[role])
        pages.get(door_path(site, entry), status=404)


def test_arrival_is_recorded_and_taken_back_at_the_desk(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    path = f"/en/secretariat/entry/{entry.reference}/"

    desk.post(path, {}, form=f"{path}arrival", status=303)
    page = desk.get(path)
    refused = desk.post(f"{path}arrival/undo", {"reason": " "})
    desk.post(f"{path}arrival/undo", {"reason": "Otro gafete"}, status=303)

    assert "Came: Today" in page.text
    assert "recorded the arrival at the door" in page.text
    assert "Write the reason" in refused.text
    assert "took the record of the arrival back: “Otro gafete”" in desk.get(path).text
    desk.get(f"{path}arrival/undo", status=404)


def test_certificates_are_refused_until_the_meeting_is_over(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = guide.approve(submit(guide))
    record_arrival(site.office, entry.id, by=REVIEWER, arrived_at=datetime.now(UTC))

    page = desk.post(PAPERS, {}, form=f"{PAPERS}certificates", status=409)

    assert "Certificates of attendance are made once the meeting is over." in page.text


def approve(desk: Pages, entries: list[Registration], **button: str) -> str:
    """Tick the entries in the list and send the form; return where it leads."""
    chosen = [f"{each.reference}.{each.version}" for each in entries]
    page = desk.get(ENTRIES)
    assert all(each in page.html for each in chosen)
    data = {**form_of(page, APPROVE), "chosen": chosen, **button}
    answer = desk.client.post(APPROVE, data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def form_of(page: Page, action: str) -> dict[str, str]:
    return next(each.fields for each in page.forms if each.attributes["action"] == action)


def door_path(site: Site, entry: Registration, language: str = "en") -> str:
    code = site.office.tokens.of_door(entry.id)
    address = site.office.addresses.door(language, entry.reference, code)
    return address.removeprefix(site.url)


def work(site: Site) -> bool:
    return work_on_due(site.office, lambda: datetime.now(UTC), do_part)
