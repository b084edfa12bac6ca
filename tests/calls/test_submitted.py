"""What senders do with what they sent: withdraw it, send it again, leave by one click."""

from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser

import pytest
from sqlalchemy import select, update

from registration.domain.events import By
from registration.domain.states import Actor
from registration.domain.submissions import Stand
from registration.jobs.worker import make_mail_room
from registration.mail.building import build
from registration.mail.outbox import claim
from registration.registrar.submitting import confirm_submission
from registration.store.tables.calls import DbSubmission
from registration.store.tables.mail import DbMail
from tests.pages import Pages
from tests.senders import (
    leave_path,
    load_calls,
    open_link,
    read,
    send_to_call,
    submission_path,
)
from tests.sites import Site

REVIEWER = By(actor=Actor.SECRETARIAT, staff_id=None, name="Luisa Pérez")


@pytest.fixture(autouse=True)
def _calls(site: Site) -> None:
    load_calls(site.office, now=datetime.now(UTC))


def list_occasions(site: Site) -> list[str]:
    with site.office.database.reading() as session:
        return sorted(session.scalars(select(DbMail.occasion)))


def test_sender_withdraws_and_can_send_again(pages: Pages, site: Site) -> None:
    submission = send_to_call(site.office)
    path = open_link(pages, site, submission)
    assert path == submission_path(submission)

    pages.post(f"{path}withdraw", {}, status=303)

    assert read(site.office, submission.id).stand is Stand.WITHDRAWN
    assert "submission_withdrawn" in list_occasions(site)
    assert "Retirada" in pages.get(path).text
    assert send_to_call(site.office).id != submission.id


def test_link_of_what_was_withdrawn_tells_nobody_whose_it_was(pages: Pages, site: Site) -> None:
    submission = send_to_call(site.office)
    path = open_link(pages, site, submission)
    before = pages.get(path).text
    pages.post(f"{path}withdraw", {}, status=303)

    finder = Pages(site.app, site.url)
    after = finder.get(open_link(finder, site, submission)).text

    for told in ("Marta Solís", "Red de Mujeres", "Coordinadora", "marta@", "Porque sí."):
        assert told in before
        assert told not in after
    assert "Fue retirada" in after


def test_form_drawn_before_somebody_elses_move_changes_nothing(pages: Pages, site: Site) -> None:
    submission = send_to_call(site.office)
    path = open_link(pages, site, submission)
    form = pages.get(f"{path}withdraw").forms[0].fields

    answer = pages.client.post(f"{path}withdraw", data={**form, "version": "1"}, base_url=site.url)

    assert answer.status_code == 409
    assert read(site.office, submission.id).stand is Stand.SUBMITTED


def test_second_confirmation_is_answered_like_the_first(site: Site) -> None:
    submission = send_to_call(site.office)

    again = confirm_submission(site.office, submission.id, version=1, arrived_at=datetime.now(UTC))

    assert again == submission
    assert list_occasions(site).count("submission_submitted") == 1


def test_news_are_left_by_one_click_that_a_mail_program_makes(pages: Pages, site: Site) -> None:
    submission = send_to_call(site.office, "news")
    path = leave_path(site, submission)

    page = pages.get(path)
    assert "Darse de baja" in page.text
    assert read(site.office, submission.id).stand is Stand.SUBMITTED, "a GET moves nothing"

    # As RFC 8058, 3.2 has it: no cookie, no token of a form, and this body alone.
    program = Pages(site.app, site.url)
    for _ in range(2):
        answer = program.client.post(
            path, data={"List-Unsubscribe": "One-Click"}, base_url=site.url
        )
        assert answer.status_code == 200

    assert read(site.office, submission.id).stand is Stand.WITHDRAWN
    assert list_occasions(site).count("submission_withdrawn") == 1


def test_page_of_news_tells_of_a_subscription(pages: Pages, site: Site) -> None:
    submission = send_to_call(site.office, "news")
    path = open_link(pages, site, submission)

    subscribed = pages.get(path).text
    pages.post(f"{path}withdraw", {}, status=303)
    left = pages.get(path).text

    assert "Recibe nuestras noticias." in subscribed
    assert "Está en manos de quienes" not in subscribed
    assert "Ya no recibe nuestras noticias." in left
    assert "Retirada" not in left.split("Historial")[0]


def test_button_of_the_page_leaves_too(pages: Pages, site: Site) -> None:
    submission = send_to_call(site.office, "news")

    page = pages.post(leave_path(site, submission), {}, status=200)

    assert "Ya no recibirá nuestras noticias" in page.text
    assert read(site.office, submission.id).stand is Stand.WITHDRAWN


def test_token_of_leaving_leaves_nothing_else(pages: Pages, site: Site) -> None:
    news, other = send_to_call(site.office, "news"), send_to_call(site.office)
    token = site.office.tokens.of_leaving(news.id, news.link_generation)

    pages.get(f"/es/leave/{other.reference}/{token}", status=404)
    pages.get(leave_path(site, other), status=404)
    pages.get(leave_path(site, news)[:-1] + "~", status=404)
    pages.get(f"/l/{token}", status=404)
    answer = pages.client.post(f"/es/leave/{news.reference}/nothing", base_url=site.url)

    assert answer.status_code == 404
    assert read(site.office, news.id).stand is Stand.SUBMITTED


def test_every_mail_about_news_but_the_last_bears_the_headers_of_one_click(site: Site) -> None:
    news = send_to_call(site.office, "news")
    send_to_call(site.office)
    room = make_mail_room(site.settings, site.office)
    now = datetime.now(UTC)
    headers: dict[str, tuple[str | None, str | None]] = {}

    while (mail := claim(site.office.database, now=now)) is not None:
        message = BytesParser(policy=policy.default).parsebytes(build(room, mail, now=now))
        name = f"{mail.occasion} {mail.submission_id == news.id}"
        headers[name] = (message["List-Unsubscribe"], message["List-Unsubscribe-Post"])

    address = f"<{site.url}{leave_path(site, news)}>"
    assert headers == {
        "submission_confirm True": (address, "List-Unsubscribe=One-Click"),
        "submission_submitted True": (address, "List-Unsubscribe=One-Click"),
        "submission_confirm False": (None, None),
        "submission_submitted False": (None, None),
        "staff_submission False": (None, None),
    }


def test_nothing_of_an_address_that_did_not_ask_is_subscribed(pages: Pages, site: Site) -> None:
    form = {"name": "Ana", "email": "victim@example.org", "language": "es"}
    pages.post("/en/rcm-imrf-2022/calls/news/", form, status=303)

    with site.office.database.reading() as session:
        rows = list(session.execute(select(DbSubmission.stand, DbSubmission.confirmed_at_utc)))
    assert rows == [(Stand.UNCONFIRMED, None)]
    assert list_occasions(site) == ["submission_confirm"]


def test_newer_link_closes_the_browsers_that_came_through_the_older(
    pages: Pages, site: Site
) -> None:
    submission = send_to_call(site.office)
    path = open_link(pages, site, submission)
    pages.get(path)

    with site.office.database.writing() as session:
        session.execute(update(DbSubmission).values(link_generation=2))

    pages.get(path, status=404)
