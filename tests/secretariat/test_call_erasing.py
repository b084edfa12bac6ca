"""Erasing at the desk what was sent to a call: asked once more, with a reason that is chosen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from registration.domain.roles import Role
from registration.domain.submissions import Submission
from registration.meetings.reading import get_meeting
from registration.registrar import announcing, erasing, selecting
from registration.registrar.submitting import withdraw_submission
from registration.store.tables.mail import DbMail
from tests.builders import RCM
from tests.desks import open_desk
from tests.offices import REVIEWER
from tests.pages import Pages
from tests.senders import leave_path, load_calls, open_link, read, send_to_call
from tests.sites import Site

ADMIN = "administradora@example.org"
PAGE = f"/en/secretariat/{RCM}/retention"


@pytest.fixture(autouse=True)
def _calls(site: Site) -> None:
    load_calls(site.office, now=datetime.now(UTC))


def open_administrator(site: Site) -> Pages:
    return open_desk(site, ADMIN, roles=[Role.ADMINISTRATOR])


def path_of(submission: Submission, *rest: str, language: str = "en") -> str:
    below = "/".join((submission.call, submission.reference, *rest))
    return f"/{language}/secretariat/{RCM}/calls/{below}" + ("" if rest else "/")


def withdraw(site: Site, sent: Submission) -> Submission:
    result = withdraw_submission(
        site.office, sent.id, by=REVIEWER, arrived_at=datetime.now(UTC), reason="x"
    )
    assert isinstance(result, Submission), result
    return result


@pytest.mark.parametrize("language", ["en", "es"])
def test_administrator_erases_a_submission_after_being_asked_once_more(
    site: Site, language: str
) -> None:
    sent = withdraw(site, send_to_call(site.office))
    desk = open_administrator(site)
    desk.typed += [sent.sender.name, sent.sender.institution, sent.sender.position]
    path = path_of(sent, "erase", language=language)
    assert f'href="{path}"' in desk.get(path_of(sent, language=language)).html
    assert sent.sender.name in desk.get(path).text

    desk.post(path, {}, status=422)
    desk.post(path, {"reason": "unneeded", "sure": "y"}, status=422)
    desk.post(path, {"reason": "request"}, status=422)
    assert read(site.office, sent.id).erased_at is None
    desk.post(path, {"reason": "request", "sure": "y"}, status=303)

    assert read(site.office, sent.id).sender.name == ""
    page = desk.get(path_of(sent, language=language))
    for word in (sent.sender.name, sent.sender.email, sent.sender.institution):
        assert word not in page.text
    desk.get(path, status=404)
    erasing.run_due(site.office, now=datetime.now(UTC))
    page = desk.get(PAGE.replace("/en/", f"/{language}/"))
    assert sent.reference in page.text
    record = next(each for each in page.html.split('"') if each.endswith(".pdf"))
    assert desk.client.get(record, base_url=site.url).data.startswith(b"%PDF")


def test_page_says_what_will_be_gone_and_how_much(site: Site) -> None:
    sent = withdraw(site, send_to_call(site.office))
    send_to_call(site.office, email="other@example.org")

    page = open_administrator(site).get(path_of(sent, "erase"))

    # The confirmation, the receipt and the withdrawal; the office was told of two of them.
    assert "What was sent to calls, with its attachments 1" in page.text
    assert "Messages and their recipients 5" in page.text
    assert "Names, institutions" not in page.text


def test_reviewer_is_shown_no_way_to_erase(site: Site) -> None:
    sent = withdraw(site, send_to_call(site.office))
    desk = open_desk(site)

    page = desk.get(path_of(sent))

    assert "Erase the personal data" not in page.text
    desk.get(path_of(sent, "erase"), status=404)


def test_what_still_counts_is_withdrawn_first(site: Site) -> None:
    sent = send_to_call(site.office)
    desk = open_administrator(site)

    page = desk.get(path_of(sent, "erase"))

    assert "Withdraw it first" in page.text
    assert all("reason" not in form.fields for form in page.forms)
    assert f'href="{path_of(sent)}#decide"' in page.html


def test_form_that_stood_open_while_a_colleague_erased_is_told(site: Site) -> None:
    sent = withdraw(site, send_to_call(site.office))
    desk = open_administrator(site)
    path = path_of(sent, "erase")
    form = desk.get(path).forms[-1]
    erasing.run_due(site.office, now=datetime.now(UTC) + timedelta(days=400))

    answer = desk.client.post(
        path, data={**form.fields, "reason": "request", "sure": "y"}, base_url=site.url
    )

    assert answer.status_code == 409
    assert "are erased already" in answer.text


def test_submission_of_another_call_is_not_found_under_this_one(site: Site) -> None:
    sent = withdraw(site, send_to_call(site.office))

    path = path_of(sent, "erase").replace("/rapporteur/", "/news/")

    open_administrator(site).get(path, status=404)


def test_sum_of_what_went_by_itself_stands_on_the_page_of_data(site: Site) -> None:
    sent = withdraw(site, send_to_call(site.office, "news"))
    _deliver(site)
    desk = open_administrator(site)
    day = datetime.now(UTC) + timedelta(days=2)
    assert "Nothing was erased yet." in desk.get(PAGE).text

    erasing.run_due(site.office, now=day)

    page = desk.get(PAGE)
    assert "The site has erased by itself one thing sent to a call" in page.text
    assert "Nothing was erased yet." not in page.text
    assert "Being checked" not in page.text
    assert "The personal data were erased." in desk.get(path_of(sent)).text


def test_sender_reads_on_which_day_it_goes(site: Site) -> None:
    pages = Pages(site.app, site.url)
    sent = send_to_call(site.office, "news")
    pages.typed += [sent.sender.name, sent.sender.institution, sent.sender.position]
    path = open_link(pages, site, sent).replace("/es/", "/en/")
    meeting_day = _meeting_day(site)
    assert f"{meeting_day.day} {meeting_day:%B} {meeting_day.year}" in pages.get(path).text

    withdraw(site, sent)

    page = pages.get(path)
    assert f"{meeting_day:%B} {meeting_day.year}" not in page.text
    assert "Erased on" in page.text
    _deliver(site)
    erasing.run_due(site.office, now=datetime.now(UTC) + timedelta(days=2))
    assert "were erased on" in pages.get(path).text


@pytest.mark.parametrize("language", ["en", "es"])
def test_public_pages_say_within_how_many_days(site: Site, language: str) -> None:
    pages = Pages(site.app, site.url)
    sent = send_to_call(site.office, "news")
    pages.post(leave_path(site, sent, language), {}, status=200)

    left = pages.get(leave_path(site, sent, language)).text
    call = pages.get(f"/{language}/{RCM}/calls/news/").text
    privacy = pages.get(f"/{language}/{RCM}/privacy").text

    assert " 2 " in left.replace("\u00a0", " ")
    for text in (call, privacy):
        assert " 10 " in text
        assert " 2 " in text


def test_erased_sender_is_named_on_no_public_page(site: Site) -> None:
    """After the meeting one who was chosen and published is erased on request, with no line left
    that says nothing."""
    now = datetime.now(UTC)
    sent = send_to_call(site.office)
    selecting.choose(site.office, sent.id, version=sent.version, by=REVIEWER, arrived_at=now)
    announcing.tell_everybody(site.office, sent.meeting_id, "rapporteur", by=REVIEWER, at=now)
    announcing.publish_decision(
        site.office, sent.meeting_id, "rapporteur", is_public=True, by=REVIEWER, at=now
    )
    pages = Pages(site.app, site.url)
    pages.typed += [sent.sender.name, sent.sender.institution]
    path = f"/en/{RCM}/calls/rapporteur/"
    assert sent.sender.name in pages.get(path).text

    erasing.run_due(site.office, now=now + timedelta(days=400))

    page = pages.get(path)
    assert sent.sender.name not in page.text
    assert "Who was chosen" not in page.text


def _deliver(site: Site) -> None:
    with site.office.database.writing() as session:
        session.query(DbMail).update({"status": "sent"})


def _meeting_day(site: Site) -> date:
    with site.office.database.reading() as session:
        return get_meeting(session, RCM).erased_on
