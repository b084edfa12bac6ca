"""An acceptance that comes twice, too late, or for a letter that is no longer the newest."""

from typing import Any

import pytest

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar.office import Moved
from registration.store import reading
from tests.delegates import entry_path, get, open_link, typed
from tests.desks import make_guide, submit
from tests.offices import Guide
from tests.pages import Page, Pages
from tests.registrar.moving import amend, withdraw
from tests.sites import Site


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def entry(guide: Guide, pages: Pages, site: Site) -> Registration:
    """An invited entry, opened in the browser."""
    entry = guide.approve(submit(guide))
    open_link(pages, site, entry)
    return entry


def test_second_acceptance_changes_nothing_and_says_so(
    pages: Pages, site: Site, entry: Registration
) -> None:
    signing = _fill(pages, entry)
    _send(pages, entry, signing)

    _send(pages, entry, signing)

    said = pages.get(entry_path(entry)).text
    assert f"You accepted letter {entry.reference}/1 on" in said
    assert "Nothing has changed." in said
    assert get(site, entry).version == entry.version + 1
    assert _count(site, "acceptance") == 1


def test_page_of_a_letter_that_is_accepted_says_so(pages: Pages, entry: Registration) -> None:
    _send(pages, entry, _fill(pages, entry))
    pages.get(entry_path(entry))

    pages.get(entry_path(entry, "accept", language="es"), status=303)

    said = pages.get(entry_path(entry, language="es")).text
    assert f"Usted aceptó la carta {entry.reference}/1 el" in said


def test_of_two_browsers_the_second_is_told_that_it_is_done(
    pages: Pages, site: Site, entry: Registration
) -> None:
    other = Pages(site.app, site.url)
    open_link(other, site, entry)
    one, two = _fill(pages, entry), _fill(other, entry)
    _send(pages, entry, one)

    _send(other, entry, two)

    assert "Nothing has changed." in other.get(entry_path(entry)).text
    assert "Your participation is confirmed." in pages.get(entry_path(entry)).text


def test_replaced_letter_is_refused_and_the_new_one_offered_on_the_same_page(
    pages: Pages, site: Site, guide: Guide, entry: Registration
) -> None:
    signing = _fill(pages, entry)
    assert isinstance(amend(guide, entry, reason="As in the passport", surnames="Solano"), Moved)

    answer = _send(pages, entry, signing, status=409)

    assert "A newer letter replaces the one you were shown." in answer.text
    assert f"Letter {entry.reference}/2, page 1" in answer.html
    assert "As in the letter: Persona A Solano" in answer.text
    assert typed(answer, "typed_name") == entry.full_name
    assert "accept" not in answer.forms[0].fields
    assert get(site, entry).state is State.INVITED
    again = {**answer.forms[0].fields, "typed_name": "Persona A Solano", "accept": "y"}
    _send(pages, entry, again)
    assert get(site, entry).state is State.ACCEPTED


def test_terms_that_changed_since_are_shown_before_they_are_accepted(
    pages: Pages, site: Site, entry: Registration
) -> None:
    signing = _fill(pages, entry)
    _change_terms(site)

    answer = _send(pages, entry, signing, status=409)

    assert "The terms have changed since this page was opened." in answer.text
    assert "Acepto otra cosa" in answer.text
    assert typed(answer, "typed_name") == entry.full_name
    again = {**answer.forms[0].fields, "accept": "y"}
    _send(pages, entry, again)
    assert get(site, entry).state is State.ACCEPTED


def test_form_without_the_words_shown_is_taken(
    pages: Pages, site: Site, entry: Registration
) -> None:
    signing = _fill(pages, entry)
    del signing["terms"]

    _send(pages, entry, signing)

    assert get(site, entry).state is State.ACCEPTED


@pytest.mark.parametrize("fields", [{}, {"typed_name": "", "accept": None}])
def test_form_of_a_withdrawn_entry_brings_nothing_personal_back(
    pages: Pages, guide: Guide, entry: Registration, fields: dict[str, Any]
) -> None:
    signing = _fill(pages, entry) | fields
    withdraw(guide, entry)

    answer = _send(pages, entry, signing, status=409)

    assert "so it cannot be accepted now" in answer.text
    assert entry.full_name not in answer.html
    assert "As in the letter" not in answer.html


def _fill(pages: Pages, entry: Registration) -> dict[str, Any]:
    """Return the form as the page gives it, filled in."""
    hidden = pages.get(entry_path(entry, "accept")).forms[0].fields
    return {**hidden, "typed_name": entry.full_name, "accept": "y"}


def _send(pages: Pages, entry: Registration, fields: dict[str, Any], status: int = 303) -> Page:
    path = entry_path(entry, "accept")
    sent = {key: value for key, value in fields.items() if value is not None}
    response = pages.client.post(path, data=sent, base_url=pages.base_url)
    return pages._check(response, path, status)


def _change_terms(site: Site) -> None:
    with site.office.database.writing() as session:
        source = reading.list_meeting_sources(session)[0].source
        changed = source.replace("Acepto la invitación", "Acepto otra cosa", 1)
        assert changed != source
        session.connection().exec_driver_sql("UPDATE meeting SET source = ?", (changed,))


def _count(site: Site, table: str) -> int:
    with site.office.database.reading() as session:
        found = session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}")
        return int(found.scalar_one())
