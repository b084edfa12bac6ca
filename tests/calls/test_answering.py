"""A delegation's answers over HTTP: who may write, what is refused, and that nothing is lost."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import g
from werkzeug.test import TestResponse

from registration.domain.retention import Reason
from registration.domain.submissions import Stand, Submission
from registration.registrar import drafting, erasing_one, publishing
from registration.registrar.erasing_one import DataGone
from registration.registrar.selecting import receive
from registration.store.reading.submissions import list_attachments
from tests.desks import open_desk
from tests.offices import REVIEWER
from tests.pages import Pages
from tests.questionnaires import CALL, REVIEW, Drafters, load_review
from tests.sites import Site
from tests.uploads.files import make_jpeg

DESK = f"/en/secretariat/{REVIEW}/calls/{CALL}"


@pytest.fixture
def drafters(site: Site) -> Drafters:
    load_review(site.office, now=datetime.now(UTC))
    return Drafters(site.office, datetime.now(UTC))


@pytest.fixture
def draft(site: Site, pages: Pages, drafters: Drafters) -> Submission:
    """A draft whose private link this browser came through."""
    begun = drafters.begin()
    _open(site, pages, begun)
    return begun


def test_draft_is_nobody_s_without_its_link(site: Site, drafters: Drafters) -> None:
    begun = drafters.begin()

    Pages(site.app, site.url).get(_path(begun), status=404)


def test_link_leads_to_the_answers(site: Site, pages: Pages, drafters: Drafters) -> None:
    begun = drafters.begin()
    token = site.office.tokens.of_submission(begun.id, 1)

    answer = pages.client.get(f"/l/{token}", base_url=site.url, follow_redirects=True)

    assert answer.request.path == _path(begun, "es")


def test_answers_are_saved_by_the_button(
    pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    pages.post(_path(draft), {"writer": "Luis", "q_gaps": "Faltan datos", "save": "1"}, status=303)

    answer = drafters.get(draft.id).answers["gaps"]
    assert (answer.words, answer.writer) == ("Faltan datos", "Luis")


def test_room_of_an_answer_is_written_for_readers(pages: Pages, draft: Submission) -> None:
    assert "0 / 20,000" in pages.get(_path(draft, "en")).text


def test_answers_without_the_writer_s_name_come_back(
    pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    page = pages.post(_path(draft), {"q_gaps": "Faltan datos", "save": "1"})

    assert "Write your name first" in page.text
    assert ">\nFaltan datos</textarea>" in page.html
    assert drafters.get(draft.id).answers == {}


def test_two_texts_at_one_question_are_both_shown(
    pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    drafters.save(draft.id, "gaps", "El texto de Ana", writer="Ana")
    data = {"writer": "Luis", "q_gaps": "El texto de Luis", "seen_gaps": "0", "save": "1"}

    page = pages.post(_path(draft), data, status=409)

    assert "El texto de Ana" in page.text
    assert ">\nEl texto de Luis</textarea>" in page.html
    assert drafters.get(draft.id).answers["gaps"].words == "El texto de Ana"


def test_page_that_stood_open_takes_nothing_back_that_others_wrote(
    site: Site, pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    opened = pages.get(_path(draft)).forms[0].fields
    drafters.save(draft.id, "gaps", "Escrito entretanto", writer="Ana")

    answer = pages.client.post(
        _path(draft),
        data={**opened, "writer": "Luis", "q_pledges": "Un compromiso", "save": "1"},
        base_url=site.url,
    )

    assert answer.status_code == 303
    answers = drafters.get(draft.id).answers
    assert (answers["gaps"].words, answers["pledges"].words) == (
        "Escrito entretanto",
        "Un compromiso",
    )


def test_form_that_came_back_still_says_which_text_was_read(
    site: Site, pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    opened = pages.get(_path(draft)).forms[0].fields
    drafters.save(draft.id, "gaps", "Escrito entretanto", writer="Ana")
    data = {**opened, "writer": "", "q_gaps": "Otro texto", "save": "1"}
    pages.client.post(_path(draft), data=data, base_url=site.url)

    answer = pages.client.post(_path(draft), data={**data, "writer": "Luis"}, base_url=site.url)

    assert answer.status_code == 409
    assert drafters.get(draft.id).answers["gaps"].words == "Escrito entretanto"


def test_hundred_thousand_characters_are_refused_with_their_number_and_shown(
    pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    pasted = "Del procesador\u200b de textos\r\n" * 4_000

    page = pages.post(_path(draft), {"writer": "Ana", "q_gaps": pasted, "save": "1"}, status=409)

    assert "20,000 or fewer" in page.text
    assert page.html.count("Del procesador") == 4_000
    assert drafters.get(draft.id).answers == {}


def test_answer_after_the_date_is_shown_and_not_saved(
    site: Site,
    pages: Pages,
    drafters: Drafters,
    draft: Submission,
) -> None:
    filled = pages.get(_path(draft))
    call = drafters.call
    assert call.closes is not None
    _stop_the_clock(site, call.closes)
    fields = {**filled.forms[0].fields, "writer": "Ana", "q_gaps": "Escrito a tiempo", "save": "1"}

    answer = pages.client.post(_path(draft), data=fields, base_url=site.url)

    assert answer.status_code == 409
    assert "Escrito a tiempo" in answer.text
    assert "What you typed is shown below" in answer.text
    assert drafters.get(draft.id).answers == {}


def test_one_answer_is_saved_as_data(
    site: Site, pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    first = _save_one(site, pages, draft, words="Uno", seen="0")
    second = _save_one(site, pages, draft, words="Otro", seen="0")

    assert (first.status_code, first.json and first.json["version"]) == (200, 1)
    assert second.status_code == 409
    assert second.json is not None
    assert (second.json["theirs"], second.json["version"]) == ("Uno", 1)


def test_submitted_answers_are_shown_and_no_longer_written(
    pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    pages.post(_path(draft), {"writer": "Ana", "q_gaps": "Datos", "submit": "1"}, status=303)

    page = pages.get(_path(draft))

    assert drafters.get(draft.id).stand is Stand.SUBMITTED
    assert "Datos" in page.text
    assert not [each for each in page.forms if "q_gaps" in each.fields]


def test_file_is_attached_opened_and_removed(
    site: Site, pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    _attach(site, pages, draft, make_jpeg(), "plan.jpg", status=303)
    (kept,) = _list_files(drafters, draft)

    opened = pages.client.get(f"/en/submission/{draft.reference}/attachments/{kept}")
    assert opened.data.startswith(b"\xff\xd8\xff")
    remove = f"/en/submission/{draft.reference}/attachments/{kept}/remove"
    pages.post(_path(draft), {}, form=remove, status=303)
    assert _list_files(drafters, draft) == []


def test_attachment_that_is_not_what_it_says_is_refused(
    site: Site, pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    answer = _attach(site, pages, draft, b"MZ\x90\x00 a program", "plan.pdf", status=422)

    assert "JPG, PNG, HEIC or PDF" in answer.text
    assert _list_files(drafters, draft) == []


def test_only_what_was_received_and_published_is_public(
    site: Site, pages: Pages, drafters: Drafters, draft: Submission
) -> None:
    drafters.save(draft.id, "gaps", "Faltan datos comparables")
    stranger = Pages(site.app, site.url)
    public = f"/en/{REVIEW}/calls/{CALL}/published/{draft.reference}"
    submitted = drafting.submit(
        site.office, draft.id, version=1, by=REVIEWER, arrived_at=drafters.now
    )
    assert isinstance(submitted, Submission)
    stranger.get(public, status=404)
    refused = publishing.publish(site.office, draft.id, by=REVIEWER, arrived_at=drafters.now)
    assert not isinstance(refused, Submission)

    receive(site.office, draft.id, version=2, by=REVIEWER, arrived_at=drafters.now)
    stranger.get(public, status=404)
    publishing.publish(site.office, draft.id, by=REVIEWER, arrived_at=drafters.now)

    assert "Faltan datos comparables" in stranger.get(public).html
    assert draft.reference in stranger.get(f"/en/{REVIEW}/calls/{CALL}/").html
    paper = stranger.client.get(f"{public}.pdf", base_url=site.url)
    assert paper.data.startswith(b"%PDF-")
    publishing.take_back(site.office, draft.id, by=REVIEWER, arrived_at=drafters.now)
    stranger.get(public, status=404)


def test_what_was_published_and_then_erased_is_listed_nowhere(
    site: Site, drafters: Drafters, draft: Submission
) -> None:
    drafters.save(draft.id, "gaps", "Faltan datos comparables")
    drafting.submit(site.office, draft.id, version=1, by=REVIEWER, arrived_at=drafters.now)
    receive(site.office, draft.id, version=2, by=REVIEWER, arrived_at=drafters.now)
    publishing.publish(site.office, draft.id, by=REVIEWER, arrived_at=drafters.now)
    stranger = Pages(site.app, site.url)
    later = drafters.now + timedelta(days=400)

    erased = erasing_one.erase_submission(
        site.office, draft.id, reason=Reason.REQUEST, by=REVIEWER, at=later
    )

    assert isinstance(erased, DataGone)
    assert draft.reference not in stranger.get(f"/en/{REVIEW}/calls/{CALL}/").html
    stranger.get(f"/en/{REVIEW}/calls/{CALL}/published/{draft.reference}", status=404)


def test_desk_begins_reads_and_exports(site: Site, drafters: Drafters) -> None:
    desk = open_desk(site)
    data = {
        "delegation": "cr",
        "name": "Ana Morales",
        "institution": "Migración",
        "email": "ana@example.org",
        "language": "es",
    }
    desk.post(f"{DESK}/begin", data, status=303)
    again = desk.post(f"{DESK}/begin", {**data, "email": "luis@example.org"}, status=409)
    assert "already" in again.text
    (draft,) = drafters.list_all()
    drafters.save(draft.id, "gaps", "Un borrador en secreto")
    assert "Un borrador en secreto" not in desk.get(f"{DESK}/answers").html

    drafting.submit(site.office, draft.id, version=1, by=REVIEWER, arrived_at=drafters.now)

    assert "Un borrador en secreto" in desk.get(f"{DESK}/answers").html
    for format, beginning in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        token = desk.get(f"{DESK}/answers").forms[-1].fields["csrf_token"]
        answer = desk.client.post(
            f"{DESK}/answers", data={"format": format, "csrf_token": token}, base_url=site.url
        )
        assert answer.data.startswith(beginning), format
    told = desk.get(f"/en/secretariat/{REVIEW}/exports/").text
    assert told.count("Sent to the call “Guiding questions”") == 3


def _path(draft: Submission, language: str = "en") -> str:
    return f"/{language}/submission/{draft.reference}/answers"


def _open(site: Site, pages: Pages, draft: Submission) -> None:
    token = site.office.tokens.of_submission(draft.id, 1)
    pages.client.get(f"/l/{token}", base_url=site.url)


def _save_one(site: Site, pages: Pages, draft: Submission, **data: str) -> TestResponse:
    token = pages.get(_path(draft)).forms[0].fields["csrf_token"]
    fields = {"csrf_token": token, "writer": "Ana", "question": "gaps", **data}
    path = f"/en/submission/{draft.reference}/answer"
    return pages.client.post(path, data=fields, base_url=site.url)


def _attach(
    site: Site, pages: Pages, draft: Submission, data: bytes, name: str, *, status: int
) -> TestResponse:
    token = pages.get(_path(draft)).forms[0].fields["csrf_token"]
    fields: dict[str, Any] = {"csrf_token": token, "attachment": (BytesIO(data), name)}
    path = f"/en/submission/{draft.reference}/attachments"
    answer = pages.client.post(path, data=fields, base_url=site.url)
    assert answer.status_code == status, answer.text
    return answer


def _stop_the_clock(site: Site, now: datetime) -> None:
    """Let every request from now on arrive at this moment."""

    def stop() -> None:
        g.arrived_at = now

    site.app.before_request_funcs.setdefault(None, []).insert(0, stop)


def _list_files(drafters: Drafters, draft: Submission) -> list[str]:
    with drafters.office.database.reading() as session:
        return [str(each.file.id) for each in list_attachments(session, draft.id)]


def test_everybody_can_read_what_is_asked_before_a_draft_is_begun(
    site: Site, drafters: Drafters
) -> None:
    page = Pages(site.app, site.url).get(f"/en/{REVIEW}/calls/{CALL}/")

    for question in drafters.call.questions:
        assert question.text["en"] in page.text
