"""The pages of a meeting's parts: agenda, roadmap, documents, calls, who takes part."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from registration.language.translator import get_translator
from registration.public.participants import group_by_region
from registration.public.words import who_answers
from tests.builders import RCM, make_meeting
from tests.calendars import read_calendar
from tests.pages import Pages
from tests.queries import watching
from tests.sites import Site
from tests.summits import NOW, SUMMIT, define_summit, load_summit, read_summit

PARTS = ("agenda", "roadmap", "documents", "calls/", "participants")
ALL_PATHS = (f"{SUMMIT}/", *(f"{SUMMIT}/{each}" for each in PARTS))


@pytest.fixture
def pages(site: Site) -> Iterator[Pages]:
    """The pages of a site that has the larger meeting beside the workshop, on a day of its
    roadmap."""
    load_summit(site.office)
    with time_machine.travel(NOW, tick=False):
        yield Pages(site.app, site.url)


@pytest.mark.parametrize("path", ALL_PATHS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_page_leads_to_all_others_and_says_which_it_is(
    pages: Pages, language: str, path: str
) -> None:
    page = pages.get(f"/{language}/{path}")

    here = f'href="/{language}/{path}" aria-current="page"'
    assert page.html.count('aria-current="page"') == page.html.count(here) == 1
    assert [each for each in ALL_PATHS if f'href="/{language}/{each}"' not in page.html] == []


@pytest.mark.parametrize("path", ALL_PATHS)
def test_head_names_the_page_in_each_language_and_describes_it(
    pages: Pages, site: Site, path: str
) -> None:
    page = pages.get(f"/es/{path}")

    assert page.html.count('rel="alternate"') == len(make_meeting().languages)
    for language in make_meeting().languages:
        address = f"{site.url}/{language}/{path}"
        assert f'<link rel="alternate" hreflang="{language}" href="{address}">' in page.html
    assert page.html.count('<meta name="description" content="') == 1
    assert '<meta name="description" content="">' not in page.html


def test_home_keeps_the_agenda_where_a_segment_stands_beside_it(pages: Pages) -> None:
    text = pages.get(f"/en/{SUMMIT}/").text

    agenda = text.split("Tentative agenda")[1]
    lines, segments = agenda.split("Parts of the meeting")
    assert "Coffee break" in lines
    assert "Hearing; of, many" in segments


def test_page_of_one_call_stands_below_the_calls(pages: Pages, site: Site) -> None:
    page = pages.get(f"/en/{SUMMIT}/calls/speakers/")

    assert f'href="/en/{SUMMIT}/calls/" aria-current="true"' in page.html
    assert page.html.count("aria-current=") == 1
    address = f"{site.url}/es/{SUMMIT}/calls/speakers/"
    assert f'<link rel="alternate" hreflang="es" href="{address}">' in page.html


def test_links_are_those_of_what_the_meeting_has(pages: Pages) -> None:
    page = pages.get(f"/en/{RCM}/")

    there = [each for each in PARTS if f'href="/en/{RCM}/{each}"' in page.html]
    assert there == ["agenda", "participants"]


@pytest.mark.parametrize("path", ["roadmap", "roadmap.ics", "documents", "calls/"])
def test_page_of_what_a_meeting_has_not_is_none(pages: Pages, path: str) -> None:
    pages.get(f"/en/{RCM}/{path}", status=404)


@pytest.mark.parametrize("part", ["roadmap", "documents", "calls/"])
def test_meeting_without_one_part_has_the_others(site: Site, part: str) -> None:
    source = read_summit(without=part.strip("/"))
    if part == "calls/":
        source = source.replace('call = "speakers"\n', "")
    load_summit(site.office, source=source)
    pages = Pages(site.app, site.url)

    pages.get(f"/en/{SUMMIT}/{part}", status=404)
    page = pages.get(f"/en/{SUMMIT}/agenda")

    there = [each for each in PARTS if f'href="/en/{SUMMIT}/{each}"' in page.html]
    assert there == [each for each in PARTS if each != part]


def test_agenda_tells_days_segments_and_lines(pages: Pages) -> None:
    page = pages.get(f"/es/{SUMMIT}/agenda")

    assert "Jueves 31 de marzo de 2022" in page.text
    assert "21:00 – 22:30 En su hora local: Audiencia; de, muchas partes" in page.text
    assert "Horario por anunciar Cierre de todo" in page.text
    assert "Adopción de la Declaración de la CRM de cara al PMM Sala 2 Objetivo del Pacto: 23" in (
        page.text
    )
    assert page.html.count('id="progress"') == page.html.count('id="adoption"') == 1
    assert "desde las 17:50" in page.text
    assert "hora de la Ciudad de México (UTC−6)" in page.text
    assert "Objetivos del Pacto: 2 y 5" in page.text
    assert 'data-local-hours="2022-03-31T21:00:00-06:00"' in page.html
    assert 'data-until="2022-03-31T22:30:00-06:00"' in page.html


def test_roadmap_parts_what_is_over_from_what_is_to_come(pages: Pages) -> None:
    coming, _, past = pages.get(f"/en/{SUMMIT}/roadmap").text.partition("Already over")

    assert "February 2022 Day to be announced Consultation of partners" in coming
    assert "31 March 2022 Hearing of many" in coming
    assert "13 and 14 January 2022 Briefing for States" in past
    assert "Those of which only the month is known are not in it." in coming


def test_step_leads_to_its_call_its_segment_and_its_link(pages: Pages) -> None:
    html = pages.get(f"/en/{SUMMIT}/roadmap").html

    assert f'<a href="/en/{SUMMIT}/calls/speakers/">Register for this step</a>' in html
    assert f'<a href="/en/{SUMMIT}/agenda#hearing">In the agenda</a>' in html
    assert 'id="hearing"' in pages.get(f"/en/{SUMMIT}/agenda").html
    assert 'href="https://www.example.org/briefing?a=1&amp;b=2" rel="noopener external"' in html


def test_documents_say_where_and_in_which_language(pages: Pages) -> None:
    page = pages.get(f"/en/{SUMMIT}/documents")

    at_hand, _, to_come = page.text.partition("Not yet published")
    assert "The Compact & its goals (on another site: undocs.org)" in at_hand
    assert "A/RES/73/195 · undocs.org · in Spanish" in at_hand
    assert 'href="https://undocs.org/es/A/RES/73/195" rel="noopener external" hreflang="es"' in (
        page.html
    )
    assert "Overview of pledges Announced, to be confirmed" in to_come


def test_calls_stand_by_whether_one_can_answer(pages: Pages) -> None:
    text = pages.get(f"/en/{SUMMIT}/calls/").text

    now, _, rest = text.partition("Opening later")
    later, _, over = rest.partition("No longer open")
    assert "Speakers Summary of Speakers For: Everybody Open until Saturday 19 February" in now
    assert "News by mail" in now
    assert "It does not close." in now
    assert "Co-chairs Summary of Co-chairs For: Member Countries (Central America)" in later
    assert "Opens Tuesday 15 February 2022, 09:00" in later
    assert "Closed on Wednesday 19 January 2022, 23:59 Mexico City time" in over
    assert "Was to be decided by Monday 31 January 2022" in over


def test_call_moves_at_its_own_instants(pages: Pages) -> None:
    closes = datetime(2022, 2, 20, 6, tzinfo=UTC)  # midnight of Mexico City

    assert _heading_above(pages, "Speakers", closes.replace(hour=5, minute=59)) == "Open now"
    assert _heading_above(pages, "Speakers", closes) == "No longer open"


def test_delegations_stand_by_region_and_kind(pages: Pages) -> None:
    text = pages.get(f"/es/{SUMMIT}/participants").text

    assert "América Central Países Miembros 11 Belice" in text
    assert "Fuera de la región Organizaciones 2 Red Regional" in text
    assert "Intérpretes Acompañantes" in text
    found = group_by_region(define_summit().to_meeting(SUMMIT, 0))
    assert [len(kind.delegations) for region in found for kind in region.kinds] == [11, 2]


def test_call_of_delegations_without_kinds_is_for_all_of_them() -> None:
    meeting = define_summit().to_meeting(SUMMIT, 0)
    call = next(each for each in meeting.calls if each.key == "chairs")
    words = get_translator("es")

    assert who_answers(call, meeting, words) == "Países Miembros (América Central)"


@pytest.mark.parametrize("path", ["agenda.ics", "roadmap.ics"])
def test_calendar_file_is_read_and_is_not_sent_twice(pages: Pages, site: Site, path: str) -> None:
    address = f"/es/{SUMMIT}/{path}"
    first = pages.client.get(address, base_url=site.url)

    assert first.content_type == "text/calendar; charset=utf-8"
    assert f"filename={SUMMIT}-{path.replace('.ics', '')}" in first.headers[
        "Content-Disposition"
    ].replace('"', "")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert read_calendar(first.data).list_parts("VEVENT")
    known = {"If-None-Match": first.headers["ETag"]}
    # An hour later the file bears another moment and says the same.
    with time_machine.travel(NOW.replace(hour=NOW.hour + 1), tick=False):
        again = pages.client.get(address, base_url=site.url, headers=known)
        other = pages.client.get(address.replace("/es/", "/en/"), base_url=site.url, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


@pytest.mark.parametrize("path", [*PARTS, "agenda.ics", "roadmap.ics"])
def test_page_asks_the_database_no_more_than_the_meetings_first(
    pages: Pages, site: Site, path: str
) -> None:
    first = _count_queries(pages, site, f"/en/{SUMMIT}/")

    assert first > 0
    assert _count_queries(pages, site, f"/en/{SUMMIT}/{path}") <= first


def test_first_page_names_the_segments_and_the_calls_that_are_open(pages: Pages) -> None:
    page = pages.get(f"/en/{SUMMIT}/")

    assert f'<a href="/en/{SUMMIT}/agenda#hearing">Hearing; of, many</a>' in page.html
    assert f'<a href="/en/{SUMMIT}/calls/speakers/">Speakers</a>' in page.html
    assert f"/en/{SUMMIT}/calls/chairs/" not in page.html
    # What does not close is no news.
    assert f"/en/{SUMMIT}/calls/news/" not in page.html


def _heading_above(pages: Pages, call: str, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        text = pages.get(f"/en/{SUMMIT}/calls/").text
    above = text.partition(f"{call} Summary")[0]
    headings = ("Open now", "Opening later", "No longer open")
    return max(headings, key=above.rfind)


def _count_queries(pages: Pages, site: Site, path: str) -> int:
    pages.client.get(path, base_url=site.url)
    with watching() as asked:
        pages.client.get(path, base_url=site.url)
    return len(asked)
