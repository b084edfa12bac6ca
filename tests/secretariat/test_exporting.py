"""The page of exports: who may have which table, in both languages, and what a file is called."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from registration.domain.exports import EXPORT_ROLES, ExportKind
from registration.domain.roles import Role
from tests.builders import RCM
from tests.desks import make_guide, open_desk, submit
from tests.offices import Guide
from tests.pages import Pages
from tests.sites import Site

EXPORTS = f"/en/secretariat/{RCM}/exports/"
# Those chosen in the list, and those of a part of the meeting, are exported from their own pages.
KINDS = [each for each in ExportKind if each not in {ExportKind.CHOSEN, ExportKind.SEGMENT}]
#: By hand: the tables of each desk.
TABLES = {
    Role.ADMINISTRATOR: {"participants", "travel", "rooms", "meals", "door", "absent"},
    Role.REVIEWER: {"participants", "travel", "rooms", "meals", "door", "absent"},
    Role.TRAVEL: {"travel"},
    Role.HOST: {"rooms", "meals"},
    Role.DOOR: {"door"},
}


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.mark.parametrize("role", list(Role))
def test_each_desk_has_its_own_tables_and_no_other(site: Site, role: Role) -> None:
    desk = open_desk(site, roles=(role,))

    page = desk.get(EXPORTS)

    offered = {kind.value for kind in KINDS if f"{EXPORTS}{kind.value}" in page.html}
    answers = {kind.value: send(desk, kind.value, language="en").status_code for kind in KINDS}
    taken = {kind for kind, status in answers.items() if status != 404}
    assert taken == TABLES[role]
    assert offered | {"absent"} == TABLES[role] | {"absent"}
    assert {kind.value for kind in KINDS if role in EXPORT_ROLES[kind]} == TABLES[role]


def test_table_is_a_file_with_a_name_in_the_language_asked_for(site: Site, guide: Guide) -> None:
    desk = open_desk(site)
    entry = submit(guide)

    answer = send(desk, "participants", language="es", format="xlsx")

    rows = CalamineWorkbook.from_object(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert entry.reference in rows[1]
    assert "Participantes" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    page = desk.get(EXPORTS)
    assert "Luisa Pérez" in page.text
    assert "XLSX" in page.text


def test_list_of_the_absent_before_the_meeting_says_when(site: Site, guide: Guide) -> None:
    desk = open_desk(site)

    page = desk.get(EXPORTS)
    refused = send(desk, "absent", language="en")

    assert f"{EXPORTS}absent" not in page.html
    assert refused.status_code == 303
    assert "Who did not come is known once the meeting has begun." in desk.get(EXPORTS).text


def test_chosen_in_the_list_are_exported_and_strangers_refused(site: Site, guide: Guide) -> None:
    desk = open_desk(site)
    chosen, other = submit(guide, "cr"), submit(guide, "gt")
    named = f"{chosen.reference}.{chosen.version}"

    answer = send(desk, "chosen", chosen=named, format="csv")

    assert chosen.reference in answer.data.decode()
    assert other.reference not in answer.data.decode()
    assert send(desk, "chosen", chosen="RCM-00000000.1").status_code == 400
    assert send(desk, "participants", language="en", format="exe").status_code == 400


def test_desk_sees_who_took_its_own_tables_and_no_other(site: Site) -> None:
    send(open_desk(site), "participants", language="en", format="csv")
    host = open_desk(site, "host@example.org", name="Marta Solís", roles=[Role.HOST])
    send(host, "meals", language="en", format="csv")

    told = host.get(EXPORTS).text

    assert "Marta Solís" in told
    assert "Luisa Pérez" not in told


def test_page_is_in_both_languages(site: Site) -> None:
    desk = open_desk(site)

    assert "Manifiesto de viaje" in desk.get(EXPORTS.replace("/en/", "/es/")).text
    assert "Travel manifest" in desk.get(EXPORTS).text


def test_nobody_who_is_not_signed_in_has_a_table(site: Site) -> None:
    stranger = Pages(site.app, site.url)

    assert stranger.get(EXPORTS, status=303).status == 303


def send(desk: Pages, kind: str, **fields: str) -> TestResponse:
    """Send a form of the page of exports, or one of another page with its token."""
    token = desk.get(EXPORTS).forms[-1].fields["csrf_token"]
    return desk.client.post(
        f"{EXPORTS}{kind}", data={**fields, "csrf_token": token}, base_url=desk.base_url
    )
