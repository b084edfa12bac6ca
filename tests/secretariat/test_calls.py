"""The desk's pages of calls: what is read, decided, told, published and exported there."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from registration.domain.events import Event
from registration.domain.roles import Role
from registration.domain.submissions import Stand, Submission
from registration.store import reading
from registration.store.tables.mail import DbMail
from tests.builders import RCM
from tests.desks import open_desk
from tests.pages import Page, Pages
from tests.senders import load_calls, open_link, read, send_to_call, submission_path
from tests.sites import Site

LIST = f"/en/secretariat/{RCM}/calls/"


@pytest.fixture(autouse=True)
def _calls(site: Site) -> None:
    load_calls(site.office, now=datetime.now(UTC))


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def path_of(submission: Submission) -> str:
    return f"{LIST}{submission.call}/{submission.reference}/"


def send(site: Site, delegation: str) -> Submission:
    email = f"{delegation}@example.org"
    return send_to_call(site.office, "co-chairs", email, delegation=delegation)


def decide(desk: Pages, submission: Submission, deed: str, status: int = 303, **more: str) -> Page:
    path = path_of(submission)
    return desk.post(path, {"deed": deed, **more}, status=status)


def list_told(site: Site) -> list[str]:
    with site.office.database.reading() as session:
        query = select(DbMail.occasion).where(DbMail.occasion.like("%chosen"))
        return sorted(session.scalars(query))


def test_list_counts_what_was_sent_by_stand(desk: Pages, site: Site) -> None:
    send_to_call(site.office)
    send_to_call(site.office, email="other@example.org")

    page = desk.get(LIST)

    assert "Rapporteur" in page.text
    assert "Submitted 2" in page.text
    assert "Closed" in page.text


def test_tab_of_calls_stands_only_where_a_meeting_has_some(desk: Pages) -> None:
    page = desk.get(LIST)
    assert "Calls" in page.text
    assert desk.get("/en/secretariat/").text.count("Calls") == 0


def test_reviewer_reads_chooses_tells_and_publishes(desk: Pages, site: Site) -> None:
    chosen, other = send(site, "cr"), send(site, "pa")
    assert "Queremos presidir." in desk.get(path_of(chosen)).text

    decide(desk, chosen, "choose")
    refused = decide(desk, other, "choose", status=409)
    assert "Luisa Pérez has chosen Costa Rica for Central America" in refused.text

    public = Pages(site.app, site.url)
    sender_page = submission_path(chosen)
    open_link(public, site, chosen)
    assert "Elegida" not in public.get(sender_page).text, "before everybody was told"

    tell = f"{LIST}co-chairs/tell"
    preview = desk.get(tell)
    assert "They read that they were chosen 1" in preview.text
    assert "They read that they were not chosen 1" in preview.text
    desk.post(tell, {}, status=303)
    assert list_told(site) == ["submission_chosen", "submission_not_chosen"]
    assert "Elegida" in public.get(sender_page).text

    page = f"/en/{RCM}/calls/co-chairs/"
    assert "Republic of Costa Rica" not in public.get(page).text
    desk.post(f"{LIST}co-chairs/", {"to": "publish"}, form=f"{LIST}co-chairs/publish", status=303)
    assert "Republic of Costa Rica" in public.get(page).text
    desk.post(f"{LIST}co-chairs/", {"to": "take_back"}, form=f"{LIST}co-chairs/publish", status=303)
    assert "Republic of Costa Rica" not in public.get(page).text


def test_list_that_changed_since_the_preview_tells_nobody(desk: Pages, site: Site) -> None:
    submission = send(site, "cr")
    tell = f"{LIST}co-chairs/tell"
    seen = desk.get(tell).forms[-1].fields
    decide(desk, submission, "choose")

    answer = desk.client.post(tell, data=seen, base_url=site.url)

    assert answer.status_code == 409
    assert "the list has changed" in answer.text
    assert list_told(site) == []


def test_return_needs_a_reason_and_the_sender_corrects(desk: Pages, site: Site) -> None:
    submission = send_to_call(site.office)
    assert "Write what is to be corrected" in decide(desk, submission, "return", status=422).text

    decide(desk, submission, "return", reason="Falta\nla motivación.")

    sender = Pages(site.app, site.url)
    path = open_link(sender, site, submission)
    assert "la motivación." in sender.get(path).text
    corrected = {"q_letter": "Ahora sí.", "q_tongues": ["en", "es"]}
    sender.post(f"{path}correct", corrected, status=303)
    again = read(site.office, submission.id)
    assert again.stand is Stand.SUBMITTED
    assert again.answers["letter"].words == "Ahora sí."
    assert again.answers["tongues"].words == "en\nes"
    assert "Ahora sí." in desk.get(path_of(submission)).text


def test_two_are_compared_side_by_side(desk: Pages, site: Site) -> None:
    one, other = send(site, "cr"), send(site, "mx")

    page = desk.get(f"{LIST}co-chairs/compare?of={one.reference}&of={other.reference}")

    assert page.text.count("Queremos presidir.") == 2
    desk.get(f"{LIST}co-chairs/compare?of={one.reference}", status=303)
    desk.get(f"{LIST}rapporteur/compare?of={one.reference}&of={other.reference}", status=404)


def test_submission_of_another_call_is_none_of_this_one(desk: Pages, site: Site) -> None:
    submission = send(site, "cr")

    desk.get(f"{LIST}rapporteur/{submission.reference}/", status=404)
    desk.get(f"{LIST}nothing/", status=404)


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_export_holds_every_answer_and_is_told_in_the_history(
    desk: Pages, site: Site, format: str
) -> None:
    answers = {"group": "youth", "tongues": "en\nes", "letter": "=1+1 no es una fórmula"}
    send_to_call(site.office, answers=answers)
    fields = desk.get(f"{LIST}rapporteur/").forms[-1].fields

    answer = desk.client.post(
        f"{LIST}rapporteur/export", data={**fields, "format": format}, base_url=site.url
    )

    assert answer.status_code == 200
    if format == "xlsx":
        rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
        told = dict(zip(rows[0], rows[1], strict=True))
        assert told["Name"] == "Marta Solís"
        assert told["Group"] == "Youth"
        assert told["Languages spoken"] == "English; Spanish"
        assert told["Motivation"] == "=1+1 no es una fórmula"
    else:
        assert "'=1+1 no es una fórmula" in answer.data.decode("utf-8-sig")
    with site.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_meeting(RCM))[0]
    assert line.event is Event.EXPORTED
    assert (line.facts["call"], line.facts["number"]) == ("rapporteur", "1")
    assert "Sent to the call “Rapporteur”" in desk.get(f"/en/secretariat/{RCM}/exports/").text


def test_answer_longer_than_a_cell_goes_on_in_the_next_column(site: Site) -> None:
    from registration.domain.submissions import Answer
    from registration.language.translator import get_translator
    from registration.meetings.reading import get_meeting
    from registration.sheets.calls import compose_submissions
    from tests.mail.builders import make_submission

    with site.office.database.reading() as session:
        meeting = get_meeting(session, RCM)
    call = meeting.find_call("rapporteur")
    assert call is not None
    words = "a" * 31_999 + "bc" + "d" * 32_000
    answer = Answer(
        question="letter", words=words, version=1, writer="", changed_at=datetime.now(UTC)
    )
    submission = make_submission(answers={"letter": answer})

    sheet = compose_submissions(meeting, call, [submission], get_translator("en"))

    assert [each.heading for each in sheet.columns][-3:] == [
        "Motivation",
        "Motivation (2)",
        "Motivation (3)",
    ]
    assert "".join(str(each) for each in sheet.rows[0][-3:]) == words


@pytest.mark.parametrize("role", [Role.DOOR, Role.TRAVEL, Role.HOST])
def test_other_desks_see_nothing_of_calls(site: Site, role: Role) -> None:
    submission = send(site, "cr")
    pages = open_desk(site, f"{role.value}@example.org", roles=[role])

    for path in (LIST, f"{LIST}co-chairs/", path_of(submission), f"{LIST}co-chairs/tell"):
        pages.get(path, status=404)


def test_desk_reads_whether_the_address_is_the_focal_points(desk: Pages, site: Site) -> None:
    page = desk.get(path_of(send(site, "cr")))

    assert "The delegation has no focal point on record." in page.text


def test_unknown_move_is_none(desk: Pages, site: Site) -> None:
    submission = send(site, "cr")
    fields = desk.get(path_of(submission)).forms[-1].fields

    for deed in ("erase", "submit", "confirm", ""):
        answer = desk.client.post(
            path_of(submission), data={**fields, "deed": deed}, base_url=site.url
        )
        assert answer.status_code == 400
