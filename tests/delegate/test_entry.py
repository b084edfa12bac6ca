"""The entry's own page, state by state, and who sees it."""

from datetime import UTC, datetime

import pytest

from registration.domain.events import DELEGATE
from registration.domain.registrations import Registration
from registration.registrar import deciding, withdrawing
from registration.store import reading
from tests.delegates import entry_path, link_of, open_link
from tests.desks import make_guide, submit
from tests.offices import REVIEWER, Guide
from tests.pages import Pages
from tests.sites import Site

BELOW = (
    "",
    "confirm",
    "correct",
    "accept",
    "withdraw",
    "address",
    "letter.pdf",
    "letter/1.png",
    "record.pdf",
    "passport/1.jpg",
)


@pytest.mark.parametrize("below", BELOW)
def test_browser_without_the_link_sees_nothing(pages: Pages, site: Site, below: str) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    mine = submit(guide, "pa")
    open_link(pages, site, mine)

    answer = pages.client.get(entry_path(entry, below), base_url=site.url)

    assert answer.status_code == 404
    assert entry.full_name not in answer.text


@pytest.mark.parametrize("below", ["confirm", "correct", "accept", "withdraw"])
def test_browser_without_the_link_moves_nothing(pages: Pages, site: Site, below: str) -> None:
    entry = submit(make_guide(site))
    token = pages.get("/en/registration/").forms[0].fields["csrf_token"]
    sent = {"csrf_token": token, "reference": entry.reference, "version": entry.version}

    answer = pages.client.post(entry_path(entry, below), data=sent, base_url=site.url)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("language", "word", "sentence", "told"),
    [
        ("en", "Submitted", "The Secretariat is reviewing it", "E-mail address confirmed"),
        ("es", "Recibida", "La Secretaría la está revisando", "Correo confirmado"),
    ],
)
def test_submitted_entry_says_where_it_stands(
    pages: Pages, site: Site, language: str, word: str, sentence: str, told: str
) -> None:
    entry = submit(make_guide(site))
    open_link(pages, site, entry)

    text = pages.get(entry_path(entry, language=language)).text

    for each in (word, sentence, told, entry.full_name, entry.reference, "pasaporte.jpg"):
        assert each in text


def test_returned_entry_shows_what_is_asked_and_never_who_asks(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    entry = submit(guide)
    deciding.return_(
        site.office,
        entry.id,
        version=entry.version,
        by=REVIEWER,
        reason="Line 2 <b>is not</b> sharp.",
        arrived_at=guide.now,
    )
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry))

    assert "Line 2 <b>is not</b> sharp." in page.text
    assert "Correct the registration" in page.text
    assert "Luisa" not in page.html


def test_invited_entry_shows_its_letter(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    open_link(pages, site, entry)

    assert "Sign the acceptance" in pages.get(entry_path(entry)).text
    pdf = pages.client.get(entry_path(entry, "letter.pdf"), base_url=site.url)
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Content-Disposition"].startswith("attachment; filename=")
    assert f"{entry.reference}-1.pdf" in pdf.headers["Content-Disposition"]
    picture = pages.client.get(entry_path(entry, "letter/1.png"), base_url=site.url)
    assert picture.data.startswith(b"\x89PNG")
    assert pages.client.get(entry_path(entry, "letter/9.png"), base_url=site.url).status_code == 404


@pytest.mark.parametrize(("state", "word"), [("declined", "Declined"), ("withdrawn", "Withdrawn")])
def test_final_entry_shows_its_state_and_nothing_personal(
    pages: Pages, site: Site, state: str, word: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide)) if state == "withdrawn" else submit(guide)
    open_link(pages, site, entry)
    _end(guide, entry, state)
    person = entry.particulars

    page = pages.get(entry_path(entry))

    assert word in page.text
    assert "CRMST@iom.int" in page.text
    for each in (person.surnames, person.given_names, person.email, person.institution, "Luisa"):
        assert each not in page.html
    assert ("Another person was named" in page.text) is (state == "declined")
    assert entry.full_name not in pages.get("/en/registration/").html
    for below in ("letter.pdf", "letter/1.png", "record.pdf", "passport/1.jpg"):
        answer = pages.client.get(entry_path(entry, below), base_url=site.url)
        assert answer.status_code == 404, below


def test_own_passport_is_a_picture_of_ours_and_its_opening_is_recorded(
    pages: Pages, site: Site
) -> None:
    entry = submit(make_guide(site))
    open_link(pages, site, entry)

    answer = pages.client.get(entry_path(entry, "passport/1.jpg"), base_url=site.url)

    assert answer.data.startswith(b"\xff\xd8\xff")
    assert "SPECIMEN" not in answer.headers.get("Content-Disposition", "")
    with site.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(entry.id))[0]
    assert (line.event.value, line.actor.value) == ("file_opened", "delegate")
    assert (
        pages.client.get(entry_path(entry, "passport/2.jpg"), base_url=site.url).status_code == 404
    )


def test_two_entries_in_one_browser_stay_apart(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    one, other = submit(guide), submit(guide, "pa")
    open_link(pages, site, one)
    open_link(pages, site, other)

    assert other.full_name not in pages.get(entry_path(one)).text
    assert one.full_name not in pages.get(entry_path(other)).text
    listed = pages.get("/en/registration/").text
    assert one.full_name in listed
    assert other.full_name in listed


def test_private_pages_are_kept_by_no_cache_and_no_search_engine(pages: Pages, site: Site) -> None:
    entry = submit(make_guide(site))
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry))

    assert page.response.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in page.html
    assert link_of(site, entry) not in page.html


def _end(guide: Guide, entry: Registration, state: str) -> None:
    now = datetime.now(UTC)
    if state == "declined":
        deciding.decline(
            guide.office,
            entry.id,
            version=entry.version,
            by=REVIEWER,
            reason="Another person was named.",
            arrived_at=now,
        )
    else:
        withdrawing.withdraw(
            guide.office, entry.id, version=entry.version, by=DELEGATE, arrived_at=now
        )
