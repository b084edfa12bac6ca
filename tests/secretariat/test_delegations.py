"""Dates, seats, links and the reserve list at the desk, over HTTP."""

from datetime import timedelta

import pytest
from flask import g

from registration.domain.desk_refusals import AmendmentUnfit
from registration.domain.meeting import Addressee, Admission
from registration.domain.roles import Role
from registration.domain.states import State
from registration.store import reading
from registration.web.templates import refusal_sentence
from tests.builders import RCM
from tests.desks import LIST, make_guide, open_desk, submit
from tests.offices import Guide
from tests.pages import Page, Pages
from tests.registrar.test_amending import BRAZIL
from tests.sites import Site

PLACES = f"{LIST}delegations/"
CR = f"{PLACES}cr/"
FOCAL = {
    "name": "Marta Solís",
    "email": "marta@example.org",
    "language": "es",
}
REASON = "Lo pidió el país."


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    pages = open_desk(site, roles=[Role.ADMINISTRATOR])
    pages.typed = [*pages.typed, REASON]
    return pages


def test_link_is_sent_and_revoked_and_both_stand_in_the_history(desk: Pages, site: Site) -> None:
    _send(desk, "focal-point", FOCAL)
    assert "The link was not sent yet" in desk.get(CR).text

    _send(desk, "link")
    sent = desk.get(CR).text
    _send(desk, "revoke")

    assert "sent the private link to marta@example.org" in sent
    page = desk.get(CR).text
    assert "revoked the private link and made another one" in page
    assert "The link was not sent yet" in page
    assert _row(site).link_generation == 2


def test_wrong_address_of_a_focal_point_is_told_and_kept_in_the_form(
    desk: Pages, site: Site
) -> None:
    page = _send(desk, "focal-point", {**FOCAL, "email": "marta"}, status=422)

    assert "Enter a full e-mail address" in page.text
    assert "Marta Solís" in page.html
    assert _row(site).focal_point is None


def test_settings_change_in_one_step(desk: Pages, site: Site, guide: Guide) -> None:
    for what, to in (("admission", "link"), ("addressee", "institution"), ("head", "yes")):
        _send(desk, "settings", {"what": what, "to": to})

    row = _row(site)
    assert (row.admission, row.has_head) == (Admission.LINK, True)
    assert guide.meeting.get_delegation("cr").addressee is Addressee.INSTITUTION
    assert "By link alone: 1 of 13 delegations." in desk.get(PLACES).text


def test_later_date_is_given_with_its_reason(desk: Pages, site: Site, guide: Guide) -> None:
    day = (guide.meeting.deadline + timedelta(days=7)).date()

    refused = _send(desk, "extend", {"until": f"{day}"}, status=422)
    _send(desk, "extend", {"until": f"{day}", "reason": REASON})

    assert "Write why this changes" in refused.text
    later = _row(site).later_deadline
    assert later is not None
    assert later - guide.meeting.deadline == timedelta(days=8)
    assert f"“{REASON}”" in desk.get(CR).text


def test_date_out_of_range_and_no_date_at_all_are_told(desk: Pages, site: Site) -> None:
    far = {"until": "2090-01-01", "reason": REASON}
    none = {"until": "tomorrow", "reason": REASON}

    assert "Choose a moment after" in _send(desk, "extend", far, status=409).text
    assert "Enter a date, for example" in _send(desk, "extend", none, status=422).text
    assert _row(site).later_deadline is None


def test_seat_is_added_and_taken_away(desk: Pages, guide: Guide) -> None:
    _send(desk, "seat", {"reason": REASON})
    more = guide.meeting.get_delegation("cr").seats
    _send(desk, "seat/remove", {"reason": REASON})

    assert (more, guide.meeting.get_delegation("cr").seats) == (3, 2)


def test_seat_of_a_delegation_with_named_seats_needs_a_name_in_each_language(
    desk: Pages, guide: Guide
) -> None:
    path = f"{PLACES}sacm/seat"
    data = {"reason": REASON, "label_en": "Adviser", "label_fr": "Conseil", "label_pt": "Apoio"}

    page = _post(desk, path, data, 422)
    _post(desk, path, {**data, "label_es": "Asesoría"}, 303)

    assert "The seats of this delegation have names." in page.text
    assert [each.name["es"] for each in guide.meeting.get_delegation("sacm").labels][2:] == [
        "Asesoría"
    ]


def test_two_delegates_change_seats(desk: Pages, guide: Guide) -> None:
    one, other = submit(guide), submit(guide)
    data = {
        "one": f"{one.id}:{one.version}",
        "other": f"{other.id}:{other.version}",
        "reason": REASON,
    }

    same = _send(desk, "swap", {**data, "other": data["one"]}, status=422)
    _send(desk, "swap", data)
    stale = _send(desk, "swap", data, status=422)

    assert "Choose two different delegates." in same.text
    assert "Choose a delegate." in stale.text
    assert [guide.get(each.id).seat_number for each in (one, other)] == [2, 1]


def test_dates_of_the_meeting_move_and_what_does_not_fit_is_refused(
    desk: Pages, guide: Guide
) -> None:
    before = guide.meeting
    form = dict(desk.get(f"{LIST}dates").forms[-1].fields)
    data = {**form, "deadline": str(before.deadline.date()), "reason": REASON}

    desk.post(f"{LIST}dates", data, status=303)
    late = desk.post(f"{LIST}dates", {**data, "changes_until": "2090-01-01"}, status=422)
    early = desk.post(f"{LIST}dates", {**data, "changes_until": "2020-01-01"}, status=422)

    assert guide.meeting.deadline - before.deadline == timedelta(days=1)
    assert "Choose a day before the meeting begins" in late.text
    assert "This day comes before the last day to register." in early.text


def test_checker_s_own_words_are_marked_as_english(site: Site) -> None:
    refusal = AmendmentUnfit(("agenda: <day> 3 is not one of the meeting's days.",))

    with site.app.test_request_context("/es/"):
        g.language = "es"
        said = refusal_sentence(refusal)

    assert said == (
        "La reunión no admite este cambio. La revisión de su archivo dice, en inglés: "
        '<span lang="en">agenda: &lt;day&gt; 3 is not one of the meeting&#39;s days.</span>'
    )


def test_delegation_is_added(desk: Pages, site: Site, guide: Guide) -> None:
    data = {
        "key": "br",
        "kind": "member_country",
        "country": "BR",
        "seats": "1",
        **{
            f"{name}_{language}": text
            for name in ("name", "official_name", "of_name")
            for language, text in BRAZIL[name].items()
        },
        "reason": REASON,
    }

    wrong = desk.post(f"{LIST}new-delegation", {**data, "key": "Br!"}, status=422)
    other = desk.post(f"{LIST}new-delegation", {**data, "key": "brasil"}, status=422)
    desk.post(f"{LIST}new-delegation", {**data, "kind": "planet"}, status=422)
    nowhere = desk.post(f"{LIST}new-delegation", {**data, "country": "QQ"}, status=422)
    desk.post(f"{LIST}new-delegation", data, status=303)

    assert "Write two or more small letters" in wrong.text
    assert "The key of a country is its two letters in small" in other.text
    assert "There is no country with these two letters." in nowhere.text
    assert guide.meeting.get_delegation("br").seats == 1
    assert "Brazil" in desk.get(f"{PLACES}br/").title


def test_reserve_list_shows_who_waits_and_gives_a_free_seat(desk: Pages, guide: Guide) -> None:
    submit(guide), submit(guide)
    application = guide.apply("cr", join_reserve=True)
    guide.register(application)
    guide.confirm(application.entry)
    full = desk.get(PLACES)
    _send(desk, "seat", {"reason": REASON})

    waiting = guide.get(application.entry)
    page = desk.get(PLACES)
    form = next(each for each in page.forms if "promote" in each.attributes["action"])
    desk.client.post(form.attributes["action"], data=form.fields, base_url="http://localhost")

    assert waiting.full_name in full.text
    assert "Give a seat" not in full.text
    assert guide.get(waiting.id).state is State.SUBMITTED


def test_unknown_delegation_answers_404(desk: Pages) -> None:
    desk.get(f"{PLACES}xx/", status=404)


def _send(desk: Pages, what: str, data: dict[str, str] | None = None, status: int = 303) -> Page:
    return _post(desk, f"{CR}{what}", data or {}, status)


def _post(desk: Pages, path: str, data: dict[str, str], status: int) -> Page:
    """Send as the form of that action on the delegation's page would."""
    page = desk.get(f"{PLACES}{path.removeprefix(PLACES).split('/')[0]}/")
    token = page.forms[0].fields["csrf_token"]
    response = desk.client.post(
        path, data={"csrf_token": token, **data}, base_url="http://localhost"
    )
    assert response.status_code == status, response.text
    return Page(response, path)


def _row(site: Site) -> reading.DelegationRow:
    with site.office.database.reading() as session:
        row = reading.find_delegation(session, RCM, "cr")
    assert row is not None
    return row
