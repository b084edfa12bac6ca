"""Files beside what was sent by a form: put there by its sender, opened at the desk."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from registration.domain.events import Event
from registration.domain.submissions import Submission
from registration.store import reading
from registration.store.reading.submissions import chain_of_submission, list_attachments
from tests.builders import RCM
from tests.desks import open_desk
from tests.pages import Page, Pages
from tests.senders import load_calls, open_link, send_to_call
from tests.sites import Site
from tests.uploads.files import make_png


@pytest.fixture
def sent(site: Site) -> Submission:
    load_calls(site.office, now=datetime.now(UTC))
    return send_to_call(site.office, "co-chairs", delegation="cr")


def attach(pages: Pages, path: str, data: bytes, name: str = "cv.png", status: int = 303) -> Page:
    return pages.post(
        path,
        {"attachment": (BytesIO(data), name)},
        form=f"{path}attachments",
        status=status,
        content_type="multipart/form-data",
    )


def list_names(site: Site, sent: Submission) -> list[str]:
    with site.office.database.reading() as session:
        return [each.file.name for each in list_attachments(session, sent.id)]


def test_sender_attaches_opens_and_removes_a_file(
    pages: Pages, site: Site, sent: Submission
) -> None:
    path = open_link(pages, site, sent)

    attach(pages, path, make_png())

    assert list_names(site, sent) == ["cv.png"]
    with site.office.database.reading() as session:
        file = list_attachments(session, sent.id)[0].file
    assert pages.client.get(f"{path}attachments/{file.id}", base_url=site.url).status_code == 200
    Pages(site.app, site.url).get(f"{path}attachments/{file.id}", status=404)
    pages.post(path, {}, form=f"{path}attachments/{file.id}/remove", status=303)
    assert list_names(site, sent) == []


def test_file_beside_what_was_withdrawn_opens_no_more(
    pages: Pages, site: Site, sent: Submission
) -> None:
    path = open_link(pages, site, sent)
    attach(pages, path, make_png())
    with site.office.database.reading() as session:
        file = list_attachments(session, sent.id)[0].file
    opened = f"{path}attachments/{file.id}"
    assert pages.client.get(opened, base_url=site.url).status_code == 200

    pages.post(f"{path}withdraw", {}, status=303)

    pages.get(opened, status=404)


def test_file_that_is_not_what_it_says_is_refused(
    pages: Pages, site: Site, sent: Submission
) -> None:
    path = open_link(pages, site, sent)

    page = attach(pages, path, b"MZ this is a program", "cv.pdf", status=422)

    assert "El archivo debe ser" in page.text
    assert list_names(site, sent) == []


def test_no_more_files_than_the_call_takes(pages: Pages, site: Site, sent: Submission) -> None:
    path = open_link(pages, site, sent)
    fields = next(
        each.fields
        for each in pages.get(path).forms
        if each.attributes["action"].endswith("attachments")
    )
    attach(pages, path, make_png())

    answer = pages.client.post(
        f"{path}attachments",
        data={**fields, "attachment": (BytesIO(make_png()), "second.png")},
        base_url=site.url,
    )

    assert answer.status_code == 409
    assert list_names(site, sent) == ["cv.png"]
    assert len(list(site.office.vault.blobs())) == 1


def test_desk_opens_a_file_and_the_history_says_who(
    pages: Pages, site: Site, sent: Submission
) -> None:
    attach(pages, open_link(pages, site, sent), make_png())
    desk = open_desk(site)
    page = f"/en/secretariat/{RCM}/calls/co-chairs/{sent.reference}/"
    assert "cv.png" in desk.get(page).text
    with site.office.database.reading() as session:
        file = list_attachments(session, sent.id)[0].file

    answer = desk.client.get(f"{page}files/{file.id}", base_url=site.url)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with site.office.database.reading() as session:
        line = reading.list_history(session, chain_of_submission(sent.id))[0]
    assert (line.event, line.staff_name) == (Event.FILE_OPENED, "Luisa Pérez")
    other = send_to_call(site.office, "co-chairs", "other@example.org", delegation="mx")
    desk.get(page.replace(sent.reference, other.reference) + f"files/{file.id}", status=404)
