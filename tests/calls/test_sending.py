"""A call's page and its form: what is taken, what is refused, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registration.domain.submissions import Stand
from registration.store.tables.calls import DbSubmission
from registration.store.tables.mail import DbMail
from registration.web import limits
from registration.web.counters import Limit
from tests.builders import RCM
from tests.pages import Page, Pages
from tests.senders import link_of, load_calls, read, send_to_call, submission_path
from tests.sites import Site


@pytest.fixture(autouse=True)
def _calls(site: Site) -> None:
    load_calls(site.office, now=datetime.now(UTC))


def call_path(call: str = "rapporteur", language: str = "en") -> str:
    return f"/{language}/{RCM}/calls/{call}/"


def fill(**changes: Any) -> dict[str, Any]:
    fields = {
        "name": "Marta Solís",
        "institution": "Red de Mujeres",
        "position": "Coordinadora",
        "email": "marta@example.org",
        "language": "es",
        "q_group": "youth",
        "q_tongues": ["en", "es"],
        "q_motto": "",
        "q_letter": "Conozco el tema desde hace veinte años.",
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def list_rows(site: Site) -> list[DbSubmission]:
    with site.office.database.reading() as session:
        return list(session.scalars(select(DbSubmission)))


def list_occasions(site: Site) -> list[str]:
    with site.office.database.reading() as session:
        query = select(DbMail.occasion).where(DbMail.submission_id.is_not(None))
        return sorted(session.scalars(query))


def confirm(site: Site, pages: Pages) -> str:
    """Open the private link of the only submission and press its button; return its page."""
    row = list_rows(site)[0]
    answer = pages.client.get(link_of(site, read(site.office, row.id)), base_url=site.url)
    path = str(answer.location)
    pages.post(path, {}, form=f"{path}confirm", status=303)
    return path


@pytest.mark.parametrize("language", ["en", "es"])
def test_page_of_a_call_tells_who_may_answer_by_when_and_what_follows(
    pages: Pages, language: str
) -> None:
    page = pages.get(call_path(language=language))

    told = {
        "en": ("One person reports.", "Experience", "the organisers", "Everybody", "Until "),
        "es": ("Una persona informa.", "Experiencia", "la organización", "Cualquier", "Hasta "),
    }
    for each in told[language]:
        assert each in page.text


def test_what_is_sent_counts_once_the_address_is_confirmed(pages: Pages, site: Site) -> None:
    sent = pages.post(call_path(), fill(), status=303)
    assert sent.response.location == f"{call_path()}sent"
    assert "marta@example.org" in pages.get(f"{call_path()}sent").text
    assert [each.stand for each in list_rows(site)] == [Stand.UNCONFIRMED]
    assert list_occasions(site) == ["submission_confirm"]

    path = confirm(site, pages)

    row = list_rows(site)[0]
    assert row.stand == Stand.SUBMITTED
    assert list_occasions(site) == [
        "staff_submission",
        "submission_confirm",
        "submission_submitted",
    ]
    page = pages.get(path)
    assert row.reference in page.text
    for each in ("Juventud", "Inglés", "Español", "Conozco el tema desde hace veinte años."):
        assert each in page.text


def test_opening_the_link_alone_confirms_nothing(pages: Pages, site: Site) -> None:
    pages.post(call_path(), fill(), status=303)
    row = list_rows(site)[0]

    answer = pages.client.get(link_of(site, read(site.office, row.id)), base_url=site.url)
    page = pages.get(str(answer.location))

    assert "Confirmar mi correo" in page.text
    assert row.reference not in page.text
    assert list_rows(site)[0].stand == Stand.UNCONFIRMED


def test_second_form_of_an_address_changes_nothing_and_looks_alike(
    pages: Pages, site: Site
) -> None:
    send_to_call(site.office)
    assert list_occasions(site).count("submission_link") == 0

    answer = pages.post(
        call_path(), fill(q_letter="Otra cosa", email="MARTA@example.org"), status=303
    )

    assert answer.response.location == f"{call_path()}sent"
    assert len(list_rows(site)) == 1
    submission = read(site.office, list_rows(site)[0].id)
    assert submission.answers["letter"].words == "Porque sí."
    assert list_occasions(site).count("submission_link") == 1


def test_mail_of_a_repeat_goes_out_once_in_ten_minutes(pages: Pages, site: Site) -> None:
    for _ in range(3):
        pages.post(call_path(), fill(), status=303)

    assert list_occasions(site) == ["submission_confirm"]


def test_one_visitor_mails_to_no_crowd_of_strangers(
    pages: Pages, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit("form_source", times=3, seconds=3600)
    monkeypatch.setattr(limits, "FORM_SOURCE", few)
    strangers = [f"stranger{number}@example.org" for number in range(4)]
    hidden = pages.get(call_path()).forms[0].fields
    plain = {name: value for name, value in hidden.items() if name != "entry"}

    codes = [
        pages.client.post(
            call_path(), data={**plain, **fill(email=each)}, base_url=site.url
        ).status_code
        for each in strangers
    ]

    assert codes == [303, 303, 303, 429]
    assert list_occasions(site) == ["submission_confirm"] * 3


def test_name_that_is_an_address_is_mailed_to_nobody(pages: Pages, site: Site) -> None:
    page = pages.post(call_path(), fill(name="Gane en www.evil.example"), status=422)

    assert "Write the name alone, without a web or e-mail address." in page.text
    assert list_occasions(site) == []


def test_form_that_comes_too_late_is_shown_as_it_was_typed(pages: Pages, site: Site) -> None:
    open_form = pages.get(call_path()).forms[0].fields
    typed = {**open_form, **fill(), "q_why": "Todo lo que pensé\ny escribí durante horas."}

    response = pages.client.post(call_path("late"), data=typed, base_url=site.url)

    page = Page(response, call_path("late"))
    assert response.status_code == 409
    assert "This call closed on" in page.text
    for each in ("Todo lo que pensé\ny escribí durante horas.", "Marta Solís", "marta@example.org"):
        assert each in response.text
    assert list_rows(site) == []
    assert "Send" not in [each for each in page.said if each == "Send"]


def test_call_that_opens_later_takes_nothing_yet(pages: Pages, site: Site) -> None:
    page = pages.get(call_path("early"))
    assert "Not open yet" in page.text
    assert page.forms == []

    hidden = pages.get(call_path()).forms[0].fields
    response = pages.client.post(
        call_path("early"), data={**hidden, **fill(), "q_why": "Ya"}, base_url=site.url
    )

    assert response.status_code == 409
    assert list_rows(site) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"q_letter": ""}, "This question must be answered."),
        ({"q_group": "knights"}, "Choose one of the answers in the list."),
        ({"q_tongues": ["en", "la"]}, "Choose one of the answers in the list."),
        ({"email": "nobody"}, "Enter a full e-mail address"),
        ({"name": "\u200b\u200b"}, "Enter the name."),
        ({"institution": ""}, "Enter the institution."),
        ({"language": "xx"}, "Choose one of the languages in the list."),
    ],
)
def test_form_that_is_not_good_says_what_is_wrong_and_keeps_the_rest(
    pages: Pages, site: Site, changes: dict[str, Any], told: str
) -> None:
    page = pages.post(call_path(), fill(**changes), status=422)

    assert told in page.text
    assert "Red de Mujeres" in page.html or "institution" in changes
    assert list_rows(site) == []


def test_hundred_thousand_characters_of_a_word_processor_are_counted_and_kept(
    pages: Pages, site: Site
) -> None:
    # As a word processor leaves it: no-break spaces, soft hyphens, curly quotes, CR LF, decomposed
    # accents, a vertical tab, and the mark at the beginning of a file.
    piece = "\ufeffLa\u00a0mi\u00adgracio\u0301n \u201csegura\u201d\r\n\x0b"
    times = 100_000 // len(piece)

    page = pages.post(call_path(), fill(q_letter=piece * times), status=422)

    kept = "La\u00a0migración “segura”"
    length = len("\n".join([kept] * times))
    assert f"This answer has {length:,} characters. Shorten it to 2,000 or fewer" in page.text
    assert page.html.count(kept) == times
    assert list_rows(site) == []


def test_controls_and_nul_do_not_reach_what_is_kept(pages: Pages, site: Site) -> None:
    typed = fill(q_letter="uno\x00dos\x1b[31m\u202etres", name="Mar\x00ta\u200b Solís")

    pages.post(call_path(), typed, status=303)

    submission = read(site.office, list_rows(site)[0].id)
    assert submission.answers["letter"].words == "unodos[31mtres"
    assert submission.sender.name == "Marta Solís"


def test_markup_in_an_answer_is_shown_as_it_was_typed(pages: Pages, site: Site) -> None:
    pages.post(call_path(), fill(q_letter="<script>alert(1)</script> {{ 7 * 7 }}"), status=303)

    page = pages.get(confirm(site, pages))

    assert "<script>alert(1)</script> {{ 7 * 7 }}" in page.text


def test_delegation_answers_once_and_the_second_loses_nothing(pages: Pages, site: Site) -> None:
    send_to_call(site.office, "co-chairs", delegation="cr")
    typed = {**fill(email="otra@example.org"), "delegation": "cr", "q_why": "También nosotros."}

    page = pages.post(call_path("co-chairs"), typed, status=409)

    assert "each has one voice" in page.text
    assert "También nosotros." in page.html
    assert len(list_rows(site)) == 1


def test_unconfirmed_form_of_a_stranger_silences_no_delegation(pages: Pages, site: Site) -> None:
    stranger = {**fill(email="stranger@example.org"), "delegation": "cr", "q_why": "No."}
    pages.post(call_path("co-chairs"), stranger, status=303)

    answer = send_to_call(site.office, "co-chairs", "focal@example.org", delegation="cr")

    assert answer.stand is Stand.SUBMITTED
    assert answer.region == "central"


def test_second_voice_of_a_delegation_is_refused_at_its_confirmation(
    pages: Pages, site: Site
) -> None:
    late = {**fill(email="stranger@example.org"), "delegation": "cr", "q_why": "No."}
    pages.post(call_path("co-chairs"), late, status=303)
    stranger = list_rows(site)[0]
    send_to_call(site.office, "co-chairs", "focal@example.org", delegation="cr")

    answer = pages.client.get(link_of(site, read(site.office, stranger.id)), base_url=site.url)
    path = str(answer.location)
    page = pages.post(path, {}, form=f"{path}confirm", status=409)

    assert "cada una tiene una sola voz" in page.text
    assert read(site.office, stranger.id).stand is Stand.UNCONFIRMED


@pytest.mark.parametrize("delegation", ["ca", "us", "xx", ""])
def test_only_delegations_of_a_sub_region_that_counts_are_offered(
    pages: Pages, site: Site, delegation: str
) -> None:
    page = pages.get(call_path("co-chairs"))
    assert 'value="cr"' in page.html
    assert 'value="ca"' not in page.html

    typed = {**fill(), "delegation": delegation, "q_why": "Sí."}
    refused = pages.post(call_path("co-chairs"), typed, status=422)

    assert "Choose one of the delegations in the list." in refused.text
    assert list_rows(site) == []


def test_double_click_sends_once(pages: Pages, site: Site) -> None:
    hidden = pages.get(call_path()).forms[0].fields
    answers = [
        pages.client.post(call_path(), data={**hidden, **fill()}, base_url=site.url).status_code
        for _ in range(2)
    ]

    assert answers == [303, 303]
    assert len(list_rows(site)) == 1


def test_form_of_an_old_page_comes_back_filled_in(pages: Pages, site: Site) -> None:
    hidden = pages.get(call_path()).forms[0].fields
    response = pages.client.post(
        call_path(), data={**hidden, **fill(), "csrf_token": "old"}, base_url=site.url
    )

    assert response.status_code == 400
    assert "This form was open for too long" in response.text
    assert "Conozco el tema desde hace veinte años." in response.text
    assert list_rows(site) == []


def test_address_that_nobody_confirmed_lapses_and_can_be_used_again(
    pages: Pages, site: Site
) -> None:
    from registration.registrar.sweeping import lapse_due

    pages.post(call_path(), fill(), status=303)
    row = list_rows(site)[0]

    assert lapse_due(site.office, now=datetime.now(UTC) + timedelta(hours=47)) == 0
    assert lapse_due(site.office, now=datetime.now(UTC) + timedelta(hours=49)) == 1

    assert read(site.office, row.id).stand is Stand.LAPSED
    pages.post(call_path(), fill(), status=303)
    assert len(list_rows(site)) == 2


def test_nobody_else_sees_what_was_sent(pages: Pages, site: Site) -> None:
    submission = send_to_call(site.office)

    pages.get(submission_path(submission), status=404)
    pages.get(submission_path(submission, "withdraw"), status=404)


def test_unknown_call_answers_404(pages: Pages) -> None:
    pages.get(call_path("nothing"), status=404)
