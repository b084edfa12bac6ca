"""Messages and reminders as the desk writes, looks at and sends them, in both languages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from registration.domain.events import Event
from registration.domain.registrations import Registration
from registration.registrar import meetings
from registration.registrar.batching import work_on_due
from registration.registrar.doing import do_part
from registration.store import reading
from tests.builders import RCM
from tests.delegates import link_of
from tests.desks import LIST, entry_path, make_guide, open_desk, submit
from tests.offices import REVIEWER, Guide
from tests.pages import Page, Pages
from tests.sites import Site

REMINDERS = f"/en/secretariat/{RCM}/reminders/"
WORDS = {
    "subject_en": "Your room in {meeting}",
    "body_en": "Dear {treatment} {name},\n\nthe room <b>is</b> ready.\n\n{link}",
    "subject_es": "Su habitación",
    "body_es": "{name}:\n\nla habitación está lista.\n\n{link}",
}


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_message_is_written_looked_at_and_sent(desk: Pages, guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide, "cr", given_names="Ana Lucía"))
    other = submit(guide, "ca", language="en", treatment="Ms.")
    address = begin(desk, [entry, other])

    saved = post(desk, address, WORDS, status=303)
    first = desk.get(saved.response.location)
    second = desk.get(f"{saved.response.location}?n=2")
    sent = post(desk, f"{address}send", {}, page=second, status=303)
    work(site)
    done = desk.get(sent.response.location)

    assert f"Recipient 1 of 2: {entry.full_name}" in first.text
    assert f"[Ensayo] Su habitación: {entry.full_name}" in first.html
    assert f"Recipient 2 of 2: {other.full_name}" in second.text
    assert "2 messages were put into the outbox." in done.text
    assert guide.list_mails(other.id)[-1] == ("message", other.particulars.email)
    history = desk.get(entry_path(entry))
    assert "wrote a message to this person" in history.text
    assert "Message of the Secretariat" in history.text


def test_preview_escapes_what_was_written_and_holds_no_real_link(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = submit(guide, "ca", language="en", treatment="Ms.")
    address = begin(desk, [entry])
    post(desk, address, WORDS, status=303)

    answer = desk.client.get(f"{address}mail/{entry.reference}", base_url=site.url)
    page = desk.get(f"{address}preview")

    assert f"Dear Ms. {entry.full_name}," in answer.text
    assert "the room &lt;b&gt;is&lt;/b&gt; ready." in answer.text
    assert "Open my registration" in answer.text
    for html in (answer.text, page.html):
        assert link_of(site, entry) not in html
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "There is no field {nombre}. The fields are {name}, {treatment}"),
        ("es", "No existe el campo {nombre}. Los campos son {name}, {treatment}"),
    ],
)
def test_unknown_field_is_named_and_nothing_typed_is_lost(
    desk: Pages, guide: Guide, language: str, sentence: str
) -> None:
    address = begin(desk, [submit(guide)]).replace("/en/", f"/{language}/", 1)

    page = post(desk, address, {**WORDS, "subject_es": "Hola {nombre}"}, status=422)

    assert sentence in page.text
    assert 'value="Hola {nombre}"' in page.html
    assert "la habitación está lista." in page.html


def test_language_that_nobody_reads_may_be_left_empty_but_not_half_written(
    desk: Pages, guide: Guide
) -> None:
    address = begin(desk, [submit(guide)])
    spanish = {**WORDS, "subject_en": "", "body_en": ""}

    half = post(desk, address, {**spanish, "subject_en": "Half"}, status=422)
    missing = post(desk, address, {**WORDS, "subject_es": "", "body_es": ""}, status=422)
    post(desk, address, spanish, status=303)

    assert "Write this in English: some recipients read it." in half.text
    assert "Write this in Spanish: some recipients read it." in missing.text


def test_message_that_was_sent_is_shown_and_not_changed(
    desk: Pages, guide: Guide, site: Site
) -> None:
    address = begin(desk, [submit(guide)])
    post(desk, address, WORDS, status=303)
    post(desk, f"{address}send", {}, page=desk.get(f"{address}preview"), status=303)
    work(site)

    again = desk.get(address, status=303)
    shown = desk.get(again.response.location)

    assert "The message as it was sent" in shown.text
    assert "Send to" not in shown.text
    listed = desk.get(f"/en/secretariat/{RCM}/messages/")
    assert "Your room in {meeting}" in listed.text
    assert "1 sent" in listed.text


def test_message_before_its_words_is_not_sent(desk: Pages, guide: Guide) -> None:
    address = begin(desk, [submit(guide)])

    answer = post(desk, f"{address}send", {}, page=desk.get(address), status=303)

    assert answer.response.location == address


def test_nobody_chosen_leads_back_to_the_list(desk: Pages) -> None:
    answer = post(desk, f"/en/secretariat/{RCM}/write", {}, page=desk.get(LIST), status=303)

    assert "No registration was chosen." in desk.get(answer.response.location).text


def test_coming_round_is_shown_held_let_go_and_sent(desk: Pages, guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide, "ca", language="en"))
    bring_near(site)
    page = desk.get(REMINDERS)
    address = find_round(page, "accept")

    post(desk, address, {"what": "hold"}, page=page, status=303)
    held = desk.get(address)
    post(desk, address, {"what": "free"}, page=held, status=303)
    shown = desk.get(address)
    sent = post(desk, address, {"what": "send"}, page=shown, status=303)
    work(site)

    assert "Held back" in held.text
    assert "As things stand it reaches 1 person." in shown.text
    assert "[Rehearsal] Reminder: sign the acceptance of your invitation" in shown.html
    assert "1 message was put into the outbox." in desk.get(sent.response.location).text
    assert ("remind_accept", entry.particulars.email) in guide.list_mails(entry.id)
    past = desk.get(REMINDERS.replace("/en/", "/es/", 1))
    assert "1 enviado" in past.text
    mail = desk.client.get(f"{address}mail/{entry.reference}", base_url=site.url)
    assert "We sent you the invitation letter" in mail.text
    assert link_of(site, entry) not in mail.text


def test_round_that_the_file_does_not_ask_for_is_not_there(desk: Pages) -> None:
    desk.get(f"{REMINDERS}accept/1999-01-01/", status=404)
    desk.get(f"{REMINDERS}nothing/2022-03-16/", status=404)


def test_those_ticked_are_reminded_or_the_page_says_why_not(
    desk: Pages, guide: Guide, site: Site
) -> None:
    invited, waiting = guide.approve(submit(guide, "cr")), submit(guide, "pa")
    chosen = [f"{each.reference}.{each.version}" for each in (invited, waiting)]

    asked = post(
        desk, f"/en/secretariat/{RCM}/remind", {"chosen": chosen}, page=desk.get(LIST), status=303
    )
    work(site)
    page = desk.get(asked.response.location)

    assert "1 message was put into the outbox. 1 was not" in page.text
    assert "There is nothing to remind this person of." in page.text
    assert "sent a message: Reminder: sign the acceptance" in desk.get(entry_path(invited)).text


def begin(desk: Pages, entries: list[Registration]) -> str:
    """Choose the recipients; return the address at which the message is written."""
    chosen = [f"{each.reference}.{each.version}" for each in entries]
    path = f"/en/secretariat/{RCM}/write"
    answer = post(desk, path, {"chosen": chosen}, page=desk.get(LIST), status=303)
    return str(answer.response.location)


def bring_near(site: Site) -> None:
    """Put the dates of the meeting so that its reminders come within two weeks."""
    with site.office.database.reading() as session:
        rolled = reading.get_meeting_source(session, RCM).rolled_weeks
    near = datetime.now(UTC).replace(tzinfo=None, microsecond=0) + timedelta(days=9)
    near -= timedelta(weeks=rolled)
    meetings.amend(
        site.office,
        RCM,
        lambda amendments: amendments.with_dates(deadline=near, changes_until=near),
        event=Event.DATES_CHANGED,
        by=REVIEWER,
        at=datetime.now(UTC),
        facts={},
    )


def find_round(page: Page, rule: str) -> str:
    """Return the address of the first coming round of the rule."""
    return next(
        form.attributes["action"]
        for form in page.forms
        if f"/reminders/{rule}/" in form.attributes["action"]
    )


def work(site: Site) -> None:
    work_on_due(site.office, lambda: datetime.now(UTC), do_part)


def post(
    desk: Pages,
    path: str,
    data: dict[str, Any],
    *,
    page: Page | None = None,
    status: int = 303,
) -> Page:
    """Send a form. page: the one it stands on, where that is not the form's own address."""
    filled = page or desk.get(path)
    token = next(each.fields["csrf_token"] for each in filled.forms)
    desk.typed += [each for each in data.values() if isinstance(each, str) and " " in each]
    response = desk.client.post(path, data={"csrf_token": token, **data}, base_url=desk.base_url)
    return desk._check(response, path, status)
