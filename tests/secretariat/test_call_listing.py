"""The desk's page of one call: a page of the list at a time, by state, searched."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from registration.domain.submissions import Stand
from registration.store.tables.calls import DbSubmission
from tests.builders import RCM
from tests.desks import open_desk
from tests.pages import Page, Pages
from tests.queries import list_queries
from tests.senders import load_calls, send_to_call
from tests.sites import Site
from tests.submissions import add_of_delegation, fill_call

LIST = f"/en/secretariat/{RCM}/calls/"
RAPPORTEUR = f"{LIST}rapporteur/"
NEWS = f"{LIST}news/"


@pytest.fixture(autouse=True)
def _calls(site: Site) -> None:
    load_calls(site.office, now=datetime.now(UTC))


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_list_is_paged_and_tells_how_many_there_are(desk: Pages, site: Site) -> None:
    fill_call(site.office, 120)

    first = desk.get(NEWS)
    second = desk.get(_link(first, "next"))
    third = desk.get(_link(second, "next"))

    assert [_listed(each) for each in (first, second, third)] == [
        _numbers(0, 50),
        _numbers(50, 100),
        _numbers(100, 120),
    ]
    assert "What was sent 120" in third.text
    assert _listed(desk.get(_link(third, "prev"))) == _numbers(50, 100)
    assert not _has_link(first, "prev")
    assert not _has_link(third, "next")


def test_one_state_is_listed_alone_and_paged(desk: Pages, site: Site) -> None:
    fill_call(site.office, 120)
    with site.office.database.writing() as session:
        late = update(DbSubmission).where(DbSubmission.reference < "RCM-S0000060")
        session.execute(late.values(stand=Stand.WITHDRAWN.value))

    assert "What was sent 60" in desk.get(NEWS).text
    first = desk.get(f"{NEWS}?state=withdrawn")

    assert _listed(first) == _numbers(0, 50)
    assert _listed(desk.get(_link(first, "next"))) == _numbers(50, 60)
    assert "What was sent 120" in desk.get(f"{NEWS}?all=yes").text
    assert "What was sent 60" in desk.get(f"{NEWS}?state=nonsense").text


def test_search_finds_within_the_state_is_paged_and_ended(desk: Pages, site: Site) -> None:
    fill_call(site.office, 160)
    _search(desk, "federacion")

    first = desk.get(NEWS)
    assert "What was sent 53" in first.text
    assert "for “federacion”" in first.text
    assert len(_listed(first)) == 50
    second = desk.get(_link(first, "next"))
    assert len(_listed(second)) == 3
    assert _listed(desk.get(_link(second, "prev"))) == _listed(first)
    assert "Nothing matches." in desk.get(f"{NEWS}?state=received").text

    _search(desk, "")
    assert "What was sent 160" in desk.get(NEWS).text


def test_search_holds_in_its_own_call_and_in_no_address(desk: Pages, site: Site) -> None:
    fill_call(site.office, 3)
    fill_call(site.office, 2, "rapporteur", first=5)

    answer = desk.post(NEWS, {"text": "persona.1@example.org"}, form=f"{NEWS}search", status=303)

    assert answer.response.location.endswith(f"{NEWS}#sent")
    assert _listed(desk.get(NEWS)) == _numbers(1, 2)
    assert len(_listed(desk.get(RAPPORTEUR))) == 2


def test_page_of_a_call_belongs_to_the_tab_of_calls(desk: Pages) -> None:
    tab = re.search(
        r'<a class="staff-tabs__tab" href="([^"]+)" aria-current="true"', desk.get(NEWS).html
    )

    assert tab is not None
    assert tab[1] == LIST


def test_those_ticked_on_a_page_are_compared(desk: Pages, site: Site) -> None:
    fill_call(site.office, 60, "rapporteur", answers={"letter": "Porque sí."})
    page = desk.get(_link(desk.get(RAPPORTEUR), "next"))

    ticked = re.findall(r'name="of" value="(RCM-\w+)"', page.html)[:2]
    compared = desk.get(f"{RAPPORTEUR}compare?of={ticked[0]}&of={ticked[1]}")

    assert compared.text.count("Porque sí.") == 2


def test_draft_that_is_compared_shows_nothing_of_its_answers(desk: Pages, site: Site) -> None:
    answers = {"letter": "Porque sí."}
    fill_call(site.office, 1, "rapporteur", answers=answers)
    fill_call(site.office, 1, "rapporteur", first=1, answers=answers, stand=Stand.DRAFT.value)

    page = desk.get(f"{RAPPORTEUR}compare?of=RCM-S0000000&of=RCM-S0000001")

    assert page.text.count("Porque sí.") == 1


def test_chosen_one_of_another_page_is_named_and_what_is_untold_counted(
    desk: Pages, site: Site
) -> None:
    fill_call(site.office, 60, "rapporteur")
    last = send_to_call(site.office, "rapporteur", "ultima@example.org")
    desk.post(f"{RAPPORTEUR}{last.reference}/", {"deed": "choose"}, status=303)

    page = desk.get(RAPPORTEUR)

    assert last.reference not in _listed(page)
    assert "Chosen: 1 of 1" in page.text
    assert "1 Marta Solís, Red de Mujeres" in page.text
    assert "61 answers have not been told anything yet." in page.text
    assert "61 lines: what an address has confirmed" in page.text


def test_erased_are_neither_waited_for_nor_exported(desk: Pages, site: Site) -> None:
    fill_call(site.office, 2, "rapporteur")
    erased = {"erased_at_utc": datetime.now(UTC), "name": "", "institution": "", "email": ""}
    fill_call(site.office, 1, "rapporteur", first=2, **erased)

    page = desk.get(RAPPORTEUR)

    assert "2 answers have not been told anything yet." in page.text
    assert "2 lines: what an address has confirmed" in page.text
    assert "Data erased" in page.text
    assert "They read that they were not chosen 2" in desk.get(f"{RAPPORTEUR}tell").text


@pytest.mark.parametrize("path", [RAPPORTEUR, f"{RAPPORTEUR}?state=submitted"])
def test_queries_of_a_page_do_not_grow_with_the_submissions(
    desk: Pages, site: Site, path: str
) -> None:
    add_of_delegation(site.office, 0, "cr", "rapporteur")
    fill_call(site.office, 9, "rapporteur", first=1, answers={"letter": "Porque sí."})
    few = list_queries(desk, path)
    fill_call(site.office, 300, "rapporteur", first=10, answers={"letter": "Porque sí."})

    assert list_queries(desk, path) == few
    # The sums, the places and the lines, beside who is signed in and the meeting.
    assert len([each for each in few if "FROM submission" in each]) == 3
    assert not [each for each in few if "FROM answer" in each]


def _search(desk: Pages, text: str) -> None:
    desk.post(NEWS, {"text": text}, form=f"{NEWS}search", status=303)


def _listed(page: Page) -> list[str]:
    """Return the references of the lines, in their order."""
    return re.findall(r'<th scope="row"><a href="[^"]*/(RCM-\w+)/"', page.html)


def _numbers(first: int, end: int) -> list[str]:
    return [f"RCM-S{number:07d}" for number in range(first, end)]


def _link(page: Page, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page.html)
    assert found, f"no link to the {rel} page"
    return found[1].replace("&amp;", "&").partition("#")[0]


def _has_link(page: Page, rel: str) -> bool:
    return f'rel="{rel}"' in page.html
