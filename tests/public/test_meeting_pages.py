"""The pages of a meeting: everything its file says, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from registration.language.texts import fill
from registration.language.translator import get_translator
from registration.meetings.reading import get_meeting
from registration.public.courtesies import group_delegations
from tests.builders import RCM, make_meeting
from tests.pages import Pages
from tests.sites import Site

LANGUAGES = ("en", "es")
PATHS = ("", f"{RCM}/", f"{RCM}/privacy", "accessibility", "verify/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_public_page_is_in_order(pages: Pages, language: str, path: str) -> None:
    page = pages.get(f"/{language}/{path}")

    assert page.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_meeting_page_holds_what_the_file_says(pages: Pages, site: Site, language: str) -> None:
    words = get_translator(language)
    with site.office.database.reading() as session:
        meeting = get_meeting(session, RCM)

    text = pages.get(f"/{language}/{RCM}/").text

    told = [
        meeting.title,
        meeting.sovereignty_note,
        meeting.participation_level,
        meeting.courtesies_note,
        meeting.product,
        *meeting.purpose,
        *meeting.not_paid,
        *(each.name for each in meeting.courtesies),
        *(each.name for each in meeting.delegations),
        *(item.title for day in meeting.agenda for item in day.items),
    ]
    for each in told:
        assert " ".join(fill(each, meeting, words).replace("\u00a0", " ").split()) in text
    deadline = words.last_minute(meeting.deadline, meeting.zone).replace("\u00a0", " ")
    assert deadline[0].upper() + deadline[1:] in text


def test_deadline_card_counts_days_on_the_city_s_calendar(site: Site) -> None:
    with site.office.database.reading() as session:
        deadline = get_meeting(session, RCM).deadline
    pages = Pages(site.app, site.url)

    # Seven hours before the last midnight of Mexico City it is the next day in Madrid already.
    assert _card(pages, deadline - timedelta(hours=30)) == ("1", True)
    assert _card(pages, deadline - timedelta(hours=7)) == ("Today", True)
    assert _card(pages, deadline - timedelta(seconds=1)) == ("Today", True)
    assert _card(pages, deadline) == ("", False)


def test_meeting_page_never_says_who_has_answered(pages: Pages) -> None:
    page = pages.get(f"/en/{RCM}/")

    assert page.html.count('<span class="arcade__pair"><span></span><span></span></span>') == 13


def test_delegations_that_receive_the_same_stand_together() -> None:
    groups = group_delegations(make_meeting(), get_translator("en"))

    assert groups[0].names.startswith("Belize, Costa Rica, El Salvador, Guatemala")
    assert groups[0].names.endswith("Panama, Dominican Republic and RNCOM")
    assert [each.names for each in groups[1:]] == [
        "Canada and United States",
        "Mexico (host country) and SACM",
    ]
    assert groups[0].courtesies == {"flight", "accommodation", "meals"}


def test_rehearsal_is_told_on_every_page_of_the_meeting(pages: Pages) -> None:
    assert "Rehearsal." in pages.get(f"/en/{RCM}/").text
    assert "Ensayo." in pages.get(f"/es/{RCM}/privacy").text
    assert "Rehearsal." not in pages.get("/en/").text


def test_home_lists_the_meetings(pages: Pages) -> None:
    page = pages.get("/es/")

    assert f'href="/es/{RCM}/"' in page.html
    assert "La inscripción está abierta hasta el" in page.text


def _card(pages: Pages, at: datetime) -> tuple[str, bool]:
    """Return the numeral of the deadline card at that moment, and whether one can register."""
    with time_machine.travel(at.astimezone(UTC), tick=False):
        html = pages.get(f"/en/{RCM}/").html
    numeral = html.partition('class="deadline__number')[2].partition(">")[2].partition("<")[0]
    return numeral, f'href="/en/{RCM}/register"' in html
