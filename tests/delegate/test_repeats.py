"""Nothing of a form that is sent once more is used: no field of it, and no file (part 7)."""

import pytest

from registration.domain.papers import FileRole
from registration.registrar.receiving import find_received
from registration.web import limits
from registration.web.counters import Limit
from registration.web.limits import REGISTER_ADDRESS
from tests.delegates import (
    count_mails,
    entry_path,
    fill,
    find_only,
    form_path,
    get,
    link_of,
    make_file,
    particulars,
    sent_path,
)
from tests.pages import Pages
from tests.sites import Site
from tests.uploads.files import make_png


def test_file_of_a_repeated_form_takes_no_passport_s_place(pages: Pages, site: Site) -> None:
    hidden = pages.get(form_path()).forms[0].fields
    pages.client.post(form_path(), data={**hidden, **fill()}, base_url=site.url)
    entry = find_only(site)
    owner = Pages(site.app, site.url)
    owner.client.get(link_of(site, entry), base_url=site.url)
    owner.post(entry_path(entry, "confirm"), {}, status=303)

    again = fill(passport=make_file(make_png(), "another.png"))
    answer = pages.client.post(form_path(), data={**hidden, **again}, base_url=site.url)

    assert answer.status_code == 303
    assert find_received(site.office, entry.id, FileRole.PASSPORT) is None
    owner.post(entry_path(entry, "correct"), particulars(position="Embajadora"), status=303)
    assert get(site, entry).passport == entry.passport


def test_mailbox_of_a_stranger_is_not_filled(pages: Pages, site: Site) -> None:
    names = [f"Ana {each}" for each in "ABCDEFGHIJKLMNOPQRSTU"]
    assert len(names) == REGISTER_ADDRESS.times + 1

    codes = [
        pages.client.post(
            form_path(),
            data={**pages.get(form_path()).forms[0].fields, **fill(given_names=each)},
            base_url=site.url,
        ).status_code
        for each in names
    ]

    assert codes == [303] * REGISTER_ADDRESS.times + [429]
    assert count_mails(site) == REGISTER_ADDRESS.times
    other = pages.post(form_path(), fill(email="tomas@example.org"), status=303)
    assert other.response.location == sent_path()


def test_one_visitor_registers_no_crowd_of_strangers(
    pages: Pages, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FORM_SOURCE", Limit("form_source", times=2, seconds=3600))

    codes = [
        pages.client.post(
            form_path(),
            data={
                **pages.get(form_path()).forms[0].fields,
                **fill(given_names=f"Ana {each}", email=f"ana.{each}@example.org"),
            },
            base_url=site.url,
        ).status_code
        for each in "ABC"
    ]

    assert codes == [303, 303, 429]
    assert count_mails(site) == 2


@pytest.mark.parametrize("name", ["Gane en https://evil.example", "WWW.evil.example", "a@b.cd"])
def test_name_that_is_an_address_is_mailed_to_nobody(pages: Pages, site: Site, name: str) -> None:
    page = pages.post(form_path(), fill(given_names=name), status=422)

    assert "Write the name alone, without a web or e-mail address." in page.text
    assert name in page.html
    assert count_mails(site) == 0
