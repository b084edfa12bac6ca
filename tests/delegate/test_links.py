"""Private links: what they open, what they never do, and what happens when they open nothing."""

from dataclasses import replace

import pytest

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import correcting, entering, linking
from registration.registrar.office import Moved
from registration.web import links
from tests.delegates import count_mails, entry_path, get, link_of, open_link
from tests.desks import make_guide, submit
from tests.offices import FOCAL_POINT, Guide
from tests.pages import Pages
from tests.sites import Site


def test_link_leads_to_the_entry_in_the_entry_s_language(pages: Pages, site: Site) -> None:
    entry = submit(make_guide(site), language="es")

    assert open_link(pages, site, entry) == entry_path(entry, language="es")


def test_link_of_a_new_entry_leads_to_the_button(pages: Pages, site: Site) -> None:
    entry = _unconfirmed(make_guide(site))

    assert open_link(pages, site, entry) == entry_path(entry, "confirm", language="es")


def test_scanner_that_opens_every_link_moves_nothing(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    new, invited = _unconfirmed(guide), guide.approve(submit(guide, "pa"))
    changing = _change_address(site, submit(guide, "hn"))
    nominated = _nominate(guide)
    entries = [new, invited, changing, nominated]
    mails = count_mails(site)

    for entry in entries:
        for path in _all_addresses(site, entry):
            for method in ("GET", "HEAD"):
                pages.client.open(path, method=method, base_url=site.url)

    assert [get(site, each) for each in entries] == entries
    assert count_mails(site) == mails


@pytest.mark.parametrize("token", ["nothing", "x" * 32, "ñ", "%00", "a" * 3000])
def test_unknown_link_says_so_and_offers_a_new_one(pages: Pages, token: str) -> None:
    page = pages.get(f"/l/{token}", status=404)

    assert "This link no longer works" in page.text
    assert page.forms[0].attributes["action"] == "/en/registration/"


def test_replaced_link_is_answered_like_an_unknown_one(pages: Pages, site: Site) -> None:
    entry = submit(make_guide(site))
    old = link_of(site, replace(entry, link_generation=0))

    first, second = pages.get(old, status=404), pages.get("/l/nothing", status=404)

    assert first.text == second.text


def test_whoever_guesses_links_is_stopped(pages: Pages, site: Site) -> None:
    entry = submit(make_guide(site))
    for number in range(30):
        pages.client.get(f"/l/guess-{number}", base_url=site.url)

    assert pages.get("/l/guess", status=429).title.startswith("Too many tries")
    assert pages.client.get(link_of(site, entry), base_url=site.url).status_code == 429


def test_raised_generation_closes_the_open_browser(pages: Pages, site: Site) -> None:
    entry = _change_address(site, submit(make_guide(site)))
    open_link(pages, site, entry)
    pages.get(entry_path(entry))

    linking.confirm_new_address(
        site.office, entry.id, "otra@example.org", arrived_at=make_guide(site).now
    )

    pages.get(entry_path(entry), status=404)


def test_browser_keeps_the_entries_that_it_opened_last(
    pages: Pages, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_ENTRIES", 2)
    guide = make_guide(site)
    entries = sorted((submit(guide, key) for key in ("cr", "pa", "hn")), key=_reference)
    oldest, newest, newer = entries[2], entries[1], entries[0]

    for entry in (oldest, newer, newest):
        open_link(pages, site, entry)

    page = pages.get("/en/registration/")
    assert [each.full_name in page.text for each in (oldest, newer, newest)] == [False, True, True]


def test_new_address_is_used_after_its_own_link_and_a_button(pages: Pages, site: Site) -> None:
    entry = _change_address(site, submit(make_guide(site)))
    there = pages.client.get(_link_of_new_address(site, entry), base_url=site.url).location

    page = pages.get(there)
    assert "otra@example.org" in page.text
    assert entry.full_name not in page.text
    pages.post(there, {}, status=303)

    now = get(site, entry)
    assert (now.particulars.email, now.new_email) == ("otra@example.org", None)
    pages.get(entry_path(entry, language="es"))


def test_new_address_is_not_confirmed_from_the_entry_alone(pages: Pages, site: Site) -> None:
    entry = _change_address(site, submit(make_guide(site)))
    open_link(pages, site, entry)

    pages.get(entry_path(entry, "address"), status=404)


@pytest.mark.parametrize("language", ["en", "es"])
def test_link_is_sent_again_and_the_answer_is_always_the_same(
    pages: Pages, site: Site, language: str
) -> None:
    entry = submit(make_guide(site))
    path = f"/{language}/registration/"
    texts = []

    for address in (entry.particulars.email, "nobody@example.org"):
        before = count_mails(site)
        asked = {"meeting_id": entry.meeting_id, "email": address}
        pages.post(path, asked, status=303)
        texts.append(pages.get(path).text.replace(address, "..."))
        assert count_mails(site) == before + (address == entry.particulars.email)

    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Enter a full e-mail address"), ("es", "Escriba un correo electrónico completo")],
)
def test_link_form_says_what_is_wrong(pages: Pages, language: str, sentence: str) -> None:
    asked = {"meeting_id": "rcm-imrf-2022", "email": "ana"}

    page = pages.post(f"/{language}/registration/", asked)

    assert sentence in page.text


def _reference(entry: Registration) -> str:
    return entry.reference


def _unconfirmed(guide: Guide) -> Registration:
    application = guide.apply()
    guide.register(application)
    return guide.get(application.entry)


def _nominate(guide: Guide) -> Registration:
    application = guide.apply("gt", with_passport=False)
    moved = entering.nominate(guide.office, application, by=FOCAL_POINT, arrived_at=guide.now)
    assert isinstance(moved, Moved)
    assert moved.registration.state is State.NOMINATED
    return moved.registration


def _change_address(site: Site, entry: Registration) -> Registration:
    moved = correcting.correct(
        site.office,
        entry.id,
        replace(entry.particulars, email="otra@example.org"),
        version=entry.version,
        arrived_at=make_guide(site).now,
    )
    assert isinstance(moved, Moved)
    return moved.registration


def _link_of_new_address(site: Site, entry: Registration) -> str:
    address = entry.new_email or ""
    return f"/l/{site.office.tokens.of_new_address(entry.id, address, entry.link_generation)}"


def _all_addresses(site: Site, entry: Registration) -> list[str]:
    below = ("", "confirm", "correct", "accept", "withdraw", "address", "letter.pdf")
    mailed = [link_of(site, entry), _link_of_new_address(site, entry)]
    return mailed + [entry_path(entry, each) for each in below]
