"""The pages of somebody who registers for a category: the form asks for what the choice needs."""

from typing import Any

import pytest

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import deciding
from registration.registrar.office import Moved
from tests.builders import RCM
from tests.delegates import entry_path, fill, find_only, form_path, get, open_link
from tests.desks import make_guide
from tests.offices import REVIEWER
from tests.pages import Pages
from tests.programs import load_open_program
from tests.sites import Site

LETTER_WORDS = ("invitation", "passport", "signature", "acceptance", "seat")
SPANISH_LETTER_WORDS = ("carta de", "pasaporte", "su firma", "aceptación", "cupo")


@pytest.fixture(autouse=True)
def _program(site: Site) -> None:
    load_open_program(site.office)


def test_choices_stand_under_headings_categories_last(pages: Pages) -> None:
    page = pages.get(form_path())

    groups = page.html.split("<optgroup label=")[1:]
    assert [each.split('"')[1] for each in groups] == [
        "Member Countries",
        "Organisations",
        "Other participants",
    ]
    assert 'value="speakers"' in groups[2]
    assert 'value="interpreters"' not in page.html  # the desk's own


def test_form_that_comes_with_the_choice_says_that_no_passport_is_asked(pages: Pages) -> None:
    page = pages.get(form_path() + "?delegation=speakers")

    said, boxed = _box(page.html, "data-not-for"), _box(page.html, "data-for-nobody")
    assert "hidden" not in said
    assert "hidden" in boxed


def test_form_without_passport_is_enough_where_none_is_asked(pages: Pages, site: Site) -> None:
    pages.post(form_path(), fill(delegation="speakers", passport=None), status=303)

    assert find_only(site).state is State.UNCONFIRMED


def test_passport_is_still_missing_where_it_is_asked(pages: Pages) -> None:
    page = pages.post(form_path(), fill(passport=None), status=422)

    assert "Attach a copy of the passport." in page.text
    assert "hidden" not in _box(page.html, "data-for-nobody")


def test_category_of_the_desk_cannot_be_posted(pages: Pages) -> None:
    page = pages.post(form_path(), fill(delegation="interpreters"), status=422)

    assert "Choose one of the delegations in the list." in page.text


@pytest.mark.parametrize(
    ("language", "words"), [("en", LETTER_WORDS), ("es", SPANISH_LETTER_WORDS)]
)
def test_no_page_speaks_of_a_letter_to_whoever_gets_none(
    pages: Pages, site: Site, language: str, words: tuple[str, ...]
) -> None:
    entry = _register(pages, site)
    open_link(pages, site, entry)
    said: dict[str, str] = {}

    said["confirm"] = pages.get(_path(entry, "confirm", language)).text
    pages.post(_path(entry, "confirm", language), {}, status=303)
    for below in ("", "correct", "withdraw"):
        said[below] = pages.get(_path(entry, below, language)).text
    _approve(site, get(site, entry))
    for below in ("", "withdraw"):
        said["approved " + below] = pages.get(_path(entry, below, language)).text

    for name, text in said.items():
        # The foot of every page names the page about privacy and passport data.
        own = text.rpartition("CRMST@iom.int")[0].lower()
        assert [own[own.index(word) - 60 :][:120] for word in words if word in own] == [], name


def test_approved_page_says_that_the_participation_is_confirmed(pages: Pages, site: Site) -> None:
    entry = make_guide(site).submit("speakers", with_passport=False)
    _approve(site, entry)
    open_link(pages, site, entry)

    text = pages.get(entry_path(entry)).text

    assert "Your participation is confirmed" in text
    assert "Your signature" not in text


def test_page_shows_no_journey_to_whom_nobody_pays_one(pages: Pages, site: Site) -> None:
    entry = make_guide(site).submit("speakers", with_passport=False)
    _approve(site, entry)
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry))

    assert page.html.count('class="path__step ') == 3
    assert "Travel" not in page.text
    assert "Arranged by" not in page.text
    assert "Journey and stay" not in page.text
    assert "Do you need a diet" in page.text


def test_public_page_names_the_groups_that_register(pages: Pages) -> None:
    text = pages.get(f"/en/{RCM}/").text

    assert "Member Countries" in text
    assert "Speakers" in text
    assert "Companions" not in text


def _register(pages: Pages, site: Site, **changes: Any) -> Registration:
    fields = {"delegation": "speakers", "passport": None, **changes}
    pages.post(form_path(), fill(**fields), status=303)
    return find_only(site)


def _approve(site: Site, entry: Registration) -> None:
    guide = make_guide(site)
    done = deciding.approve(
        site.office, entry.id, version=entry.version, by=REVIEWER, arrived_at=guide.now
    )
    assert isinstance(done, Moved), done


def _path(entry: Registration, below: str, language: str) -> str:
    return entry_path(entry, *([below] if below else []), language=language)


def _box(html: str, mark: str) -> str:
    """Return the tag that bears the mark."""
    at = html.index(mark)
    return html[html.rindex("<", 0, at) : html.index(">", at)]
