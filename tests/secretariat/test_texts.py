"""The standing texts at the desk: worded, given back to the file, refused where they do not fit."""

from typing import Any

import pytest

from registration.domain.events import Event, Occasion
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.mail.previewing import preview_mail
from registration.meetings.reading import get_meeting
from registration.store import reading
from registration.store.reading.texts import list_text_changes
from tests.builders import RCM
from tests.desks import make_guide, open_desk, submit
from tests.letters.reading import Paper
from tests.offices import Guide
from tests.pages import Page, Pages
from tests.sites import Site

TEXTS = f"/en/secretariat/{RCM}/texts/"
LETTER = f"{TEXTS}letter/"
MAILS = f"{TEXTS}mails/"
SALUTATION = "letter.salutation.es"
INVITED = {
    "mails.invited.opening.en": "Welcome to {city}, {name}.",
    "mails.invited.opening.es": "Le esperamos en {city}, {name}.",
    "mails.invited.opening.fr": "Nous vous attendons à {city}, {name}.",
    "mails.invited.opening.pt": "Esperamos você na {city}, {name}.",
}


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site, roles=[Role.ADMINISTRATOR])


def test_text_is_worded_and_given_back_to_the_file(desk: Pages, site: Site) -> None:
    filed = find(site)
    save(desk, LETTER, {SALUTATION: "Distinguida persona:"})
    assert find(site) == "Distinguida persona:"
    page = desk.get(LETTER)
    assert "The file says:" in page.text
    assert filed in page.html

    save(desk, LETTER, {SALUTATION: ""})

    assert find(site) == filed
    with site.office.database.reading() as session:
        changes = list_text_changes(session, RCM)
        lines = reading.list_history(session, reading.chain_of_meeting(RCM))
    assert [each.words for each in changes] == [None, "Distinguida persona:"]
    assert {each.staff_name for each in changes} == {"Luisa Pérez"}
    assert [each.event for each in lines] == [Event.TEXT_CHANGED, Event.TEXT_CHANGED]
    assert "back to what the file says" in desk.get(TEXTS).text


def test_nothing_is_kept_where_nothing_was_changed(desk: Pages, site: Site) -> None:
    answer = save(desk, LETTER, {})

    assert "Nothing was changed." in desk.get(answer.response.location).text
    with site.office.database.reading() as session:
        assert list_text_changes(session, RCM) == []


@pytest.mark.parametrize(
    ("language", "words", "sentence"),
    [
        ("en", "Dear {nombre},", "Salutation (Spanish): There is no field {nombre}."),
        ("es", "Dear {nombre},", "Saludo (español): No existe el campo {nombre}."),
        ("en", "Dear {name,", "Salutation (Spanish): A brace has no partner."),
    ],
)
def test_placeholder_that_is_not_known_is_refused_and_nothing_typed_is_lost(
    desk: Pages, site: Site, language: str, words: str, sentence: str
) -> None:
    filed = find(site)

    page = save(desk, LETTER.replace("/en/", f"/{language}/"), {SALUTATION: words}, status=422)

    assert sentence in page.text
    assert f">{words}</textarea>" in page.html
    assert find(site) == filed


def test_mail_begins_with_the_meetings_own_paragraph(desk: Pages, guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide, "ca", language="en"))
    usual = preview(site, entry)
    save(desk, MAILS, INVITED)

    worded = preview(site, entry)

    assert "We approved your registration." in usual
    assert f"Welcome to Mexico City, {entry.full_name}." in worded
    assert "We approved your registration." not in worded
    assert "One step remains: sign the acceptance." in worded
    save(desk, MAILS, dict.fromkeys(INVITED, ""))
    assert preview(site, entry) == usual


def test_mail_is_worded_in_each_language_or_in_none(desk: Pages) -> None:
    half = {"mails.invited.opening.en": INVITED["mails.invited.opening.en"]}

    page = save(desk, MAILS, half, status=422)

    assert "Write it in each language of the meeting, or in none." in page.text


def test_changed_letter_names_the_letters_that_it_leaves_behind(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    address = f"/en/secretariat/{RCM}/letters"
    assert entry.full_name not in desk.get(address).text

    save(desk, LETTER, {SALUTATION: "Distinguida persona:"})

    assert entry.full_name in desk.get(address).text
    assert address in desk.get(LETTER).html


def test_specimen_is_the_letter_as_it_stands_and_says_that_it_is_not_valid(
    desk: Pages, site: Site
) -> None:
    save(desk, LETTER, {SALUTATION: "Distinguida persona:"})

    answer = desk.client.get(f"{LETTER}es.pdf", base_url=site.url)

    paper = Paper(answer.data)
    assert "Distinguida persona:" in paper.list_paragraphs()
    assert "Ensayo: sin validez" in paper.list_paragraphs()
    desk.get(f"{LETTER}it.pdf", status=404)


@pytest.mark.parametrize("group", ["letter", "terms", "paid", "about", "privacy", "mails"])
def test_each_group_is_shown_in_both_languages(desk: Pages, group: str) -> None:
    for language in ("en", "es"):
        desk.get(f"{TEXTS}{group}/".replace("/en/", f"/{language}/"))


def test_group_that_there_is_not_is_not_found(desk: Pages) -> None:
    desk.get(f"{TEXTS}agenda/", status=404)


def save(desk: Pages, path: str, changes: dict[str, Any], *, status: int = 303) -> Page:
    page = desk.get(path)
    token = next(each.fields["csrf_token"] for each in page.forms)
    desk.typed += [each for each in changes.values() if " " in each]
    data = {"csrf_token": token, **changes}
    return desk._check(desk.client.post(path, data=data, base_url=desk.base_url), path, status)


def find(site: Site) -> str:
    with site.office.database.reading() as session:
        return get_meeting(session, RCM).letter.salutation["es"]


def preview(site: Site, entry: Registration) -> str:
    with site.office.database.reading() as session:
        meeting = get_meeting(session, RCM)
    return preview_mail(Occasion.INVITED, meeting, entry, site.office.addresses).text
